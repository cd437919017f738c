"""Lists of editions, newest first: keyset paging, no COUNT(*), no OFFSET. Cards come ready drawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from articles.editions import selections
from articles.editions.selections import Key, Selection, Statement

PER_PAGE = 20
KEY = re.compile(r"\A([0-9]{18})-([0-9a-f]{32})\Z")
EPOCH = dt.datetime(1, 1, 1, tzinfo=dt.UTC)  # an old text may be dated before 1970


class Placed(Protocol):
    """What stands in a list: its place in it is its time of publication, then its uuid."""

    @property
    def published_at(self) -> dt.datetime: ...
    @property
    def uuid(self) -> UUID: ...


Row = TypeVar("Row", bound=Placed)
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Card:
    """One report in a list."""

    published_at: dt.datetime
    uuid: UUID
    html: str


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A page of cards, newest first; `older` and `newer` are keys of the neighbouring pages, "" where there is none.

    `stopped_at` is set when WINDOW rows were examined before the page was full: the time of the last of them. The list goes on behind it.
    """

    cards: tuple[Row, ...]
    older: str = ""
    newer: str = ""
    stopped_at: dt.datetime | None = None


@dataclass(frozen=True)
class Tally:
    """How many editions a list holds: so many, or `at_least` so many."""

    number: int
    at_least: bool = False


def page_of(selection: Selection, *, after: str = "", before: str = "", limit: int = PER_PAGE) -> ListPage[Card]:
    """One page of a selection in one statement. `after` gives older, `before` newer ones; a key that is not ours is ignored."""
    newer, older = key_from(before), key_from(after)
    found, stopped = [], None
    for place, at, uuid, html in _rows(selections.cards_statement(selection, newer=newer, older=None if newer else older, limit=limit + 1)):
        if place > selections.WINDOW:
            stopped = _card(at, uuid, "")
        else:
            found.append(_card(at, uuid, html))
    if stopped:
        return _cut_short(found, stopped, newer=newer, older=older)
    if not found:
        return ListPage((), older=_beside(newer, above=True), newer="" if newer else _beside(older, above=False))
    return _page(found, limit=limit, newer=bool(newer), paged=bool(newer or older))


def tally_of(selection: Selection) -> Tally:
    """How many it holds, in one statement that gives up at MOST_COUNTED or when WINDOW rows were examined."""
    places = [place for (place,) in _rows(selections.places_statement(selection, limit=MOST_COUNTED + 1))]
    number = sum(place <= selections.WINDOW for place in places)
    return Tally(min(number, MOST_COUNTED), at_least=number > MOST_COUNTED or number < len(places))


def filled(wanted: Sequence[Selection]) -> list[bool]:
    """Which of the selections hold something among the newest of what leads them, in one statement."""
    found = {number for (number,) in _rows(selections.filled_statement(wanted))} if wanted else set()
    return [number in found for number in range(len(wanted))]


def paged(
    rows: QuerySet[Any], columns: Sequence[str], *, make: Callable[..., Row], after: str = "", before: str = "", limit: int = PER_PAGE
) -> ListPage[Row]:
    """One page of rows that have `published_at` and `uuid`; each is made of these two and the columns."""
    if newer := key_from(before):
        at, uuid = newer
        rows = rows.filter(published_at__gte=at).exclude(published_at=at, uuid__lte=uuid).order_by("published_at", "uuid")
    else:
        rows = rows.order_by("-published_at", "-uuid")
    older = None if newer else key_from(after)
    if older:
        at, uuid = older
        rows = rows.filter(published_at__lte=at).exclude(published_at=at, uuid__gte=uuid)
    found = [make(*row) for row in rows.values_list("published_at", "uuid", *columns)[: limit + 1]]
    return _page(found, limit=limit, newer=bool(newer), paged=bool(newer or older))


def _page(found: list[Row], *, limit: int, newer: bool, paged: bool) -> ListPage[Row]:
    """Of up to `limit` + 1 rows, read oldest first when they are newer than a key: what is shown, and where the list goes on."""
    shown, goes_on = found[:limit], len(found) > limit
    if newer:
        shown.reverse()
    if not shown:
        return ListPage(())
    return ListPage(tuple(shown), key_of(shown[-1]) if newer or goes_on else "", key_of(shown[0]) if (goes_on if newer else paged) else "")


def _cut_short(found: list[Card], stopped: Card, *, newer: Key | None, older: Key | None) -> ListPage[Card]:
    """What was found before the examination stopped; the list goes on with the row at which it did."""
    if newer:
        found.reverse()
    first = key_of(found[0]) if found else _beside(newer or older, above=False)
    last = key_of(found[-1]) if found else _beside(newer or older, above=True)
    place = (stopped.published_at, stopped.uuid)
    if newer:
        return ListPage(tuple(found), older=last, newer=_beside(place, above=False), stopped_at=stopped.published_at)
    return ListPage(tuple(found), older=_beside(place, above=True), newer=first if older else "", stopped_at=stopped.published_at)


def _beside(key: Key | None, *, above: bool) -> str:
    """The key next to one, so that the list that begins behind it begins with what stands at the one itself."""
    if key is None:
        return ""
    at, number = key[0], key[1].int + (1 if above else -1)
    if not 0 <= number < 1 << 128:
        try:
            at += dt.timedelta(microseconds=1 if above else -1)
        except OverflowError:
            return ""  # there is no time beyond
    return _written(at, UUID(int=number % (1 << 128)))


def key_of(row: Placed) -> str:
    """The place of a row in every list: microseconds since the year 1 and the uuid."""
    return _written(row.published_at, row.uuid)


def _written(at: dt.datetime, uuid: UUID) -> str:
    return f"{(at - EPOCH) // dt.timedelta(microseconds=1):018d}-{uuid.hex}"


def time_of(key: str) -> dt.datetime:
    """The time in a key that is ours."""
    found = key_from(key)
    if found is None:
        raise ValueError(key)
    return found[0]


def own_key(text: str) -> str:
    """The text if it has the shape of a key, "" otherwise."""
    return text if key_from(text) else ""


def key_from(text: str) -> Key | None:
    """The place that a key names; None for what has not its shape."""
    found = KEY.match(text)
    if not found:
        return None
    try:
        at = EPOCH + dt.timedelta(microseconds=int(found[1]))
    except OverflowError:
        return None
    return (at, UUID(found[2])) if 2 <= at.year <= 9998 else None  # years that every time zone has


def _rows(statement: Statement) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def _card(at: dt.datetime | str, uuid: UUID | str, html: str) -> Card:
    """A row as PostgreSQL gives it; SQLite's times name no zone and are UTC – texts, where they come out of a window – and its uuids are texts."""
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at)
    return Card(at if at.tzinfo else at.replace(tzinfo=dt.UTC), uuid if isinstance(uuid, UUID) else UUID(uuid), html)
