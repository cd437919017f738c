"""Which regions, tags, bylines and kinds stand under a live edition of a language: what has a page, what a filter offers, and how rare each is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from articles.editions.words import KINDS, PLAIN_KINDS

REACH = 16
"""How many of the newest reports of each tell how rare it is."""
SUBJECTS = (
    ("region", "articles_region", "articles_editionregion", "region_id", "articles_regionname"),
    ("tag", "articles_tag", "articles_editiontag", "tag_id", "articles_tagname"),
    ("author", "articles_byline", "articles_editionbyline", "byline_id", ""),
)
LISTED = "FROM articles_edition r WHERE r.language = %s AND r.listed"


@dataclass(frozen=True)
class Used:
    """One region, tag, author or kind (or `corrected`, or `first`: the oldest report), by its name in the language.

    `path` is a region's place in the tree, `kind` a region's or a tag's.
    `rate` is how many reports a day it lately had, in all languages that were asked for; 0 where it has fewer than REACH.
    """

    what: str
    pk: int
    slug: str
    name: str
    kind: str
    path: str
    newest_at: dt.datetime
    rate: float


def used_in(language: str) -> list[Used]:
    """All of them under reports of the language, in one statement.

    Each is probed in its list's index, so that the cost grows with their number and not with the archive's.
    """
    parts, values = [], []
    for subject in SUBJECTS:
        sql, more = _subject(*subject, language=language, named_in=language)
        parts.append(sql)
        values += more
    parts += [_edition("kind", "k.kind", "r.kind = k.kind"), _edition("corrected", "'yes'", "r.corrected_at IS NOT NULL AND r.listed")]
    oldest = f"SELECT 'first', 0, '', '', '', '', {_newest(LISTED, backwards=True)}, NULL"
    return _read(" UNION ALL ".join([*parts, oldest]), [*values, *[language] * 5])


def used_elsewhere(slugs: Iterable[tuple[str, str]], *, languages: Sequence[str], named_in: str) -> list[Used]:
    """Those of the (what, slug) of regions, tags and authors that stand under reports of any of the languages, in one statement."""
    wanted = {what: sorted({slug for of, slug in slugs if of == what}) for what in ("region", "tag", "author")}
    parts, values = [], []
    for language in languages:
        for subject in SUBJECTS:
            if found := wanted[subject[0]]:
                sql, more = _subject(*subject, language=language, named_in=named_in)
                parts.append(f"{sql} WHERE s.slug IN ({', '.join(['%s'] * len(found))})")
                values += [*more, *found]
    return _read(" UNION ALL ".join(parts), values) if parts else []


def _subject(what: str, table: str, rows: str, key: str, names: str, *, language: str, named_in: str) -> tuple[str, list[Any]]:
    of_it = f"FROM {rows} r WHERE r.{key} = s.id AND r.language = %s"
    listed = f"FROM {rows} r JOIN articles_edition e ON e.uuid = r.edition_id WHERE r.{key} = s.id AND r.language = %s AND e.listed"
    own = f"(SELECT n.name FROM {names} n WHERE n.{key} = s.id AND n.language = %s)" if names else "NULL"  # noqa: S608 - names from SUBJECTS
    kind, path = "s.kind" if names else "''", "s.path" if what == "region" else "''"
    shown = f"s.id, s.slug, COALESCE({own}, s.name), {kind}, {path}"
    sql = f"SELECT '{what}' AS what, {shown}, {_newest(listed)} AS newest, {_reach(of_it)} AS reach FROM {table} s"  # noqa: S608 - as above
    return sql, [*([named_in] if names else []), language, language]


def _edition(what: str, value: str, test: str) -> str:
    of_it = f"FROM articles_edition r WHERE r.language = %s AND {test}"
    kinds = " UNION ALL ".join(f"SELECT '{kind}' AS kind" for kind in KINDS if kind not in PLAIN_KINDS)
    source = f" FROM ({kinds}) k" if what == "kind" else ""
    return f"SELECT '{what}', 0, {value}, {value}, '', '', {_newest(of_it)}, {_reach(of_it)}{source}"


def _newest(rows: str, *, backwards: bool = False) -> str:
    """No EXISTS: PostgreSQL would join the whole archive for it."""
    order = "r.published_at, r.uuid" if backwards else "r.published_at DESC, r.uuid DESC"
    return f"(SELECT r.published_at {rows} ORDER BY {order} LIMIT 1)"


def _reach(rows: str) -> str:
    """When the REACHth newest was published; NULL where there are not so many."""
    newest = f"SELECT r.published_at AS at {rows} ORDER BY r.published_at DESC, r.uuid DESC LIMIT {REACH}"
    return f"(SELECT CASE WHEN sum(1) = {REACH} THEN min(x.at) END FROM ({newest}) x)"  # noqa: S608 - from here


def _read(sql: str, values: list[Any]) -> list[Used]:
    """Each once, and not what nothing stands under: in a WHERE PostgreSQL would probe twice."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = [(*row[:6], _time(row[6]), _time(row[7])) for row in cursor.fetchall() if row[6]]
    last = max((row[6] for row in rows), default=None)
    found: dict[tuple[Any, ...], Used] = {}
    for what, pk, slug, name, kind, path, newest, reach in rows:
        days = max((last - reach).total_seconds() / 86_400, 1e-9) if reach else 0
        one = Used(what, pk, slug, name, kind, path, newest, REACH / days if days else 0.0)
        before = found.get((one.what, one.pk, one.slug))
        found[one.what, one.pk, one.slug] = (
            replace(one, newest_at=max(newest, before.newest_at), rate=one.rate + before.rate) if before else one
        )
    return list(found.values())


def _time(at: Any) -> Any:
    """As PostgreSQL gives it; SQLite's are texts without a zone, in UTC."""
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at)
    return at.replace(tzinfo=dt.UTC) if at and not at.tzinfo else at
