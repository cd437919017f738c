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

from articles.editions.models import Edition

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
Key = tuple[dt.datetime, UUID]
SUBJECTS = (
    ("tag", "articles_editiontag", "tag_id"),
    ("byline", "articles_editionbyline", "byline_id"),
    ("region", "articles_editionregion", "region_id"),
)
"""Fields of a selection, the tables of their lists, and the column there: the narrowest first."""


@dataclass(frozen=True)
class Card:
    """One report in a list."""

    published_at: dt.datetime
    uuid: UUID
    html: str


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A page of cards, newest first; `older` and `newer` are keys of the neighbouring pages, "" where there is none."""

    cards: tuple[Row, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True)
class Selection:
    """Which editions a list holds: ids of what they must have, a kind, and a span of time [since, until) in UTC."""

    language: str
    region: int | None = None
    tag: int | None = None
    byline: int | None = None
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def page_of(selection: Selection, *, after: str = "", before: str = "", limit: int = PER_PAGE) -> ListPage[Card]:
    """One page of a selection in one statement. `after` gives older, `before` newer ones; a key that is not ours is ignored."""
    newer, older = _key(before), _key(after)
    statement, values = _statement(selection, newer=newer, older=older)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit + 1])
        found = [_card(*row) for row in cursor.fetchall()]
    return _page(found, limit=limit, newer=bool(newer), paged=bool(newer or older))


def paged(
    rows: QuerySet[Any], columns: Sequence[str], *, make: Callable[..., Row], after: str = "", before: str = "", limit: int = PER_PAGE
) -> ListPage[Row]:
    """One page of rows that have `published_at` and `uuid`; each is made of these two and the columns."""
    if newer := _key(before):
        at, uuid = newer
        rows = rows.filter(published_at__gte=at).exclude(published_at=at, uuid__lte=uuid).order_by("published_at", "uuid")
    else:
        rows = rows.order_by("-published_at", "-uuid")
    older = None if newer else _key(after)
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


def key_of(row: Placed) -> str:
    """The place of a row in every list: microseconds since the year 1 and the uuid."""
    return f"{(row.published_at - EPOCH) // dt.timedelta(microseconds=1):018d}-{row.uuid.hex}"


def own_key(text: str) -> str:
    """The text if it has the shape of a key, "" otherwise."""
    return text if _key(text) else ""


def _key(text: str) -> Key | None:
    found = KEY.match(text)
    if not found:
        return None
    try:
        return EPOCH + dt.timedelta(microseconds=int(found[1])), UUID(found[2])
    except OverflowError:
        return None


def _statement(selection: Selection, *, newer: Key | None, older: Key | None) -> tuple[str, list[Any]]:
    """SELECT of a selection's cards, all but its limit, and its values. The narrowest of its subjects drives, by the index of its list.

    It is written out because composing it from models takes longer than running it, and a list is asked for all day.
    """
    wanted = [(table, column, value) for name, table, column in SUBJECTS if (value := getattr(selection, name)) is not None]
    values: list[Any] = []
    if wanted:
        (table, column, value), *others = wanted
        source = f"{table} r JOIN articles_edition e ON e.uuid = r.edition_id"
        where = [f"r.{column} = %s", "r.language = %s", "e.listed", *(["r.first"] if column == "byline_id" else [])]
        values += [value, selection.language]
        for table, column, value in others:
            where.append(f"EXISTS (SELECT 1 FROM {table} o WHERE o.edition_id = r.edition_id AND o.{column} = %s)")  # noqa: S608 - names from SUBJECTS
            values.append(value)
    else:
        source, where = "articles_edition r", ["r.language = %s", "r.listed"]
        values.append(selection.language)
    if selection.kind:
        where.append(f"{'e' if wanted else 'r'}.kind = %s")
        values.append(selection.kind)
    at_field, uuid_field = Edition._meta.get_field("published_at"), Edition._meta.get_field("uuid")
    for bound, sign in ((selection.since, ">="), (selection.until, "<")):
        if bound:
            where.append(f"r.published_at {sign} %s")
            values.append(at_field.get_db_prep_value(bound, connection))
    if key := newer or older:
        where.append(
            "r.published_at >= %s AND NOT (r.published_at = %s AND r.uuid <= %s)"
            if newer
            else "r.published_at <= %s AND NOT (r.published_at = %s AND r.uuid >= %s)"
        )
        at = at_field.get_db_prep_value(key[0], connection)
        values += [at, at, uuid_field.get_db_prep_value(key[1], connection)]
    order = "r.published_at, r.uuid" if newer else "r.published_at DESC, r.uuid DESC"
    card = "e.card_html" if wanted else "r.card_html"
    return f"SELECT r.published_at, r.uuid, {card} FROM {source} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT %s", values  # noqa: S608 - names from here


def _card(at: dt.datetime, uuid: UUID | str, html: str) -> Card:
    """A row as PostgreSQL gives it; SQLite's times name no zone and are UTC, and its uuids are texts."""
    return Card(at if at.tzinfo else at.replace(tzinfo=dt.UTC), uuid if isinstance(uuid, UUID) else UUID(uuid), html)
