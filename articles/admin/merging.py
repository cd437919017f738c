"""What two people made of one report, put together: stretch by stretch what each changed, what collides, and the form that comes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.compared import Told, body_told, text_told
from articles.admin.report_forms import ROWS, ReportParts
from articles.admin.sides import Row, Value, side_of
from articles.reports.models import Report
from articles.reports.past import past_of, standing
from articles.text.merging import BOTH, CONFLICT, KEPT, MINE, THEIRS, Chunk, Paragraph, merge, merge_bodies, without_base
from articles.text.zones import zone_named

TAKEN = ("mine", "theirs", "both")


@dataclass(frozen=True)
class Stretch:
    """A stretch of one part. A conflict has a `key`, and what is `chosen` of it so far."""

    chunk: Chunk[Any]
    key: str = ""
    chosen: str = ""
    in_a_row: bool = False
    settled: tuple[str, ...] | None = None
    """Of names that both changed: what comes of it."""

    @property
    def how(self) -> str:
        return self.chunk.how

    @property
    def may_be_both(self) -> bool:
        """Whether theirs can stand before mine."""
        return self.in_a_row and bool(self.chunk.mine and self.chunk.theirs)

    @property
    def is_open(self) -> bool:
        """Whether somebody must choose."""
        return self.how == CONFLICT and not self.chosen

    @property
    def result(self) -> tuple[Any, ...]:
        if self.settled is not None:
            return self.settled
        if self.how != CONFLICT:
            return self.chunk.result
        return {"theirs": self.chunk.theirs, "both": self.chunk.theirs + self.chunk.mine}.get(self.chosen, self.chunk.mine)

    @cached_property
    def told_mine(self) -> Told:
        return _told(self.chunk.base, self.chunk.mine)

    @cached_property
    def told_theirs(self) -> Told:
        return _told(self.chunk.base, self.chunk.theirs)

    @property
    def mine_is_nothing(self) -> bool:
        return not any(map(str, self.chunk.mine))

    @property
    def theirs_is_nothing(self) -> bool:
        return not any(map(str, self.chunk.theirs))


@dataclass(frozen=True)
class Part:
    """A field, the body, the names or the rows of one kind."""

    name: str
    label: str
    stretches: list[Stretch]

    @property
    def differs(self) -> bool:
        return any(each.how != KEPT for each in self.stretches)

    @property
    def result(self) -> list[Any]:
        return [each for stretch in self.stretches for each in stretch.result]

    @property
    def is_as_typed(self) -> bool:
        """Whether the form says it already."""
        return all(each.how in (KEPT, MINE) for each in self.stretches)


class Merging:
    """What `parts` were typed into and what is saved now, from what both began with. `chosen` is what was sent for the conflicts."""

    def __init__(self, parts: ReportParts, report: Report, *, chosen: Mapping[str, str] = MappingProxyType({})) -> None:
        number = parts.form.data.get("opened_from", "")
        opened_from = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None
        past = past_of(report, opened_from)
        self.base_number = opened_from if past else None
        self.parts, self.report, self.chosen = parts, report, chosen
        self.number = standing(report)
        with timezone.override(zone_named(parts.form.data.get("zone", "")) or timezone.get_current_timezone()):  # in which was typed
            self.mine, self.theirs = side_of(parts), side_of(ReportParts(None, report, by=parts.by))
            self.base = side_of(ReportParts(None, past.report, by=parts.by, past=past)) if past else None
        self.keys: set[str] = set()
        self.all_parts = list(self._parts())

    @property
    def different(self) -> list[Part]:
        return [part for part in self.all_parts if part.differs]

    @property
    def conflicts(self) -> int:
        return sum(each.how == CONFLICT for part in self.all_parts for each in part.stretches)

    @property
    def is_open(self) -> bool:
        """Whether something waits to be chosen, or the report was saved once more while this was read."""
        return self.number is None or any(each.is_open for part in self.all_parts for each in part.stretches)

    @property
    def has_mine(self) -> bool:
        """Whether anything typed is not saved already."""
        return any(each.how in (MINE, CONFLICT) or each.settled is not None for part in self.all_parts for each in part.stretches)

    def data(self, typed: QueryDict) -> QueryDict:
        """The form with the merge in it, as if it had been typed into what is saved now."""
        data = typed.copy()
        main: list[str] = []
        for part in self.all_parts:
            if part.name == "main":
                main = [each for each in part.result if each]
            elif part.name == "body":
                if not part.is_as_typed:
                    data["body"] = "".join(each.html for each in part.result)
            elif part.name in self.mine.names:
                names = list(dict.fromkeys(part.result))
                first = [each for each in main if each in names] if part.name == "regions" else []
                data.setlist(part.name, list(dict.fromkeys([*first, *names])))
            elif part.name in ROWS:
                if not part.is_as_typed:
                    _put_rows(data, part.name, part.result, self.theirs.rows[part.name])
            elif not part.is_as_typed:
                data[part.name] = part.result[0].raw
                if not part.result[0].raw:
                    del data[part.name]
        data["lock_version"], data["opened_from"] = str(self.report.lock_version), str(self.number or "")
        return data

    def _parts(self) -> Iterator[Part]:
        base, mine, theirs = self.base, self.mine, self.theirs
        for bound in self.parts.form:
            name, label = bound.name, str(bound.label)
            if name == "body":
                yield self._part(name, label, merge_bodies(base.body if base else None, mine.body, theirs.body), in_a_row=True)
            elif name in mine.names:
                before = base.names[name] if base else None
                if name == "regions":
                    first = None if before is None else tuple(before[:1])
                    yield self._part("main", _("Main region"), [_whole(tuple(mine.names[name][:1]), tuple(theirs.names[name][:1]), first)])
                chunk, settled = _names(mine.names[name], theirs.names[name], before)
                yield self._part(name, label, [chunk], in_a_row=True, settled=settled)
            elif name in mine.fields:
                yield self._part(
                    name, label, [_whole((mine.fields[name],), (theirs.fields[name],), (base.fields[name],) if base else None)]
                )
        for prefix, said in ROWS.items():
            sides = mine.rows[prefix], theirs.rows[prefix]
            rows = merge(base.rows[prefix], *sides, alike=Row.is_about) if base else without_base(*sides, alike=Row.is_about)
            yield self._part(prefix, str(said), rows, in_a_row=True)

    def _part(
        self, name: str, label: str, chunks: Sequence[Chunk[Any]], *, in_a_row: bool = False, settled: tuple[str, ...] | None = None
    ) -> Part:
        stretches = []
        for chunk in chunks:
            key = self._key(name, chunk) if chunk.how == CONFLICT else ""
            stretch = Stretch(chunk, key, in_a_row=in_a_row, settled=settled)
            chosen = self.chosen.get(key, "") if key else ""
            allowed = TAKEN if stretch.may_be_both else TAKEN[:2]
            stretches.append(replace(stretch, chosen=chosen if chosen in allowed else ""))
        return Part(name, label, stretches)

    def _key(self, name: str, chunk: Chunk[Any]) -> str:
        """A name of the conflict that stands as long as both texts of it do."""
        said = repr([name, *([_told_plainly(each) for each in side] for side in (chunk.mine, chunk.theirs))])
        key, number = "", 0
        while not key or key in self.keys:
            key = "choose-" + hashlib.sha256(f"{number}{said}".encode()).hexdigest()[:16]
            number += 1
        self.keys.add(key)
        return key


def _told_plainly(part: Any) -> str:
    return part.html if isinstance(part, Paragraph) else part.raw if isinstance(part, Value) else repr(getattr(part, "values", part))


def _whole(mine: tuple[Any, ...], theirs: tuple[Any, ...], base: tuple[Any, ...] | None) -> Chunk[Any]:
    """Kept or changed as a whole."""
    if mine == theirs:
        return Chunk(KEPT if base in (None, mine) else BOTH, theirs, mine, theirs)
    how = CONFLICT if base is None or base not in (mine, theirs) else MINE if base == theirs else THEIRS
    return Chunk(how, base or (), mine, theirs)


def _names(mine: list[str], theirs: list[str], base: list[str] | None) -> tuple[Chunk[Any], tuple[str, ...] | None]:
    """Names are put in and taken out each by itself, in no order; also what comes of it when both did. Without a base it is asked."""
    sets = set(mine), set(theirs), set(base or ())
    if sets[0] == sets[1]:
        return _whole(tuple(mine), tuple(mine), None if base is None else tuple(mine if sets[2] == sets[0] else base)), None
    if base is None or sets[2] in sets[:2]:
        return _whole(tuple(mine), tuple(theirs), None if base is None else tuple(mine if sets[2] == sets[0] else theirs)), None
    there = dict.fromkeys([*mine, *theirs])
    kept = tuple(name for name in there if (name in sets[0] and name in sets[1]) or name not in sets[2])
    return Chunk(BOTH, tuple(base), tuple(mine), tuple(theirs)), kept


def _put_rows(data: QueryDict, prefix: str, rows: Sequence[Row], saved: Sequence[Row]) -> None:
    """The rows of the form: each in the place of the saved row that it is about; a saved row that goes is there, marked as removed."""
    for name in [name for name in data if name.startswith(f"{prefix}-") and name.split("-")[1].isdecimal()]:
        del data[name]
    left = dict(enumerate(rows, start=1))
    placed: list[tuple[int, Row] | None] = []
    for was in saved:
        same = [place for place, row in left.items() if row == was] or [place for place, row in left.items() if row.is_about(was)]
        placed.append((same[0], left.pop(same[0])) if same else None)
    filled = [*zip(placed, saved, strict=True), *(((place, row), row) for place, row in left.items())]
    for number, (found, was) in enumerate(filled):
        place, row = found or (len(rows) + 1, was)
        for name, value in row.values:
            if value:
                data[f"{prefix}-{number}-{name}"] = value
        data[f"{prefix}-{number}-ORDER"] = str(place)
        if found is None:
            data[f"{prefix}-{number}-DELETE"] = "on"
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(filled)), str(len(saved))


def _told(base: Sequence[Any], side: Sequence[Any]) -> Told:
    """One side beside what both began with."""
    if any(isinstance(each, Paragraph) for each in (*base, *side)):
        return replace(body_told(*("".join(each.html for each in row) for row in (base, side))), only_markup=False)
    return text_told("", *("\n".join(map(str, row)) for row in (base, side)))
