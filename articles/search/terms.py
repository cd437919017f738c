"""What an edition is found by: its words in order, and marks without a place (stems, single letters of unspaced scripts, facts)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import timezone

from articles.editions.models import Edition
from articles.text.analyser import clusters, words
from articles.text.plain import plain_text
from articles.text.stems import stems

# Marks begin with a character of the private use area, which no text's words have.
FACT, STEM, CLUSTER = "\ue000", "\ue001", "\ue002"
FIELDS = {"headline": 8, "standfirst": 3, "body": 1, "place": 4}
"""The fields, and how much a word there counts."""
MOST_PLACES = 15_000
"""So many words have a place, for phrases (a tsvector counts to 16,383); later ones are found as words alone."""
MOST_BYTES = 400_000
"""Of an edition's words with a place, and once more of its marks; a tsvector holds a megabyte."""
USUAL_LENGTH = 400


@dataclass
class Terms:
    """`fields` are the words in order, a list for each of FIELDS; `marks` those without a place; `weights` as `SearchEntry.weights` holds them."""

    fields: list[list[str]]
    marks: list[str]
    facts: list[str]
    weights: dict[str, int] = field(default_factory=dict)


def terms_of(edition: Edition, *, regions: Iterable[int], tags: Iterable[int], bylines: Iterable[int]) -> Terms:
    """The terms of an edition that stands under these regions, tags and bylines. Of its dateline only a place that is shown counts."""
    place = edition.dateline_place if edition.dateline_mode == "shown" else ""
    texts = (edition.headline, edition.standfirst, plain_text(edition.body), place)
    fields, marks, weights = _read(texts, edition.language)
    facts = facts_of(edition, regions=regions, tags=tags, bylines=bylines)
    kept = _bounded([*facts, *marks], MOST_BYTES)
    return Terms(fields, kept, facts, weights)


def facts_of(edition: Edition, *, regions: Iterable[int], tags: Iterable[int], bylines: Iterable[int]) -> list[str]:
    """The marks of what an edition is, where, when and by whom."""
    year = timezone.localtime(edition.published_at, timezone.get_default_timezone()).year
    return [
        fact("language", edition.language), fact("kind", edition.kind), fact("year", year),
        *(fact("region", pk) for pk in sorted(set(regions))), *(fact("tag", pk) for pk in sorted(set(tags))),
        *(fact("byline", pk) for pk in sorted(set(bylines))),
    ]  # fmt: skip


def fact(name: str, value: object) -> str:
    """The mark of a fact: its first letter and its value without spaces and hyphens."""
    return FACT + name[0] + "".join(char for char in str(value).lower() if char.isalnum())


def stem_mark(stem: str, language: str) -> str:
    return f"{STEM}{language.partition('-')[0]}{STEM}{stem}"


def cluster_mark(letter: str) -> str:
    return CLUSTER + letter


def weighed(weights: dict[str, int]) -> str:
    """The weights as one text in which a word is looked up by ` word=`."""
    return "".join(f" {term}={weight}" for term, weight in weights.items()) + " "


def _read(texts: Iterable[str], language: str) -> tuple[list[list[str]], list[str], dict[str, int]]:
    fields: list[list[str]] = []
    marks: dict[str, None] = {}
    counted: Counter[str] = Counter()
    in_body: Counter[str] = Counter()
    left, bytes_left, length = MOST_PLACES, MOST_BYTES, 0
    for text, (name, worth) in zip(texts, FIELDS.items(), strict=True):
        placed: list[str] = []
        count = in_body if name == "body" else counted
        for word in words(text):
            length += name == "body"
            found = marks_of(word.tokens, word.surface, language)
            for term in (*word.tokens, *(each for each in found if each[0] == STEM)):
                count[term] += worth
            for mark in found:
                marks.setdefault(mark)
            if left > 0 and bytes_left > 0:
                placed.extend(word.tokens)
                left -= len(word.tokens)
                bytes_left -= sum(len(token.encode()) for token in word.tokens)
            else:
                for token in word.tokens:
                    marks.setdefault(token)
        fields.append(placed)
    share = 0.5 + 0.5 * length / USUAL_LENGTH
    weights = {
        term: max(1, round(10 * (counted[term] + in_body[term] / share)))
        for term in _bounded(dict.fromkeys((*counted, *in_body)), MOST_BYTES)
    }
    return fields, list(marks), weights


@lru_cache(maxsize=100_000)
def marks_of(tokens: tuple[str, ...], surface: str, language: str) -> tuple[str, ...]:
    """The stems of a word, and its letters if it is written without spaces."""
    found = [stem_mark(stem, language) for stem in stems(surface, language)] if len(tokens) == 1 else []
    return tuple(dict.fromkeys([*found, *(cluster_mark(letter) for token in tokens for letter in clusters(token))]))


def _bounded(terms: Iterable[str], most: int) -> list[str]:
    kept, size = [], 0
    for term in terms:
        size += len(term.encode())
        if size > most:
            break
        kept.append(term)
    return kept
