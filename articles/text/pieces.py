"""What stays, what goes and what comes between two plain texts: paragraphs first, then the words of those that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
ALIKE = 0.6  # passages less alike than this are shown whole: word by word they cannot be read
MOST_PAIRS = 1_000_000  # of paragraphs; more are shown as taken out and put in, so that every comparison ends
LONGEST = 20_000  # characters that are compared word by word; a longer passage is shown as taken out and put in


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, taken out (`del`) or put in (`ins`)."""

    kind: str
    text: str


def compared(old: str, new: str) -> Iterator[Piece]:
    """The words of two texts, in reading order: what stays, what goes, what comes. Paragraphs first, then the words of those that differ."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) * len(after) > MOST_PAIRS:
        yield from (Piece(which, text) for which, text in (("del", f"{old}\n"), ("ins", new)) if text.strip())
        return
    for kind, start, end, fresh_start, fresh_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        out, into = "\n".join(before[start:end]), "\n".join(after[fresh_start:fresh_end])
        ending = "\n" if end < len(before) or fresh_end < len(after) else ""
        if kind == "equal":
            yield Piece("", out + ending)
        elif kind == "replace" and len(out) + len(into) <= LONGEST:
            yield from _words(out, into)
            yield Piece("", ending)
        else:
            yield from (Piece(which, text + ending) for which, text in (("del", out), ("ins", into)) if text)


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from (Piece(which, text) for which, text in (("del", f"{old} "), ("ins", new)) if text.strip())
        return
    for kind, start, end, fresh_start, fresh_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("del", "".join(before[start:end]))
        if fresh_end > fresh_start:
            yield Piece("ins", "".join(after[fresh_start:fresh_end]))
