"""What a reader asks for: words, phrases in quotation marks, and what to leave out, with a minus before it. Any text is a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.search.index import quoted
from articles.search.terms import cluster_mark, stem_mark
from articles.text.analyser import UNSPACED, Word, clusters, words
from articles.text.languages import COMMON
from articles.text.stems import stems

LONGEST = 400
MAX_WORDS = 24
PART = re.compile(
    r"(?P<minus>(?<!\S)[-\u2212\u2013\uff0d])?"
    r"(?:[\"“”«»„‟「」『』〝〞＂]+(?P<phrase>[^\"“”«»„‟「」『』〝〞＂]+)(?:[\"“”«»„‟「」『』〝〞＂]+|\Z)|(?P<word>[^\s\"“”«»„‟「」『』〝〞＂]+))"
)
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """One thing asked for: the tokens that stand one after another, or one of the marks; both sets are what an index holds.

    `common` is a word that every text has; `written` is what was typed, if it was one word without quotation marks; `facts` are marks of the
    place, tag or byline that goes by this name: a report that stands under it answers too.
    """

    tokens: tuple[str, ...]
    marks: tuple[str, ...] = ()
    is_phrase: bool = False
    common: bool = False
    written: str = ""
    facts: tuple[str, ...] = ()

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The single tokens of which one is enough, when no sequence is asked for."""
        return self.marks or self.tokens


@dataclass(frozen=True)
class Asked:
    """`wanted` must all be there, `unwanted` must not; `words` are the single words as they were typed, without those to leave out."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()


def asked(text: str, languages: Sequence[str]) -> Asked:
    """What the text asks for in reports of these languages. At most MAX_WORDS tokens count."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    typed: list[str] = []
    left = MAX_WORDS
    for found in PART.finditer(text[:LONGEST]):
        written = found["phrase"] or found["word"]
        is_phrase = found["phrase"] is not None
        if not is_phrase:
            written = POSSESSIVE.sub("", written)
        parts = list(words(written))
        terms = list(_terms(parts, languages, is_phrase=is_phrase))
        if len(terms) == 1 and not is_phrase:
            terms = [replace(terms[0], written=written)]
        left -= sum(len(word.tokens) for word in parts)
        if left < 0:
            break
        (unwanted if found["minus"] else wanted).update(dict.fromkeys(terms))
        if not found["minus"] and not is_phrase:
            typed += [word.surface for word in parts]
    return Asked(tuple(wanted), tuple(unwanted), tuple(typed))


def _terms(parts: Sequence[Word], languages: Sequence[str], *, is_phrase: bool) -> Iterable[Term]:
    """Words that were written together are looked for as a sequence, a single one by its stems; a single letter of an unspaced script anywhere."""
    run: list[str] = []
    single = len(parts) == 1
    for word in parts:
        for token in word.tokens:
            if UNSPACED.match(token) and len(clusters(token)) == 1:
                if run:
                    yield _sequence(run, is_phrase=is_phrase)
                    run = []
                yield Term((token,), (cluster_mark(token),))
            else:
                run.append(token)
    if len(run) == 1 and single and not is_phrase:
        yield Term(tuple(run), _stem_marks(parts[0], languages), common=_is_common(run[0], languages))
    elif run:
        yield _sequence(run, is_phrase=is_phrase)


def _sequence(run: list[str], *, is_phrase: bool) -> Term:
    return Term(tuple(run), is_phrase=is_phrase or len(run) > 1)


def _stem_marks(word: Word, languages: Sequence[str]) -> tuple[str, ...]:
    """The marks of the word's stems, and the word itself where a language asked for has none."""
    marks: dict[str, None] = {}
    for language in languages:
        found = stems(word.surface, language)
        marks.update(dict.fromkeys(stem_mark(stem, language) for stem in found) if found else {word.tokens[0]: None})
    return tuple(marks)


def _is_common(word: str, languages: Sequence[str]) -> bool:
    return any(word in _common(language) for language in languages)


@lru_cache(maxsize=64)
def _common(language: str) -> frozenset[str]:
    return frozenset(token for each in words(COMMON.get(language.partition("-")[0], "")) for token in each.tokens)


def fts5(given: Asked, facts: Iterable[str]) -> str:
    """The question for FTS5. Each token is quoted: nothing that was typed is read as its syntax."""
    groups = [f'"{each}"' for each in facts]
    groups += [_fts5(term) for term in given.wanted]
    match = " AND ".join(groups)
    return f"({match}) NOT ({' OR '.join(map(_fts5, given.unwanted))})" if given.unwanted else match


def _fts5(term: Term) -> str:
    sought = [" ".join(term.tokens)] if term.is_phrase else term.alternatives
    return "(" + " OR ".join(f'"{each}"' for each in (*sought, *term.facts)) + ")"


def tsquery(given: Asked, facts: Iterable[str]) -> str:
    """The same for PostgreSQL."""
    groups = [quoted(each) for each in facts]
    groups += [_tsquery(term) for term in given.wanted]
    groups += [f"!{_tsquery(term)}" for term in given.unwanted]
    return " & ".join(groups)


def loose_tsquery(given: Asked, facts: Iterable[str]) -> str:
    """What every answer to `tsquery` answers too, and PostgreSQL's index alone can say: the words of phrases, in whatever order."""
    groups = [quoted(each) for each in facts]
    groups += [_tsquery(term, between=" & ") for term in given.wanted]
    groups += [f"!{_tsquery(term)}" for term in given.unwanted if not has_order(term)]
    return " & ".join(groups)


def has_order(term: Term) -> bool:
    """Whether the order of its words counts."""
    return term.is_phrase and len(term.tokens) > 1


def is_spaced_phrase(term: Term) -> bool:
    """Whether it is a phrase of words with spaces between them; the pairs of letters of other scripts are rare, and so are phrases of them."""
    return has_order(term) and not any(map(UNSPACED.match, term.tokens))


def _tsquery(term: Term, between: str = " <-> ") -> str:
    sought = ["(" + between.join(map(quoted, term.tokens)) + ")"] if term.is_phrase else map(quoted, term.alternatives)
    return "(" + " | ".join((*sought, *map(quoted, term.facts))) + ")"
