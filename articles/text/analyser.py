"""The one analyser of both searches, so that SQLite and PostgreSQL find the same: fold, split, and pairs where words have no spaces.

Words end where UAX #29 ends them, and at three places more: inside its words with an apostrophe or a point (l'État, example.org: the parts are
found alone, and together as a phrase), and between the letters of scripts that write no spaces. Initials (U.S.) stay one word, as there.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from articles.text.characters import normalised

# Scripts whose marks are accents that readers leave out; in Indic scripts, Burmese and Thai the marks are vowels and stay, all but the nukta.
ACCENTED = re.compile(
    "[\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
UNSEEN = "\u00ad\u034f\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
IGNORED = re.compile(f"[{UNSEEN}]")
SIGNS = "\u2100-\u214f\u2460-\u24ff\u3200-\u33ff\U0001f100-\U0001f2ff"
"""Signs that stand for letters and figures: ℀, ①, ㈱."""
LETTERS = str.maketrans(
    {
        "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ς": "σ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ؤ": "و",
        **dict.fromkeys("ʻʼʽʾʿˈ‘’", "'"),
    }
)  # fmt: skip
# A mark is part of its word; punctuation of the same scripts (danda, tsheg, Burmese and Khmer stops) is not.
MARKS = "".join(char for char in map(chr, range(0x300, 0x20000)) if unicodedata.category(char).startswith("M"))
WORD = re.compile(rf"\w+(?:[{MARKS}]+\w*)*")
OTHER_FIGURE = re.compile(r"[^\D0-9]")
SURFACE = re.compile(
    rf"(?P<initials>(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?![\w{MARKS}]))|[\w{SIGNS}][\w{MARKS}{UNSEEN}{SIGNS}]*"  # U.S., C.I.A.
)
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\uaa60-\uaadf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]+"
)
CLUSTER = re.compile(
    ".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u17b4-\u17d3]*",
    re.DOTALL,
)
LONGEST = 100


class Word(NamedTuple):
    """One word of a text as it is written there, from `start` to `end`, and what it is found by; `tokens` is never empty."""

    start: int
    end: int
    surface: str
    tokens: tuple[str, ...]


def words(text: str) -> Iterator[Word]:
    """The text's words in order."""
    for found in SURFACE.finditer(text):
        surface = found[0].replace(".", "") if found["initials"] else found[0]
        parts = tokens_of(surface) if len(surface) <= LONGEST else _tokens(surface)
        if parts:
            yield Word(found.start(), found.end(), surface, parts)


def tokens(text: str, language: str) -> list[str]:
    """The text's words in order, folded. Runs of Han, kana, Hangul, Thai, Lao, Khmer and Burmese become overlapping pairs.

    Initials with points are one word: U.S. is found by US.
    `language` is there for rules that differ between languages; stems, which do, stand in `text.stems`.
    """
    return [token for word in words(text) for token in word.tokens]


def clusters(text: str) -> list[str]:
    """The single letters, each with its marks, of the folded text's runs without spaces: what one asks for by a single character."""
    return [cluster for run in UNSPACED.findall(text) for cluster in CLUSTER.findall(run)]


def fold(text: str) -> str:
    """The text as it is compared: compatibility forms resolved, lower case, figures as 0–9, without accents and invisible characters."""
    folded = IGNORED.sub("", normalised(IGNORED.sub("", text), "NFKD").casefold())
    composed = normalised(ACCENTED.sub("", normalised(folded, "NFKD"))).translate(LETTERS)
    return OTHER_FIGURE.sub(lambda found: str(unicodedata.decimal(found[0])), composed)


def _tokens(surface: str) -> tuple[str, ...]:
    return tuple(token for word in WORD.findall(fold(surface)) for token in _split(word.replace("_", "")))


tokens_of = lru_cache(maxsize=50_000)(_tokens)
"""The tokens of one word; words come again."""


def _split(word: str) -> Iterator[str]:
    at = 0
    for run in UNSPACED.finditer(word):
        if run.start() > at:
            yield word[at : run.start()][:LONGEST]
        yield from _pairs(run.group())
        at = run.end()
    if at < len(word):
        yield word[at:][:LONGEST]


def _pairs(run: str) -> Iterator[str]:
    clusters = CLUSTER.findall(run)
    if len(clusters) == 1:
        yield clusters[0]
    for one, two in itertools.pairwise(clusters):
        yield one + two
