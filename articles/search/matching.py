"""The one statement that finds: the newest matches within a range of keys, and when there is none, words like those that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from articles.search.asked import Asked, fts5, has_order, loose_tsquery, tsquery
from articles.search.vocabulary import LONGEST, SHORTEST, skeleton

LOW, HIGH = -(2**62), 2**62
LAST = "\U0010ffff"
MOST_LIKE, MOST_BEGUN = 400, 60


class Match(NamedTuple):
    """A report found: its key, uuid, facts and weights as `SearchEntry` has them. SQLite's uuid is a text: of 400 only a page's are read."""

    key: int
    uuid: UUID | str
    facts: str
    weights: str


class Like(NamedTuple):
    """A word of the vocabulary that is like one that was typed, or is it."""

    word: str
    typed: str
    reports: int


FTS5 = (
    "SELECT rowid AS key FROM articles_searchwords WHERE articles_searchwords MATCH %s AND rowid BETWEEN %s AND %s"
    " ORDER BY rowid DESC LIMIT %s"
)
TSQUERY = "SELECT key FROM articles_searchmatches(%s::tsquery, %s, %s, %s) key"
TSQUERY_IN_ORDER = "SELECT key FROM articles_searchphrases(%s::tsquery, %s::tsquery, %s, %s, %s) key"


def matching(
    given: Asked, facts: Iterable[str], *, low: int = LOW, high: int = HIGH, limit: int, language: str = "", typed: Sequence[str] = ()
) -> tuple[list[Match], list[Like]]:
    """The newest matches between two keys, newest first; when there is none, words of the language that are like the `typed` (folded) ones."""
    matches, values = _matches(given, facts, low, high, limit)
    sql = (
        f"WITH m AS MATERIALIZED ({matches})"  # noqa: S608 - one of two constants
        f" SELECT m.key, e.uuid, e.facts, e.weights, 0 FROM m {_one_of('articles_searchentry', 'e', 'id', 'm.key')}"
    )
    for word in typed:
        for arm, params in _like(word, language):
            sql += f" UNION ALL SELECT NULL, {NOTHING[connection.vendor]}, x.word, {TEXT[connection.vendor]}, x.reports FROM ({arm}) x"  # noqa: S608 - from _like
            values += [word, *params]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    found = [Match(key, uuid, facts, rest) for key, uuid, facts, rest, _n in rows if key is not None]
    return sorted(found, key=lambda match: -match.key), [
        Like(word, asked_for, number) for key, _u, word, asked_for, number in rows if key is None
    ]


NOTHING = {"sqlite": "NULL", "postgresql": "NULL::uuid"}
TEXT = {"sqlite": "%s", "postgresql": "%s::text"}


def newest_of(several: Sequence[Asked], facts: Iterable[str]) -> list[tuple[str, str, str] | None]:
    """For each question the headline, standfirst and body (HTML) of the newest report that answers it, or None."""
    arms, values = [], []
    for number, given in enumerate(several):
        matches, params = _matches(given, facts, LOW, HIGH, 1)
        arms.append(f"SELECT {number} AS number, key FROM ({matches}) m{number}")  # noqa: S608 - one of two constants
        values += params
    sql = (
        "SELECT f.number, d.headline, d.standfirst, d.body"  # noqa: S608 - as above
        f" FROM ({' UNION ALL '.join(arms)}) f"
        f" {_one_of('articles_searchentry', 'e', 'id', 'f.key')} {_one_of('articles_edition', 'd', 'uuid', 'e.uuid')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = {number: (headline, standfirst, body) for number, headline, standfirst, body in cursor.fetchall()}
    return [found.get(number) for number in range(len(several))]


def _one_of(table: str, name: str, column: str, key: str) -> str:
    """A join to one row of a table by its key, row by row: PostgreSQL takes the matches for a thousand, and would read the whole table for them."""
    if connection.vendor == "sqlite":
        return f"JOIN {table} {name} ON {name}.{column} = {key}"
    return f"CROSS JOIN LATERAL (SELECT * FROM {table} WHERE {column} = {key} LIMIT 1) {name}"  # noqa: S608 - names of ours


def _matches(given: Asked, facts: Iterable[str], low: int, high: int, limit: int) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        return FTS5, [fts5(given, facts), low, high, limit]
    facts = list(facts)
    if any(has_order(term) for term in (*given.wanted, *given.unwanted)):
        return TSQUERY_IN_ORDER, [tsquery(given, facts), loose_tsquery(given, facts), low, high, limit]
    return TSQUERY, [tsquery(given, facts), low, high, limit]


def _like(word: str, language: str) -> Iterable[tuple[str, list[Any]]]:
    """SELECTs of the word itself, of those that share a half or the skeleton with it, and of those that begin with it.

    A word with one slip has one of its halves unharmed, and each half is read by an index.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return
    half = max(2, len(word) // 2)
    sizes = [max(SHORTEST, len(word) - 2), len(word) + 2]
    yield _words("word = %s", [word], language, 1)
    yield _words(
        "word >= %s AND word < %s AND length(word) BETWEEN %s AND %s", [word[:half], word[:half] + LAST, *sizes], language, MOST_LIKE
    )
    ending = word[::-1][:half]
    yield _words(
        "backwards >= %s AND backwards < %s AND length(word) BETWEEN %s AND %s", [ending, ending + LAST, *sizes], language, MOST_LIKE
    )
    if bones := skeleton(word):
        yield _words("skeleton = %s AND length(word) BETWEEN %s AND %s", [bones, *sizes], language, MOST_LIKE)
    yield _words("word > %s AND word < %s", [word, word + LAST], language, MOST_BEGUN)


def _words(condition: str, params: list[Any], language: str, most: int) -> tuple[str, list[Any]]:
    sql = f"SELECT word, reports FROM articles_searchword WHERE NOT EXISTS (SELECT 1 FROM m) AND language = %s AND {condition} LIMIT {most}"  # noqa: S608 - from here
    return sql, [language, *params]
