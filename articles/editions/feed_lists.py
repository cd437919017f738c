"""What a feed holds: the newest items of a language, a region, a tag, a byline or a kind, and what was last taken back. One statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from articles.editions import addresses

ITEMS = 30
ITEM_COLUMNS = {"rss": "rss_xml", "atom": "atom_xml", "json": "json_item"}
SUBJECTS = {
    "region": ("articles_editionregion", "articles_region", "articles_regionname"),
    "tag": ("articles_editiontag", "articles_tag", "articles_tagname"),
    "byline": ("articles_editionbyline", "articles_byline", ""),
}
"""By sort of subject: the list of its editions, the subjects, and their names by language."""


@dataclass(frozen=True)
class Subject:
    """Whose feed it is: `sort` is a key of SUBJECTS with its slug as `key`, or `kind` with a kind, or "" for all of a language."""

    language: str
    sort: str = ""
    key: str = ""


class Item(NamedTuple):
    """A drawn item, its full text when that was asked for, and when it last changed."""

    item: str
    text_html: str
    updated_at: dt.datetime


class Gone(NamedTuple):
    """A report that was taken back: its id, and when."""

    uuid: UUID
    at: dt.datetime


@dataclass(frozen=True)
class Listing:
    """The items, newest first; what is gone, the last first; the subject's name in the language."""

    items: list[Item]
    gone: list[Gone]
    name: str = ""


def newest(subject: Subject, form: str, *, full: bool, with_gone: bool) -> Listing:
    """The listing of a subject for a form of ITEM_COLUMNS.

    What is gone is that of the whole language: under what it stood is forgotten with it.
    """
    statement, values = _items(subject, ITEM_COLUMNS[form], full=full)
    if with_gone:
        # a part that is ordered and cut needs a SELECT of its own around it (SQLite)
        statement = f"SELECT * FROM ({statement}) i UNION ALL SELECT * FROM ({GONE}) g"  # noqa: S608 - both are written here
        values += [f"{addresses.reports_path(subject.language)}%", ITEMS]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = sorted(cursor.fetchall(), key=lambda row: (_time(row[1]), str(row[2])), reverse=True)
    items = [row for row in rows if row[0] == 0]
    gone = {_uuid(row[2]): _time(row[1]) for row in reversed(rows) if row[0] == 1}  # of one with several addresses, once
    return Listing(
        items=[Item(row[3], row[4], _time(row[5])) for row in items],
        gone=[Gone(uuid, at) for uuid, at in reversed(gone.items())],
        name=items[0][6] if items else "",
    )


GONE = (
    "SELECT 1 AS what, a.since AS at, a.report_uuid AS uuid, '' AS item, '' AS text, a.since AS updated, '' AS name FROM articles_address a"
    " WHERE a.answer = 'gone' AND a.path LIKE %s ORDER BY a.since DESC, a.id LIMIT %s"
)


def _items(subject: Subject, column: str, *, full: bool) -> tuple[str, list[Any]]:
    """SELECT of (0, published, uuid, item, text, updated, name), driven by the index of the subject's list."""
    text = "e.feed_html" if full else "''"
    name: str = "''"
    names: list[str] = []
    if subject.sort in SUBJECTS:
        table, subjects, words = SUBJECTS[subject.sort]
        source = f"{table} r JOIN articles_edition e ON e.uuid = r.edition_id"
        where = f"r.{subject.sort}_id = (SELECT s.id FROM {subjects} s WHERE s.slug = %s) AND r.language = %s AND e.listed"  # noqa: S608 - names from SUBJECTS
        where += " AND r.first" if subject.sort == "byline" else ""
        values: list[Any] = [subject.key, subject.language]
        name, names = _name(subject, subjects, words)
    elif subject.sort == "kind":
        source, where = "articles_edition e", "e.language = %s AND e.kind = %s AND e.listed"
        values = [subject.language, subject.key]
    else:
        source, where = "articles_edition e", "e.language = %s AND e.listed"
        values = [subject.language]
    by = "r" if subject.sort in SUBJECTS else "e"
    statement = (
        f"SELECT 0 AS what, {by}.published_at AS at, {by}.uuid AS uuid, e.{column} AS item, {text} AS text, e.updated_at AS updated,"  # noqa: S608 - names from here
        f" {name} AS name FROM {source} WHERE {where} ORDER BY {by}.published_at DESC, {by}.uuid DESC LIMIT %s"
    )
    return statement, [*names, *values, ITEMS]


def _name(subject: Subject, subjects: str, words: str) -> tuple[str, list[str]]:
    """The subject's own name, in the language where it has one."""
    if not words:
        return f"(SELECT s.name FROM {subjects} s WHERE s.slug = %s)", [subject.key]  # noqa: S608 - names from SUBJECTS
    own = f"(SELECT n.name FROM {words} n WHERE n.{subject.sort}_id = s.id AND n.language = %s)"  # noqa: S608 - as above
    return f"(SELECT COALESCE({own}, s.name) FROM {subjects} s WHERE s.slug = %s)", [subject.language, subject.key]  # noqa: S608 - as above


def _time(value: Any) -> dt.datetime:
    """A time as PostgreSQL gives it; SQLite gives a text, or a time without its zone, which is UTC."""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
