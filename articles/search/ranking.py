"""How well a match answers, as a whole number, the same on both databases: what the words weigh in it, and how new it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from articles.search.asked import Asked
from articles.search.matching import Match

HALF = 40
"""Of this weight a word earns half of what it can: twice as often is not twice as good."""
MOST, MOST_EXACT, MOST_COMMON = 1000, 400, 40
A_YEAR = 31_556_952_000_000
"""In microseconds, as keys count."""
FOR_A_YEAR = 25
LEAST, NAMED = 2, 30
"""The weight of what the index found and the weights do not hold, and of standing under the place, tag or author that was named."""


def rank(match: Match, given: Asked) -> int:
    """Points of a match; more is better. It depends on the match and the question alone, so that a page turned later goes on where it was."""
    points = match.key * FOR_A_YEAR // A_YEAR
    facts = frozenset(match.facts.split())
    for term in given.wanted:
        least = LEAST if facts.isdisjoint(term.facts) else NAMED
        if term.common and len(given.wanted) > 1:
            points += _earned(_weight(term.tokens, match.weights, least=least), MOST_COMMON)
        elif term.is_phrase:
            points += _earned(min(_weight((token,), match.weights, least=least) for token in term.tokens), MOST + MOST_EXACT)
        else:
            points += _earned(_weight(term.marks, match.weights, least=least), MOST)
            points += _earned(_weight(term.tokens, match.weights, least=0), MOST_EXACT)
    return points


def _earned(weight: int, most: int) -> int:
    return most * weight // (weight + HALF)


def _weight(terms: Iterable[str], weights: str, *, least: int) -> int:
    """The greatest weight of one of the terms. One that the weights do not hold is there all the same: the index found it."""
    return max(chain([least], (_value(term, weights) for term in terms)))


def _value(term: str, weights: str) -> int:
    start = weights.find(f" {term}=")
    if start < 0:
        return 0
    start += len(term) + 2
    return int(weights[start : weights.index(" ", start)])


def best_first(matches: Iterable[Match], given: Asked) -> list[tuple[int, Match]]:
    """(points, match), best first, of equals the newest first."""
    return sorted(((rank(match, given), match) for match in matches), key=lambda pair: (-pair[0], -pair[1].key))
