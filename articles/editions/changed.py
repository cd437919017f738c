"""Lists of editions in the order of their last change, oldest first: so that who has a copy can follow what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from articles.editions.models import Edition
from articles.editions.selections import Condition, Key, fitting

WINDOW = 2_000
"""So many changes are examined at most by one statement; where few of them fit, a page holds few, and the list goes on behind it."""


@dataclass(frozen=True)
class Changes:
    """A page of (time of the change, uuid); `next` and `previous` are the places that the neighbouring pages begin behind, None where there is none."""

    places: tuple[Key, ...]
    next: Key | None
    previous: Key | None


def changed(
    conditions: Sequence[Condition],
    *,
    languages: Sequence[str] = (),
    since: dt.datetime,
    first: tuple[dt.datetime | None, dt.datetime | None] = (None, None),
    after: Key | None = None,
    before: Key | None = None,
    limit: int,
) -> Changes:
    """One page of what was changed at `since` or later and meets the conditions; `first` bounds its first publication, [from, until)."""
    fits, values = _fits(conditions, languages, first)
    size = WINDOW if fits else limit + 1
    key = before or after
    bounds, inner = _bounds(since, key, back=bool(before))
    direction = " DESC" if before else ""
    rows = (
        "SELECT updated_at, uuid, published_at, language FROM articles_edition"  # noqa: S608 - words from here
        f" WHERE listed AND {bounds} ORDER BY updated_at{direction}, uuid{direction} LIMIT {size}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT w.updated_at, w.uuid, {fits or '1'} FROM ({rows}) w ORDER BY 1{direction}, 2{direction}", [*values, *inner])  # noqa: S608 - as above
        examined = [(_key(at, uuid), bool(fit)) for at, uuid, fit in cursor.fetchall()]
    found = [place for place, fit in examined if fit]
    shown = found[:limit]
    on = shown[-1] if len(found) > limit else examined[-1][0] if len(examined) == size and fits else None
    if before:
        return Changes(tuple(reversed(shown)), next=shown[0] if shown else before, previous=on)
    return Changes(tuple(shown), next=on, previous=(shown[0] if shown else after) if after else None)


def _fits(
    conditions: Sequence[Condition], languages: Sequence[str], first: tuple[dt.datetime | None, dt.datetime | None]
) -> tuple[str, list[Any]]:
    sql, values = fitting(conditions) if conditions else ("", [])
    parts: list[str] = [sql] if conditions else []
    said: list[Any] = list(values)
    if languages:
        parts.append(f"w.language IN ({', '.join(['%s'] * len(languages))})")
        said += languages
    at_field = Edition._meta.get_field("published_at")
    for bound, sign in zip(first, (">=", "<"), strict=True):
        if bound:
            parts.append(f"w.published_at {sign} %s")
            said.append(at_field.get_db_prep_value(bound, connection))
    return " AND ".join(f"({part})" for part in parts), said


def _bounds(since: dt.datetime, key: Key | None, *, back: bool) -> tuple[str, list[Any]]:
    at_field, uuid_field = Edition._meta.get_field("updated_at"), Edition._meta.get_field("uuid")
    where, values = "updated_at >= %s", [at_field.get_db_prep_value(since, connection)]
    if key:
        at, uuid = at_field.get_db_prep_value(key[0], connection), uuid_field.get_db_prep_value(key[1], connection)
        where += f" AND updated_at {'<=' if back else '>='} %s AND NOT (updated_at = %s AND uuid {'>=' if back else '<='} %s)"
        values += [at, at, uuid]
    return where, values


def _key(at: dt.datetime | str, uuid: UUID | str) -> Key:
    """A place as PostgreSQL gives it; SQLite's times name no zone and are UTC – texts, where they come out of a window –, its uuids are texts."""
    moment = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), uuid if isinstance(uuid, UUID) else UUID(uuid)
