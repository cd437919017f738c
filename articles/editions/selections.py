"""Which editions a list holds, and the statements that read it: of one index, and never more than WINDOW rows of it at a time.

They are written out: composing them from models takes longer than running them, and a list is asked for all day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from articles.editions.models import Edition

WINDOW = 10_000
"""So many rows of the index that leads are examined at most by one statement."""

Key = tuple[dt.datetime, UUID]
Condition = tuple[str, int | str]
"""What an edition must have: ("tag" | "author" | "region", id), ("kind", its name), ("corrected", ""), or ("listed", "")."""
Statement = tuple[str, list[Any]]
TABLES = {
    "tag": ("articles_editiontag", "{0}.tag_id = %s"),
    "author": ("articles_editionbyline", "{0}.byline_id = %s AND {0}.first"),
    "region": ("articles_editionregion", "{0}.region_id = %s"),
    "corrected": ("articles_edition", "{0}.corrected_at IS NOT NULL AND {0}.listed"),
    "kind": ("articles_edition", "{0}.kind = %s"),
    "listed": ("articles_edition", "{0}.listed"),
}
"""Where it is told that an edition has it, each with an index in the lists' order behind it; what is mostly the narrowest stands first."""


INDEXES = {"corrected": "edition_corrected", "kind": "edition_by_kind", "listed": "edition_list"}


@dataclass(frozen=True)
class Selection:
    """Ids of what an edition must have – all of the tags –, a kind, whether it was corrected, and a span of time [since, until) in UTC.

    `also` are further languages. `order` names conditions with the rarest first, as far as that is known: the first one leads.
    """

    language: str
    region: int | None = None
    tags: tuple[int, ...] = ()
    byline: int | None = None
    kind: str = ""
    corrected: bool = False
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    also: tuple[str, ...] = ()
    order: tuple[Condition, ...] = ()

    def conditions(self) -> list[Condition]:
        """All that an edition must have, the rarest first. Of no condition: that it is listed."""
        given: list[Condition] = [("tag", tag) for tag in self.tags]
        for what, value in (("author", self.byline), ("region", self.region), ("corrected", "" if self.corrected else None)):
            given += [(what, value)] if value is not None else []
        given += [("kind", self.kind)] if self.kind else []
        known = {condition: place for place, condition in enumerate(self.order)}
        return sorted(given, key=lambda each: known.get(each, len(known))) or [("listed", "")]

    @property
    def is_plain(self) -> bool:
        """Whether one index alone gives the list, so that nothing is examined in vain."""
        return len(self.conditions()) == 1 and not self.also

    def within(self, **changes: Any) -> Selection:
        """The same with changes."""
        return replace(self, **changes)


def cards_statement(selection: Selection, *, newer: Key | None = None, older: Key | None = None, limit: int) -> Statement:
    """SELECT of (place, published_at, uuid, card_html), newest first, or oldest first among those `newer` than a key.

    A row whose place is above WINDOW is not one of the list: it says where the examination stopped.
    """
    if selection.is_plain:
        return _plain(selection, newer, older, limit)
    window, values = window_of(selection, newer, older, WINDOW)
    fits, more = _fits(selection)
    card = f"CASE WHEN w.place <= {WINDOW} THEN (SELECT e.card_html FROM articles_edition e WHERE e.uuid = w.uuid) END"  # noqa: S608 - numbers from here
    sql = f"SELECT w.place, w.published_at, w.uuid, {card} FROM {window} w WHERE w.place > {WINDOW} OR ({fits}) LIMIT %s"  # noqa: S608 - names from TABLES
    return sql, [*values, *more, limit]


def places_statement(selection: Selection, *, older: Key | None = None, limit: int) -> Statement:
    """SELECT of the places of a list's first rows, without their cards; a place above WINDOW as in `cards_statement`."""
    window, values = window_of(selection, None, older, WINDOW)
    fits, more = _fits(selection)
    return f"SELECT w.place FROM {window} w WHERE w.place > {WINDOW} OR ({fits}) LIMIT %s", [*values, *more, limit]  # noqa: S608 - names from TABLES


def filled_statement(selections: Sequence[Selection]) -> Statement:
    """SELECT of the numbers of those selections that hold something; WINDOW is divided among them."""
    parts, values, each = [], [], WINDOW // len(selections)
    for number, selection in enumerate(selections):
        window, inner = window_of(selection, None, None, each)
        fits, more = _fits(selection)
        parts.append(f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {window} w WHERE w.place <= {each} AND ({fits}))")  # noqa: S608 - names from TABLES
        values += [*inner, *more]
    return " UNION ALL ".join(parts), values


def _plain(selection: Selection, newer: Key | None, older: Key | None, limit: int) -> Statement:
    (condition,) = selection.conditions()
    table, test = TABLES[condition[0]]
    is_side = table != "articles_edition"
    source = f"{table} r JOIN articles_edition e ON e.uuid = r.edition_id" if is_side else f"{table} r"
    bounds, values = _bounds(selection, newer, older)
    where = [test.format("r"), "r.language = %s", *(["e.listed"] if is_side else []), *bounds]
    sql = (
        f"SELECT 0, r.published_at, r.uuid, {'e' if is_side else 'r'}.card_html FROM {source}"  # noqa: S608 - names from TABLES
        f" WHERE {' AND '.join(where)} ORDER BY {_order('r.published_at', 'r.uuid', newer)} LIMIT %s"
    )
    return sql, [*_value(condition), selection.language, *values, limit]


def window_of(selection: Selection, newer: Key | None, older: Key | None, size: int) -> Statement:
    """The first `size` rows, and one more, of the index that leads, numbered as they come: (place, published_at, uuid, language)."""
    leading = selection.conditions()[0]
    table, test = TABLES[leading[0]]
    bounds, inner = _bounds(selection, newer, older)
    parts, values = [], []
    for language in (selection.language, *selection.also):
        where = " AND ".join([test.format("r"), "r.language = %s", *bounds])
        parts.append(f"SELECT r.published_at, r.uuid, r.language FROM {table} r WHERE {where}")  # noqa: S608 - names from TABLES
        values += [*_value(leading), language, *inner]
    cut = f" ORDER BY {_order('published_at', 'uuid', newer)} LIMIT {size + 1}"
    if connection.vendor == "postgresql" and selection.also:  # which merges only what it knows to be in order; SQLite allows no LIMIT here
        parts = [f"({part}{cut})" for part in parts]
    rows = " UNION ALL ".join(parts) + cut
    return f"(SELECT v.published_at, v.uuid, v.language, row_number() OVER () AS place FROM ({rows}) v)", values  # noqa: S608 - as above


def _fits(selection: Selection) -> Statement:
    """Whether a row `w` of the window has all that does not lead."""
    leading, *others = selection.conditions()
    if not {leading[0], *(what for what, _value in others)} & {"corrected", "kind", "listed"}:
        others.append(("listed", ""))
    return fitting(others)


def fitting(conditions: Sequence[Condition]) -> Statement:
    """Whether a row `w` of a window meets the conditions, each looked up at its place in the index of that: as the window goes on, so do the look-ups.

    As subqueries that give one value they are asked row by row, whatever the planner expects of them; EXISTS would be joined.
    """
    parts, values = [], []
    for condition in conditions:
        table, test = TABLES[condition[0]]
        parts.append(
            f"(SELECT 1 FROM {table} o{_by(condition)} WHERE {test.format('o')} AND o.language = w.language"  # noqa: S608 - names from TABLES
            " AND o.published_at = w.published_at AND o.uuid = w.uuid LIMIT 1) IS NOT NULL"
        )
        values += _value(condition)
    return " AND ".join(parts) or "TRUE", values


def _by(condition: Condition) -> str:
    """SQLite would find an edition by its key, and read through its texts for one column; the index has all that is asked."""
    return f" INDEXED BY {INDEXES[condition[0]]}" if connection.vendor == "sqlite" and condition[0] in INDEXES else ""


def _bounds(selection: Selection, newer: Key | None, older: Key | None) -> tuple[list[str], list[Any]]:
    at_field, uuid_field = Edition._meta.get_field("published_at"), Edition._meta.get_field("uuid")
    where: list[str] = []
    values: list[Any] = []
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
    return where, values


def _value(condition: Condition) -> list[int | str]:
    return [condition[1]] if condition[1] != "" else []


def _order(at: str, uuid: str, newer: Key | None) -> str:
    return f"{at}, {uuid}" if newer else f"{at} DESC, {uuid} DESC"
