"""Two texts of one report side by side: what somebody else saved, and what was typed meanwhile; or a revision and the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from articles.admin.report_forms import ROWS, WHERE_FROM, ReportParts
from articles.reports.models import Report
from articles.text.pieces import Piece, compared
from articles.text.plain import plain_text
from articles.text.sanitise import sanitise


@dataclass(frozen=True)
class Difference:
    """One field in which two texts differ, as plain text."""

    label: str
    theirs: str
    yours: str

    @property
    def pieces(self) -> list[Piece]:
        """From their text to yours."""
        return list(compared(self.theirs, self.yours))


def differences(parts: ReportParts, fresh: Report) -> list[Difference]:
    """Every field and every kind of row in which what was typed differs from what is saved now."""
    theirs = ReportParts(None, fresh, by=parts.by)
    found = []
    for field in parts.form:
        if field.name in WHERE_FROM:
            continue
        pair = shown(theirs.form[field.name]), shown(field)
        if pair[0] != pair[1]:
            found.append(Difference(str(field.label), *pair))
    for saved, typed in zip(theirs.formsets, parts.formsets, strict=True):
        pair = _rows(saved), _rows(typed)
        if pair[0] != pair[1]:
            found.append(Difference(str(ROWS[str(typed.prefix)]), *pair))
    return found


def _rows(formset: Any) -> str:
    """Each filled row as a line."""
    lines = []
    for form in formset.forms:
        if formset.is_bound and (not form.has_changed() and form.empty_permitted):
            continue
        if not formset.is_bound and form not in formset.initial_forms:
            continue
        lines.append(row_shown(form))
    return "\n".join(lines)


def row_shown(form: forms.BaseForm) -> str:
    """What stands in a row, as a line."""
    return " · ".join(f"{field.label}: {text}" for field in form if field.name != "ORDER" and (text := shown(field)))


def shown(field: forms.BoundField) -> str:
    """What a reader of the form would say stands in the field."""
    value = field.value()
    if field.name == "body":
        return plain_text(sanitise(str(value or "")))
    if isinstance(value, bool) or field.widget_type == "checkbox":
        return _("yes") if field.field.widget.check_test(value) else ""
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    if choices := getattr(field.field, "choices", None):
        return next((str(label) for code, label in choices if str(code) == str(value or "") and str(code)), str(value or ""))
    shown = field.field.widget.format_value(value)
    return str(shown or "").replace("\r\n", "\n").strip()
