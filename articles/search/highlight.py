"""Shows where a text answers: its words marked, and of a long text the passage that answers best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from articles.search.asked import Asked, Term
from articles.search.terms import marks_of
from articles.text.analyser import CLUSTER, UNSPACED, clusters, words

AROUND, PASSAGE = 70, 230
"""Characters before the first hit of a passage, and in all of it."""
MOST_READ = 40_000
MOST_HITS = 400


@dataclass(frozen=True)
class Hit:
    """A place where a term is answered."""

    start: int
    end: int
    term: int


@dataclass(frozen=True)
class _Token:
    token: str
    start: int
    end: int


def hits(text: str, given: Asked, languages: Sequence[str], *, enough: bool = False) -> list[Hit]:
    """Where the text answers, in order. Words that every text has are marked only if nothing else was asked for.

    `enough` for a passage is where every word has been answered: the text is not read to its end.
    """
    terms = [(number, term) for number, term in enumerate(given.wanted) if not term.common]
    terms = terms or list(enumerate(given.wanted))
    single = {token: number for number, term in reversed(terms) if not _is_sequence(term) for token in (*term.tokens, *term.marks)}
    sequences = [(number, term.tokens) for number, term in terms if _is_sequence(term)]
    found: list[Hit] = []
    stream: list[_Token] = []
    seen: set[int] = set()
    end = MOST_READ
    for word in words(text[:MOST_READ]):
        if word.start > end:
            break
        if sequences:
            stream.extend(_tokens(word.surface, word.start, word.end, word.tokens))
        number = next((single[token] for token in word.tokens if token in single), None)
        if number is None and single:
            number = next(
                (single[mark] for language in languages for mark in marks_of(word.tokens, word.surface, language) if mark in single), None
            )
        if number is not None:
            found.extend(_within(word.surface, word.start, word.end, given.wanted[number], number))
            if enough and number not in seen:
                seen.add(number)
                if len(seen) == len(terms):
                    end = word.end + PASSAGE
            if len(found) > MOST_HITS:
                break
    for number, tokens in sequences:
        found.extend(Hit(start, end, number) for start, end in _runs(stream, tokens))
    return sorted(found, key=lambda hit: (hit.start, -hit.end))[:MOST_HITS]


def _is_sequence(term: Term) -> bool:
    """Whether its tokens stand one after another in a text: a phrase, or a word inside a longer run without spaces."""
    return term.is_phrase or len(clusters(term.tokens[0])) > 1


def marked(text: str, found: Sequence[Hit]) -> str:
    """The text as HTML, escaped, with the hits marked."""
    parts, at = [], 0
    for hit in found:
        start, end = max(hit.start, at), hit.end
        if end > start:
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    parts.append(escape(text[at:]))
    return "".join(parts).replace("</mark><mark>", "")


def passage(text: str, found: Sequence[Hit]) -> tuple[str, list[Hit]]:
    """The part of the text that answers most of what was asked, cut between words, and the hits in it."""
    if len(text) <= PASSAGE + AROUND:
        return text, list(found)
    best = max(range(len(found)), key=lambda at: (_answered(found, at), -at), default=None)
    begin = max(0, found[best].start - AROUND) if best is not None else 0
    end = min(len(text), begin + PASSAGE)
    begin = _between_words(text, begin, 1) if begin else 0
    end = max(
        _between_words(text, end, -1) if end < len(text) else end, min(found[best].end, begin + 2 * PASSAGE) if best is not None else 0
    )
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before) - begin
    inside = [Hit(hit.start + shift, hit.end + shift, hit.term) for hit in found if hit.start >= begin and hit.end <= end]
    return before + text[begin:end] + after, inside


def _answered(found: Sequence[Hit], at: int) -> int:
    until = found[at].start - AROUND + PASSAGE
    return len({hit.term for hit in found[at:] if hit.end <= until})


def _between_words(text: str, at: int, step: int) -> int:
    """The nearest place after (1) or before (-1) where a word ends; where none is near, the place itself: some scripts have no spaces."""
    for away in range(40):
        place = at + step * away
        if 0 < place < len(text) and text[place - 1 if step > 0 else place].isspace():
            return place
    return at


def _tokens(surface: str, start: int, end: int, tokens: Sequence[str]) -> Iterator[_Token]:
    letters = _letters(surface)
    if letters and len(letters) == len(tokens) + 1:
        for number, token in enumerate(tokens):
            yield _Token(token, start + letters[number][0], start + letters[number + 1][1])
    else:
        for token in tokens:
            yield _Token(token, start, end)


def _letters(surface: str) -> list[tuple[int, int]]:
    """Where the single letters of a word without spaces stand; none of another word."""
    return [found.span() for found in CLUSTER.finditer(surface)] if UNSPACED.fullmatch(surface) else []


def _within(surface: str, start: int, end: int, term: Term, number: int) -> Iterator[Hit]:
    """The letter that was asked for in a word without spaces, or the whole word."""
    letters = _letters(surface)
    sought = term.tokens[0]
    if letters and len(clusters(sought)) == 1:
        for first, last in letters:
            if surface[first:last] == sought:
                yield Hit(start + first, start + last, number)
    else:
        yield Hit(start, end, number)


def _runs(stream: Sequence[_Token], tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    size = len(tokens)
    for at in range(len(stream) - size + 1):
        if stream[at].token == tokens[0] and all(stream[at + step].token == tokens[step] for step in range(size)):
            yield stream[at].start, stream[at + size - 1].end
