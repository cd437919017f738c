"""The desk's search: the words of every report, drafts too, in an index that only the desk reads. Written with each save, in its transaction.

SQLite keeps it in an FTS5 table without positions, PostgreSQL in a table with a GIN index; both are named `articles_deskwords`
(migrations/_tables/desk_words.py). Facts by which the list is narrowed stand beside the words and follow the report's row by trigger, so
that a page of matches needs no look at what does not match. The order is that of the key: the newest begun first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Value

from articles.errands.queue import enqueue
from articles.migrations._tables.desk_words import FACTS, MARK
from articles.reports.models import Report, TaggedReport
from articles.taxonomy.models import Tag, TagName
from articles.text.analyser import tokens
from articles.text.plain import plain_text

ERRAND = "reindex desk"
LONGEST = 40
MOST_WORDS = 8
MOST_BYTES = 500_000
"""Of one report's different words; a tsvector holds a megabyte."""
MOST_TAGS = 40
"""A word asked for stands for so many tags at most that have it in their name."""
BEGUN_FROM, MOST_BEGUN = 3, 15
"""Of a headline's words the first letters are enough. Each beginning is a mark of its own: a database merges all words with a prefix before the first."""


NEAREST = 5000
NEAREST_OR_ALL = (
    "WITH nearest AS MATERIALIZED (SELECT report_id FROM"
    " (SELECT * FROM articles_deskwords WHERE {beyond} ORDER BY report_id {order} LIMIT %s) rows"
    " WHERE {condition} ORDER BY report_id {order} LIMIT %s),"
    " every AS MATERIALIZED (SELECT report_id FROM articles_deskwords"
    " WHERE (SELECT count(*) FROM nearest) < %s AND {beyond} AND {condition})"
    " SELECT report_id FROM nearest WHERE (SELECT count(*) FROM nearest) >= %s UNION ALL SELECT report_id FROM every"
    " ORDER BY report_id {order} LIMIT %s"
)
"""PostgreSQL guesses how frequent a word is that its statistics do not hold, and then walks the whole table for a rare one. A frequent word fills a
page from the nearest rows; one that does not is rare enough to read all of its matches from the index."""


def put(report: Report) -> None:
    """Indexes the report as it stands, in place of what was indexed of it before. Call it in the transaction of the save."""
    put_many([report])


def put_many(reports: Sequence[Report]) -> None:
    """Indexes many reports, whose tags are written already."""
    tags: dict[int, list[int]] = {report.pk: [] for report in reports}
    for key, tag in TaggedReport.objects.filter(content_object__in=reports).values_list("content_object", "tag"):
        tags[key].append(tag)
    rows = [
        (report.pk, words_of(report.headline, report.standfirst, report.body, language=report.language, tags=tags[report.pk]))
        for report in reports
    ]
    write(rows)


def write(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Puts the words of each (report's key, words) into the index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = list(rows)
            cursor.executemany("DELETE FROM articles_deskwords WHERE rowid = %s", [(key,) for key, _words in rows])
            cursor.executemany(
                f"INSERT INTO articles_deskwords (rowid, words, facts) SELECT r.id, %s, {FACTS} FROM articles_report r WHERE r.id = %s",  # noqa: S608 - a constant
                [(" ".join(words), key) for key, words in rows],
            )
        else:
            cursor.executemany(
                "INSERT INTO articles_deskwords (report_id, words, facts)"  # noqa: S608 - a constant
                f" SELECT r.id, array_to_tsvector(%s::text[]), string_to_array({FACTS}, ' ') FROM articles_report r WHERE r.id = %s"
                " ON CONFLICT (report_id) DO UPDATE SET words = EXCLUDED.words, facts = EXCLUDED.facts",
                [(words, key) for key, words in rows],
            )


@dataclass(frozen=True)
class Batch:
    """How many reports were indexed, and the last of them; `last` is 0 when none was left."""

    count: int
    last: int


def reindex(*, after: int = 0, batch: int = 200) -> Batch:
    """Indexes the next reports by key, behind `after`, again, in one transaction: after a change of what a text's words are."""
    with transaction.atomic():
        found = list(Report.objects.filter(pk__gt=after).order_by("pk").select_for_update(of=("self",))[:batch])
        if found:
            put_many(found)
    return Batch(len(found), found[-1].pk if found else 0)


def run_errand(payload: dict[str, Any]) -> None:
    """One batch of a reindex, behind {"after": key}; asks for the next if there is more."""
    done = reindex(after=payload.get("after", 0))
    if done.last:
        enqueue(ERRAND, key=f"{ERRAND} after {done.last}", payload={"after": done.last})


def words_of(headline: str, standfirst: str, body: str, *, language: str, tags: Iterable[int] = ()) -> list[str]:
    """The different words of the texts, of which the body is HTML, the beginnings of the headline's, and the marks of the tags."""
    begun = {
        begun_mark(word[:length]) for word in tokens(headline, language) for length in range(BEGUN_FROM, min(len(word), MOST_BEGUN + 1))
    }
    found, size = [*(tag_mark(tag) for tag in tags), *sorted(begun)], 0
    for word in dict.fromkeys(word[:LONGEST] for text in (headline, standfirst, plain_text(body)) for word in tokens(text, language)):
        size += len(word.encode())
        if size > MOST_BYTES:
            break
        found.append(word)
    return found


def fact(name: str, value: object) -> str:
    """The mark of a fact: `c` begun by, `a` assigned to, `l` language, `e` edit state, `p` public state, `k` kind."""
    return MARK + name + re.sub("[-_ ]", "", str(value).lower())


def begun_mark(letters: str) -> str:
    return f"{MARK}h{letters}"


def tag_mark(tag: int) -> str:
    return f"{MARK}t{tag}"


def asked(text: str) -> list[list[str]]:
    """What the text asks for: for each of its words the alternatives that stand for it. The last word may be one of a headline, only begun."""
    words = list(dict.fromkeys(word[:LONGEST] for word in tokens(text, "")))[:MOST_WORDS]
    if not words:
        return []
    named = _tags_by_words()
    found = [[word, *(tag_mark(tag) for tag in _tags_with(word, named, begun=False))] for word in words[:-1]]
    last, is_begun = words[-1], BEGUN_FROM <= len(words[-1]) <= MOST_BEGUN
    marks = [begun_mark(last)] if is_begun else []
    return [*found, [last, *marks, *(tag_mark(tag) for tag in _tags_with(last, named, begun=is_begun))]]


def matching(
    words: Sequence[Sequence[str]],
    facts: Sequence[Sequence[str]] = (),
    *,
    below: int | None = None,
    above: int | None = None,
    limit: int,
) -> list[int]:
    """Keys of reports that have one of each group of words and of facts: the highest first, or above a key the lowest first."""
    order, bound, place = ("ASC", ">", above) if above is not None else ("DESC", "<", below)
    if connection.vendor == "sqlite":
        condition, params = _sqlite(words, facts)
        beyond = f" AND rowid {bound} %s" if place is not None else ""
        sql = f"SELECT rowid FROM articles_deskwords WHERE {condition}{beyond} ORDER BY rowid {order} LIMIT %s"  # noqa: S608 - names and placeholders
        values = [*params, *([] if place is None else [place]), limit]
    else:
        condition, params = _postgresql(words, facts)
        beyond, places = (f"report_id {bound} %s", [place]) if place is not None else ("TRUE", [])
        sql = NEAREST_OR_ALL.format(condition=condition, beyond=beyond, order=order)
        values = [*places, NEAREST, *params, limit, limit, *places, *params, limit, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [found for (found,) in cursor.fetchall()]


def _sqlite(words: Sequence[Sequence[str]], facts: Sequence[Sequence[str]]) -> tuple[str, list[Any]]:
    groups = " AND ".join("(" + " OR ".join(f'"{each}"' for each in group) + ")" for group in [*facts, *words])
    return "articles_deskwords MATCH %s", [groups]


def _postgresql(words: Sequence[Sequence[str]], facts: Sequence[Sequence[str]]) -> tuple[str, list[Any]]:
    query = " & ".join("(" + " | ".join(f"'{each}'" for each in group) + ")" for group in words)  # a word has no quotation mark in it
    conditions = ["words @@ %s::tsquery", *("facts && %s::text[]" if len(group) > 1 else "facts @> %s::text[]" for group in facts)]
    return " AND ".join(conditions), [query, *map(list, facts)]


def _tags_by_words() -> list[tuple[frozenset[str], int]]:
    """(the words of a name, a tag that it stands for): the tag's own names in every language, and those of the tag that it was merged into."""
    nowhere = Value(None, output_field=BigIntegerField())
    tags = Tag.objects.order_by().values_list("pk", "name", "merged_into")
    names = list(tags.union(TagName.objects.order_by().values_list("tag", "name", nowhere), all=True))
    merged: dict[int, list[int]] = {}
    for tag, _name, into in names:
        if into is not None:
            merged.setdefault(into, []).append(tag)
    return [(_words_of_name(name), key) for tag, name, _into in names for key in (tag, *merged.get(tag, ()))]


def _tags_with(asked_for: str, named: list[tuple[frozenset[str], int]], *, begun: bool) -> list[int]:
    found = (tag for words, tag in named if asked_for in words or (begun and any(word.startswith(asked_for) for word in words)))
    return list(dict.fromkeys(found))[:MOST_TAGS]


@lru_cache(maxsize=20_000)
def _words_of_name(name: str) -> frozenset[str]:
    return frozenset(word[:LONGEST] for word in tokens(name, ""))
