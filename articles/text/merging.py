"""Three texts made one: what it was, what one person made of it, what another made of it meanwhile; part by part.

The method is diff3's (S. Khanna, K. Kunal, B. C. Pierce: A Formal Investigation of Diff3, FSTTCS 2007): what each side did to the
base is found by itself, and where only one side did something, that is done. Two things are finer than there. A stretch that was
rewritten is taken apart into its paragraphs, so that two people who changed neighbouring paragraphs do not collide; and parts put
in beside a part that the other side changed do not collide with it. A conflict is one part that both changed, or one gap in which
both put something, and not the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from articles.text.comparison import ALIKE, WINDOW, Budget, aligned
from articles.text.passages import Passage, Word, passages_of

T = TypeVar("T", bound=Hashable)
Alike = Callable[[T, T], bool]

KEPT, MINE, THEIRS, BOTH, CONFLICT = "kept", "mine", "theirs", "both", "conflict"


@dataclass(frozen=True)
class Chunk(Generic[T]):
    """A stretch: kept by both sides, changed by mine, by theirs or by both to the same, or a conflict; and what stood on each side."""

    how: str
    base: tuple[T, ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]

    @property
    def result(self) -> tuple[T, ...]:
        """What the merge makes of it; of a conflict, mine."""
        return self.mine if self.how in (MINE, CONFLICT) else self.theirs


@dataclass(frozen=True)
class Hunk(Generic[T]):
    """What one side put in place of base[start:end]; nothing was there when start == end."""

    start: int
    end: int
    made: tuple[T, ...]
    is_mine: bool

    def meets(self, start: int, end: int) -> bool:
        """Whether it touches what stands in that stretch, or puts something into the same gap."""
        if self.start == self.end and start == end:
            return self.start == start
        return self.start < end and start < self.end


def merge(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T], *, alike: Alike[T] | None = None) -> list[Chunk[T]]:
    """The chunks in order: their `base`, `mine` and `theirs`, put in a row, are the three texts.

    `alike` says whether one part was made of the other; without it, parts of a stretch that was rewritten are paired in their order.
    """
    hunks = [*_hunks(base, mine, alike, is_mine=True), *_hunks(base, theirs, alike, is_mine=False)]
    hunks.sort(key=lambda hunk: (hunk.start, hunk.end))
    found: list[Chunk[T]] = []
    at = 0
    while hunks:
        start, end = hunks[0].start, hunks[0].end
        group = [hunks.pop(0)]
        while hunks and hunks[0].meets(start, end):
            end = max(end, hunks[0].end)
            group.append(hunks.pop(0))
        if start > at:
            found.append(_kept(base[at:start]))
        found.append(_chunk(base, start, end, group))
        at = end
    if at < len(base):
        found.append(_kept(base[at:]))
    return found


def without_base(mine: Sequence[T], theirs: Sequence[T], *, alike: Alike[T] | None = None) -> list[Chunk[T]]:
    """The chunks when nobody knows what it was: wherever the two differ is a conflict."""
    chunks = merge(theirs, mine, theirs, alike=alike)
    return [each if each.how == KEPT else Chunk(CONFLICT, (), each.mine, each.theirs) for each in chunks]


def merged_value(base: T, mine: T, theirs: T) -> Chunk[T]:
    """The one chunk of a thing that is kept or changed as a whole."""
    return merge((base,), (mine,), (theirs,))[0]


def _kept(parts: Sequence[T]) -> Chunk[T]:
    same = tuple(parts)
    return Chunk(KEPT, same, same, same)


def _chunk(base: Sequence[T], start: int, end: int, group: Sequence[Hunk[T]]) -> Chunk[T]:
    mine, theirs = (_made(base, start, end, [hunk for hunk in group if hunk.is_mine is is_mine]) for is_mine in (True, False))
    sides = {hunk.is_mine for hunk in group}
    how = (MINE if sides == {True} else THEIRS) if len(sides) == 1 else BOTH if mine == theirs else CONFLICT
    return Chunk(how, tuple(base[start:end]), mine, theirs)


def _made(base: Sequence[T], start: int, end: int, hunks: Sequence[Hunk[T]]) -> tuple[T, ...]:
    """base[start:end] with what one side did there."""
    parts: list[T] = []
    for hunk in hunks:
        parts += [*base[start : hunk.start], *hunk.made]
        start = hunk.end
    return (*parts, *base[start:end])


def _hunks(base: Sequence[T], new: Sequence[T], alike: Alike[T] | None, *, is_mine: bool) -> Iterator[Hunk[T]]:
    runs = [*aligned(base, new, budget=Budget()), (len(base), len(new), 0)]
    at = fresh = 0
    for start, fresh_start, length in runs:
        for a, b, c, d in _apart(base, new, at, start, fresh, fresh_start, alike):
            yield Hunk(a, b, tuple(new[c:d]), is_mine)
        at, fresh = start + length, fresh_start + length


def _apart(
    base: Sequence[T], new: Sequence[T], at: int, end: int, fresh: int, fresh_end: int, alike: Alike[T] | None
) -> Iterator[tuple[int, int, int, int]]:
    """A rewritten stretch as (start, end) of base and of new: each part with the one that was made of it, and what is between them."""
    for place in range(fresh, fresh_end) if alike else ():
        ahead = range(at, min(at + WINDOW, end))
        if (was := next((each for each in ahead if alike and alike(base[each], new[place])), None)) is not None:
            yield from _rest(at, was, fresh, place)
            yield was, was + 1, place, place + 1
            at, fresh = was + 1, place + 1
    yield from _rest(at, end, fresh, fresh_end)


def _rest(at: int, end: int, fresh: int, fresh_end: int) -> Iterator[tuple[int, int, int, int]]:
    """As many parts as there were: one for each. Otherwise the stretch stays whole."""
    if end - at == fresh_end - fresh:
        yield from ((at + step, at + step + 1, fresh + step, fresh + step + 1) for step in range(end - at))
    else:
        yield at, end, fresh, fresh_end


BLOCK = re.compile(r"<(/?)(p|h2|h3|blockquote|ul|ol|hr)\b[^<>]*>")
SAME_MARK = {"b": "strong", "i": "em"}


@dataclass(frozen=True)
class Paragraph:
    """A block of a body. Two that read the same and look the same are equal, however an editor wrote their tags."""

    html: str = field(compare=False)
    reads: tuple[Passage, ...]


def paragraphs_of(html: str) -> list[Paragraph]:
    """The outermost blocks of a body as the sanitiser leaves it: their `html` in a row is the body."""
    parts, depth, start = [], 0, 0
    for found in BLOCK.finditer(html):
        closes, name = found[1] == "/", found[2]
        if depth == 0 and not closes and found.start() > start:
            parts.append(html[start : found.start()])
            start = found.start()
        depth = max(0, depth - 1) if closes else depth + (name != "hr")
        if depth == 0:
            parts.append(html[start : found.end()])
            start = found.end()
    parts += [html[start:]] if start < len(html) else []
    return [Paragraph(part, tuple(_plainly(passage) for passage in passages_of(part))) for part in parts]


def _plainly(passage: Passage) -> Passage:
    """The passage without what an editor changes by opening it: a paragraph within an item, the older names of bold and italic."""
    outer, *inner = passage.within
    words = tuple(
        Word(word.text, word.spaced, tuple(type(mark)(SAME_MARK.get(mark.tag, mark.tag), mark.attributes) for mark in word.marks))
        for word in passage.words
    )
    return Passage((outer, *(tag for tag in inner if tag != "p")), passage.attributes, words)


def read_alike(old: Paragraph, new: Paragraph) -> bool:
    """Whether they share half of their words."""
    bags = [Counter(word.text for passage in each.reads for word in passage.words) for each in (old, new)]
    total = sum(bag.total() for bag in bags)
    return bool(total) and 2 * (bags[0] & bags[1]).total() >= ALIKE * total


def merge_bodies(base: str | None, mine: str, theirs: str) -> list[Chunk[Paragraph]]:
    """The merge of three bodies, paragraph by paragraph; `base` is None when nobody knows it."""
    sides = paragraphs_of(mine), paragraphs_of(theirs)
    return without_base(*sides, alike=read_alike) if base is None else merge(paragraphs_of(base), *sides, alike=read_alike)
