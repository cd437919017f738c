"""The words of the public side and in how many reports each stands: what a mistyped word may have meant. A word goes with its last report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from articles.text.analyser import UNSPACED

SHORTEST, LONGEST = 3, 40
WORD = re.compile(r" ([^\W\d_][^=\ue000-\uf8ff]*)=")
FIGURE = re.compile(r"\d")
VOWELS = frozenset("aeiouyаеиоуыэюяіїєαεηιουωاويאוי")
SOUNDS = (("sch", "s"), ("ph", "f"), ("ck", "k"), ("tz", "z"), ("ts", "z"), ("dj", "j"), ("dzh", "j"), ("ou", "u"))
ALIKE = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "w", "x": "k"})


def words_in(weights: str) -> list[str]:
    """The words that `SearchEntry.weights` tells of: those that may be mistyped, of letters alone and with spaces around them."""
    found = (word for word in WORD.findall(weights) if SHORTEST <= len(word) <= LONGEST)
    return [word for word in found if not FIGURE.search(word) and not UNSPACED.search(word)]


def add(language: str, words: Mapping[str, int]) -> None:
    """Counts so many reports more (or, below nought, fewer) for each word; what is left with none is forgotten. Call it in the act's transaction."""
    more = sorted((word, number) for word, number in words.items() if number > 0)
    fewer = sorted((word, -number) for word, number in words.items() if number < 0)
    if more or fewer:
        lock()
    with connection.cursor() as cursor:
        if more:
            _count(cursor, language, more)
        if fewer:
            _discount(cursor, language, fewer)


def lock() -> None:
    """Keeps others from the vocabulary until the transaction ends: two publications would wait for each other's words, each in its own order."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles_searchword'))")


def changes(before: Iterable[str], after: Iterable[str]) -> Counter[str]:
    """Word -> one more or one fewer, for what `SearchEntry.weights` said and says."""
    changed: Counter[str] = Counter()
    changed.update(word for weights in after for word in words_in(weights))
    changed.subtract(word for weights in before for word in words_in(weights))
    return changed


def skeleton(word: str) -> str:
    """What is left of a word when its vowels and the spellings of a sound are no matter: Mohamed, Muhammad. "" when that is too little to go by."""
    for written, sound in SOUNDS:
        word = word.replace(written, sound)
    bones = ["*" if word[:1] in VOWELS else word[:1].translate(ALIKE)]
    for char in word[1:].translate(ALIKE):
        if char not in VOWELS and char != "h" and char != bones[-1]:
            bones.append(char)
    return "".join(bones) if len(bones) > 2 else ""


def _count(cursor: Any, language: str, more: list[tuple[str, int]]) -> None:
    rows = [(language, word, word[::-1], skeleton(word), number) for word, number in more]
    target = (
        "INSERT INTO articles_searchword (language, word, backwards, skeleton, reports) {}"
        " ON CONFLICT (language, word) DO UPDATE SET reports = articles_searchword.reports + EXCLUDED.reports"
    )
    if connection.vendor == "postgresql":
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(target.format("SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[])"), columns)
    else:
        cursor.executemany(target.format("VALUES (%s, %s, %s, %s, %s)"), rows)


def _discount(cursor: Any, language: str, fewer: list[tuple[str, int]]) -> None:
    if connection.vendor == "postgresql":
        words, numbers = [word for word, _number in fewer], [number for _word, number in fewer]
        gone = "DELETE FROM articles_searchword w USING unnest(%s::text[], %s::int[]) g(word, number)"
        cursor.execute(f"{gone} WHERE w.language = %s AND w.word = g.word AND w.reports <= g.number", [words, numbers, language])
        cursor.execute(
            "UPDATE articles_searchword w SET reports = w.reports - g.number FROM unnest(%s::text[], %s::int[]) g(word, number)"
            " WHERE w.language = %s AND w.word = g.word",
            [words, numbers, language],
        )
    else:
        rows = [(language, word, number) for word, number in fewer]
        cursor.executemany("DELETE FROM articles_searchword WHERE language = %s AND word = %s AND reports <= %s", rows)
        cursor.executemany(
            "UPDATE articles_searchword SET reports = reports - %s WHERE language = %s AND word = %s",
            [(number, language, word) for language, word, number in rows],
        )
