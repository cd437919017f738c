"""Pages of long lists: from a place on, in the order of an index. Nothing is counted or skipped: the millionth row costs what the first does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from articles.reports.models import Report

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
MOST_DIGITS = 18
MOST_AT_ONCE = 200
"""Of the parts of one statement; SQLite bears 500."""


@dataclass(frozen=True)
class Place:
    """Where a report stands in the list, the last saved first."""

    saved_at: dt.datetime
    pk: int

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(report.saved_at, report.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place that `str` wrote; None for anything else."""
        numbers = whole_numbers(text, 2)
        if numbers is None:
            return None
        try:
            return cls(EPOCH + numbers[0] * MICROSECOND, numbers[1])
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.saved_at - EPOCH) // MICROSECOND}_{self.pk}"


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and whether there are newer and older ones."""

    rows: list[Report]
    newer: bool
    older: bool


def whole_numbers(text: str, count: int) -> list[int] | None:
    """So many numbers joined by `_`, each of a size that every database bears; None for anything else."""
    parts = text.split("_")
    if len(parts) != count or not all(part.isascii() and part.isdecimal() and len(part) <= MOST_DIGITS for part in parts):
        return None
    return [int(part) for part in parts]


def page_of(
    parts: Sequence[QuerySet[Report]], among: QuerySet[Report], *, size: int, after: Place | None = None, before: Place | None = None
) -> Page:
    """The page of the last saved; the one that follows a place, or comes before it."""
    if before is not None:
        rows = first([_newer(part, before) for part in parts], among, "saved_at", "id", limit=size + 1, at_least=size)
        if len(rows) >= size:
            return Page(rows[size - 1 :: -1], newer=len(rows) > size, older=True)
        after = None  # less than a page is left before it: that is the first page
    narrowed = [_older(part, after) for part in parts] if after else parts
    rows = first(narrowed, among, "-saved_at", "-id", limit=size + 1)
    return Page(rows[:size], newer=after is not None, older=len(rows) > size)


def first(parts: Sequence[QuerySet[Report]], among: QuerySet[Report], *order: str, limit: int, at_least: int = 0) -> list[Report]:
    """The first rows of all parts together, each once. A part is narrowed and without an order; `among` gives the rows' joins and must hold them all.

    Of several parts that have fewer than `at_least` together no row is read.
    A database does not follow an index through OR: each part is read for itself, in its own order.
    """
    if len(parts) == 1:
        return list(parts[0].order_by(*order)[:limit])
    keys = keys_of([part.order_by(*order)[:limit] for part in parts])
    rows = list(among.order_by().filter(pk__in=keys)) if len(keys) >= at_least else []
    names = [name.removeprefix("-") for name in order]
    rows.sort(key=lambda row: [getattr(row, name) for name in names], reverse=order[0].startswith("-"))
    return rows[:limit]


def keys_of(parts: Iterable[QuerySet[Report]]) -> list[int]:
    """The keys of the rows of all parts, in one statement; each part may have its own order and limit."""
    statements: list[str] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        try:
            sql, values = part.values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT * FROM ({sql}) part{number}")  # noqa: S608 - written by Django
        params += values
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(statements), params)
        return [key for (key,) in cursor.fetchall()]


def keys_by_day(parts: Iterable[QuerySet[Report]], column: str, bounds: Sequence[dt.datetime], *, limit: int) -> set[int]:
    """The keys of the first rows by that column between each two neighbouring times. Each day of each part enters an index at its beginning."""
    adapted = [connection.ops.adapt_datetimefield_value(each) for each in bounds]
    statements: list[tuple[str, list[Any]]] = []
    for part in parts:
        day = part.filter(**{f"{column}__gte": bounds[0], f"{column}__lt": bounds[1]}).order_by(column, "id")
        try:
            sql, values = day.values_list("pk")[:limit].query.sql_with_params()
        except EmptyResultSet:
            continue
        places = [adapted.index(value) if value in adapted[:2] else None for value in values]
        for number in range(len(bounds) - 1):  # the statement is written once; a day differs in its two times
            of_day = [value if place is None else adapted[number + place] for place, value in zip(places, values, strict=True)]
            statements.append((f"SELECT * FROM ({sql}) day", of_day))  # noqa: S608 - written by Django
    found: set[int] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(statements), MOST_AT_ONCE):
            piece = statements[start : start + MOST_AT_ONCE]
            cursor.execute(" UNION ".join(sql for sql, _values in piece), [value for _sql, values in piece for value in values])
            found |= {key for (key,) in cursor.fetchall()}
    return found


def _older(part: QuerySet[Report], place: Place) -> QuerySet[Report]:
    """The first condition is where the index begins; the second leaves out what stands before the place at the same moment."""
    return part.filter(Q(saved_at__lt=place.saved_at) | Q(pk__lt=place.pk), saved_at__lte=place.saved_at)


def _newer(part: QuerySet[Report], place: Place) -> QuerySet[Report]:
    return part.filter(Q(saved_at__gt=place.saved_at) | Q(pk__gt=place.pk), saved_at__gte=place.saved_at)
