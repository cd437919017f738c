"""Stems: what the forms of a word have in common. Each language has its rule or none; a word is always found as written too."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import snowballstemmer

from articles.text.analyser import fold

ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
REPEATED = frozenset({"id", "tr"})
"""Their rules take one ending or beginning off at a time, and leave the bare word and its forms with different stems."""
LONGEST = 40
FIGURE = re.compile(r"\d|\A[^\w]|'")

# Arabic, as Larkey's light10 does it: article and particles before, the endings of number, gender and possession behind. Snowball's own rule parts
# a word from itself with its article (القرية from قرية) and takes the first letter of a name for a particle (فلسطين, وليد).
ARTICLES = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال")
ARABIC_ENDINGS = ("هما", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# Persian: the plural and what is tied to it, and comparison; written apart, joined, or with a joiner that the fold drops.
PERSIAN_ENDINGS = ("هايشان", "هايمان", "هايي", "هايش", "هايم", "هاي", "ها", "ترين", "تر")

Stemmer = Callable[[str], str]
_lock = Lock()
_made: dict[str, Stemmer] = {}


@lru_cache(maxsize=100_000)
def stems(surface: str, language: str) -> tuple[str, ...]:
    """The stems of one word as it is written, folded: as its accents stand and without them, since readers leave them out. None for what has none."""
    language = language.partition("-")[0]
    folded = fold(surface)
    if not 2 < len(folded) <= LONGEST or FIGURE.search(folded):
        return ()
    if language == "ar":
        return _arabic(folded)
    if language == "fa":
        return (_without(folded, PERSIAN_ENDINGS, least=3),)
    if language not in ALGORITHMS:
        return ()
    written = surface.lower()
    return tuple(dict.fromkeys(stem for each in (written, folded) if (stem := fold(_stem(each, language)))))


def _stem(word: str, language: str) -> str:
    with _lock:  # a stemmer keeps the word it works on
        stemmer = _made.get(language)
        if stemmer is None:
            stemmer = _made[language] = snowballstemmer.stemmer(ALGORITHMS[language]).stemWord
        for _step in range(4 if language in REPEATED else 1):
            before, word = word, stemmer(word)
            if word == before:
                break
        return word


def _arabic(word: str) -> tuple[str, ...]:
    """The word without article and particle, and without its endings too: a name that only looks as if it had some keeps both readings."""
    bases = [_bare(word)]
    if word.startswith("و") and len(word) > 4:
        bases.append(_bare(word[1:]))
    return tuple(dict.fromkeys(each for base in bases for each in (base, _ended(base))))


def _bare(word: str) -> str:
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def _ended(word: str) -> str:
    for ending in ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


def _without(word: str, endings: tuple[str, ...], *, least: int) -> str:
    """The word without the first of the endings that it has, if at least so many letters stay."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word
