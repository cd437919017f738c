"""What a report's form says, as plain values that can be merged: of what is typed, of what is saved, of what was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms

from articles.admin.differences import row_shown, shown
from articles.admin.names import split
from articles.admin.report_forms import WHERE_FROM, ReportParts
from articles.text.characters import normalised
from articles.text.sanitise import sanitise

NAMES = ("regions", "tags")
NOT_TOLD = ("ORDER", "DELETE")


@dataclass(frozen=True)
class Value:
    """What stands in one field as the form writes it, and as it is told."""

    raw: str
    told: str = field(compare=False)

    def __str__(self) -> str:
        return self.told


@dataclass(frozen=True)
class Row:
    """A picture, source or credit: what stands in its fields, and as it is told."""

    values: tuple[tuple[str, str], ...]
    told: str = field(compare=False)

    def __str__(self) -> str:
        return self.told

    def is_about(self, other: Row) -> bool:
        """Whether both are the same picture, byline or source, whatever is said of it."""
        mine, theirs = dict(self.values), dict(other.values)
        names = [name for name in ("image", "byline", "title", "address") if name in mine]
        return any(mine[name] and mine[name] == theirs[name] for name in names)


@dataclass(frozen=True)
class Side:
    """One text of the report."""

    fields: dict[str, Value]
    names: dict[str, list[str]]
    body: str
    rows: dict[str, list[Row]]


def side_of(parts: ReportParts) -> Side:
    """What the form says: what was typed when it is bound, what is saved when not."""
    plain = [bound for bound in parts.form if bound.name not in (*WHERE_FROM, *NAMES, "body")]
    return Side(
        fields={bound.name: Value(_raw(bound), shown(bound)) for bound in plain},
        names={name: [one for given in parts.form[name].value() or () for one in split(given)] for name in NAMES},
        body=sanitise(str(parts.form["body"].value() or "")),
        rows={str(formset.prefix): _rows(formset) for formset in parts.formsets},
    )


def _rows(formset: Any) -> list[Row]:
    """The filled rows in their order, without those marked as removed."""
    blank = {name: _raw(formset.empty_form[name]) for name in formset.empty_form.fields if name not in NOT_TOLD}
    found = []
    for form in formset.forms if formset.is_bound else formset.initial_forms:
        values = {name: _raw(form[name]) for name in blank}
        removed = formset.is_bound and forms.CheckboxInput().check_test(form["DELETE"].value())
        if not removed and any(value not in ("", blank[name]) for name, value in values.items()):
            place = str(form["ORDER"].value() or "")
            found.append((int(place) if place.isascii() and place.isdecimal() else 10_000, Row(tuple(values.items()), row_shown(form))))
    return [row for _place, row in sorted(found, key=lambda pair: pair[0])] if formset.is_bound else [row for _place, row in found]


def _raw(bound: forms.BoundField) -> str:
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if widget.check_test(value) else ""
    if not isinstance(widget, forms.Select | forms.RadioSelect):
        value = widget.format_value(value)
    return normalised(str("" if value is None else value).replace("\r\n", "\n")).strip()
