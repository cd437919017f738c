"""The public search: all words, phrases in quotation marks, ranked among the newest matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from articles.editions.models import Edition
from articles.search.index import LANGUAGE_MARK, quoted
from articles.text.analyser import tokens

BLOCK = 400
"""How many of the newest matches are ranked against each other at a time."""
MAX_WORDS = 24
PHRASE = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]")


@dataclass(frozen=True)
class Hit:
    """One report found, as its list card."""

    uuid: UUID
    card_html: str


@dataclass(frozen=True)
class Found:
    """A page of hits, best first, and the cursor of the next page ("" on the last)."""

    hits: tuple[Hit, ...]
    after: str


def search(text: str, *, language: str, after: str = "", limit: int = 20) -> Found:
    """A page of the reports in that language that hold every word and phrase of the text. Any text is allowed; a forged cursor starts anew."""
    phrases = _phrases(text, language)
    if not phrases:
        return Found((), "")
    before_key, last_rank, last_key = _cursor(after)
    ranked, is_last = _ranked(phrases, language, before_key)
    rest = [row for row in ranked if last_key is None or (row[1], -row[0]) > (last_rank, -last_key)]
    page = rest[:limit]
    following = ""
    if len(rest) > limit:
        following = _joined(before_key, page[-1][1], page[-1][0])
    elif not is_last:
        following = _joined(min(key for key, _rank, _uuid in ranked), None, None)
    cards = dict(Edition.objects.filter(uuid__in=[uuid for _key, _rank, uuid in page]).values_list("uuid", "card_html"))
    return Found(tuple(Hit(uuid, cards[uuid]) for _key, _rank, uuid in page if uuid in cards), following)


def _phrases(text: str, language: str) -> list[list[str]]:
    """Each phrase and each single word as its tokens, at most MAX_WORDS tokens in all."""
    found, left = [], MAX_WORDS
    quoted_parts = PHRASE.findall(text[:400])
    rest = PHRASE.sub(" ", text[:400])
    for part in [*quoted_parts, *rest.split()]:
        words = tokens(part, language)[:left]
        if words:
            found.append(words)
            left -= len(words)
    return found


def _ranked(phrases: list[list[str]], language: str, before_key: int | None) -> tuple[list[tuple[int, float, UUID]], bool]:
    """(key, rank, uuid) of the newest BLOCK matches older than `before_key`, best first; a lower rank is better. Whether there are no more."""
    older = "" if before_key is None else " AND s.id < %s"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            match = " AND ".join('"' + " ".join(words).replace('"', '""') + '"' for words in phrases)
            match = f'{{headline standfirst body}} : ({match}) AND facts : "{LANGUAGE_MARK}{language}"'
            older = older.replace("s.id", "w.rowid")
            cursor.execute(
                "SELECT m.key, m.rank, s.uuid FROM (SELECT w.rowid AS key, bm25(articles_searchwords, 8.0, 3.0, 1.0, 0.0) AS rank"  # noqa: S608 - `older` is one of two literals
                f" FROM articles_searchwords w WHERE w.articles_searchwords MATCH %s{older} ORDER BY w.rowid DESC LIMIT {BLOCK + 1}) m"
                " JOIN articles_searchentry s ON s.id = m.key",
                [match, *([] if before_key is None else [before_key])],
            )
        else:
            words = " & ".join("(" + " <-> ".join(quoted(word) for word in words) + ")" for words in phrases)
            query = f"{words} & {quoted(LANGUAGE_MARK + language)}"  # the language decides, and has no part in the rank
            cursor.execute(
                "SELECT m.id, -ts_rank('{0.1, 0.0, 0.4, 1.0}', m.vector, %s::tsquery) AS rank, m.uuid FROM"  # noqa: S608 - as above
                f" (SELECT s.id, s.uuid, s.vector FROM articles_searchentry s WHERE s.vector @@ %s::tsquery{older}"
                f" ORDER BY s.id DESC LIMIT {BLOCK + 1}) m",
                [words, query, *([] if before_key is None else [before_key])],
            )
        rows = [(key, float(rank), uuid if isinstance(uuid, UUID) else UUID(uuid)) for key, rank, uuid in cursor.fetchall()]
    newest = sorted(rows, reverse=True)[:BLOCK]
    return sorted(newest, key=lambda row: (row[1], -row[0])), len(rows) <= BLOCK


def _joined(*cursor: float | None) -> str:
    return "_".join("" if part is None else str(part) for part in cursor)


def _cursor(text: str) -> tuple[int | None, float, int | None]:
    """(before key, last rank, last key) of a cursor; it is no secret, and one that is not ours starts anew."""
    parts = text[:100].split("_")
    try:
        before_key, rank, key = (int(parts[0]) if parts[0] else None, float(parts[1] or 0), int(parts[2]) if parts[2] else None)
    except (ValueError, IndexError):
        return None, 0.0, None
    if any(part is not None and abs(part) > 2**62 for part in (before_key, key)) or rank != rank:
        return None, 0.0, None
    return before_key, rank, key
