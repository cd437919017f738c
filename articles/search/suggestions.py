"""What a mistyped word may have meant: words of public reports alone, and only such questions as a report answers now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA

from articles.search.asked import Asked, asked
from articles.search.matching import Like, newest_of
from articles.search.vocabulary import skeleton
from articles.text.analyser import words
from articles.text.plain import plain_text

MOST_WORDS = 6
MOST_TRIED = 3
BEGUN_FROM = 3
MOST_READ = 40_000


@dataclass(frozen=True)
class Suggestion:
    """Another question that finds something."""

    text: str


def typed_words(given: Asked) -> list[str]:
    """The folded words to look for in the vocabulary."""
    found = [word.tokens[0] for surface in given.words for word in islice(words(surface), 1)]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def suggested(text: str, typed: Sequence[str], like: Iterable[Like], *, languages: Sequence[str], facts: Sequence[str]) -> list[Suggestion]:
    """The text with its unknown words put right, best first; only what finds a report, written as it is written there."""
    known = {each.word for each in like if each.word == each.typed}
    better = {word: _better(word, like) for word in typed if word not in known}
    unknown = [word for word, found in better.items() if found]
    if not unknown:
        return []
    tries: list[dict[str, str]] = []
    for step in range(MOST_TRIED):
        put = {word: better[word][min(step, len(better[word]) - 1)] for word in unknown}
        if put not in tries:
            tries.append(put)
    questions = [asked(_put(text, put), languages) for put in tries]
    answers = newest_of(questions, facts)
    found = [Suggestion(_put(text, _written(put, answer))) for put, answer in zip(tries, answers, strict=True) if answer]
    return list(dict.fromkeys(found))


def _better(word: str, like: Iterable[Like]) -> list[str]:
    """The words that may have been meant, the likeliest first: few slips, then many reports."""
    bones = skeleton(word)
    most = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
    scored = []
    for each in {each for each in like if each.typed == word and each.word != word}:
        slips: float = OSA.distance(word, each.word, score_cutoff=most)
        if slips > most:
            if not (each.word.startswith(word) and len(word) >= BEGUN_FROM):
                continue
            slips = 2.5
        elif bones and skeleton(each.word) == bones:
            slips -= 0.5
        scored.append((slips, -each.reports, each.word))
    return [word for _slips, _reports, word in sorted(scored)[:MOST_TRIED]]


def _put(text: str, put: dict[str, str]) -> str:
    parts, at = [], 0
    for word in words(text):
        if len(word.tokens) == 1 and word.tokens[0] in put:
            parts += [text[at : word.start], put[word.tokens[0]]]
            at = word.end
    return "".join(parts) + text[at:]


def _written(put: dict[str, str], answer: tuple[str, str, str]) -> dict[str, str]:
    """The words as the report writes them, with accents and capitals."""
    headline, standfirst, body = answer
    sought = set(put.values())
    found: dict[str, str] = {}
    for text in (headline, standfirst, plain_text(body)[:MOST_READ]):
        for word in words(text):
            if len(word.tokens) == 1 and word.tokens[0] in sought and not word.surface.isupper():
                found.setdefault(word.tokens[0], word.surface)
        if len(found) == len(sought):
            break
    return {word: found.get(right, right) for word, right in put.items()}
