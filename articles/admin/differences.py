"""Two texts of one report side by side: what somebody else saved, and what was typed meanwhile; or a revision and the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from articles.admin.report_forms import ROWS, ReportParts
from articles.reports.models import Report
from articles.text.plain import plain_text
from articles.text.sanitise import sanitise

WORDS = re.compile(r"\s+|[^\s]+")
ALIKE = 0.6  # passages less alike than this are shown whole: word by word they cannot be read
LONGEST = 20_000  # characters that are compared word by word; a longer passage is shown as taken out and put in


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, taken out (`del`) or put in (`ins`)."""

    kind: str
    text: str


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


def compared(old: str, new: str) -> Iterator[Piece]:
    """The words of two texts, in reading order: what stays, what goes, what comes. Paragraphs first, then the words of those that differ."""
    before, after = old.split("\n"), new.split("\n")
    for kind, start, end, fresh_start, fresh_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        out, into = "\n".join(before[start:end]), "\n".join(after[fresh_start:fresh_end])
        ending = "\n" if end < len(before) or fresh_end < len(after) else ""
        if kind == "equal":
            yield Piece("", out + ending)
        elif kind == "replace" and len(out) + len(into) <= LONGEST:
            yield from _words(out, into)
            yield Piece("", ending)
        else:
            yield from (Piece(which, text + ending) for which, text in (("del", out), ("ins", into)) if text)


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from (Piece(which, text) for which, text in (("del", f"{old} "), ("ins", new)) if text.strip())
        return
    for kind, start, end, fresh_start, fresh_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("del", "".join(before[start:end]))
        if fresh_end > fresh_start:
            yield Piece("ins", "".join(after[fresh_start:fresh_end]))


def differences(parts: ReportParts, fresh: Report) -> list[Difference]:
    """Every field and every kind of row in which what was typed differs from what is saved now."""
    theirs = ReportParts(None, fresh, by=parts.by)
    found = []
    for field in parts.form:
        if field.name == "lock_version":
            continue
        pair = _shown(theirs.form[field.name]), _shown(field)
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
        facts = [f"{field.label}: {text}" for field in form if field.name != "ORDER" and (text := _shown(field))]
        lines.append(" · ".join(facts))
    return "\n".join(lines)


def _shown(field: forms.BoundField) -> str:
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
