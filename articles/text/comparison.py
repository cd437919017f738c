"""Two texts compared: which passages came and went, which words within them, and where only the form of a word changed.

Python's `difflib` finds the longest runs that two sequences share. Here it is asked within a budget: a step is one pair of equal
words that it looks at. What would cost more than is left is told as taken out and put in, whole. So every text ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from articles.text.passages import Mark, Passage, Word, lines_of, passages_of

MOST_STEPS = 1_000_000  # about half a second
ALIKE = 0.5  # passages that share less of their words are two passages
READABLE = 0.35  # below, word by word is harder to read than the one and the other
WINDOW = 6  # so many passages ahead are looked at for the one that a passage was made of

SAME, PUT_IN, TAKEN_OUT, REFORMED, CHANGED = "same", "ins", "del", "form", "changed"


@dataclass
class Budget:
    """The steps that may still be taken, and whether any were refused."""

    left: int = MOST_STEPS
    refused: bool = False

    def take(self, steps: int) -> bool:
        """Whether there are so many left; then they are spent."""
        if steps > self.left:
            self.refused = True
            return False
        self.left -= steps
        return True


@dataclass(frozen=True)
class Run:
    """Words in a row to which the same happened. `lost`, `gained` and `respaced` are said of words that stayed."""

    how: str
    words: tuple[Word, ...]
    lost: tuple[Mark, ...] = ()
    gained: tuple[Mark, ...] = ()
    respaced: bool = False

    @property
    def spaced(self) -> bool:
        """Whether a space stands before the run."""
        return self.words[0].spaced

    @property
    def pieces(self) -> list[tuple[str, tuple[Mark, ...]]]:
        """The text as (words, marks around them)."""
        parts = [(marks, list(words)) for marks, words in groupby(self.words, key=lambda word: word.marks)]
        return [(_joined(words, first=not number), marks) for number, (marks, words) in enumerate(parts)]


@dataclass(frozen=True)
class Compared:
    """A passage: same, put in, taken out or changed. `before` is what a changed one was made of."""

    how: str
    passage: Passage
    runs: tuple[Run, ...]
    before: Passage | None = None

    @property
    def moved_within(self) -> bool:
        """Whether it stood in other blocks: a paragraph that became a heading."""
        return self.before is not None and self.before.within != self.passage.within

    @property
    def turned(self) -> bool:
        """Whether its language or direction changed."""
        return self.before is not None and self.before.attributes != self.passage.attributes


@dataclass
class Comparison:
    """The passages in reading order; `coarse` when a part was too long to be compared word by word."""

    passages: list[Compared] = field(default_factory=list)
    coarse: bool = False

    @property
    def differs(self) -> bool:
        return any(each.how != SAME for each in self.passages)


def compare_html(old: str, new: str, *, budget: Budget | None = None) -> Comparison:
    """The comparison of two bodies."""
    return compare(passages_of(old), passages_of(new), budget=budget)


def compare_text(old: str, new: str, *, budget: Budget | None = None) -> Comparison:
    """The comparison of two plain texts, line by line."""
    return compare(lines_of(old), lines_of(new), budget=budget)


def compare(old: Sequence[Passage], new: Sequence[Passage], *, budget: Budget | None = None) -> Comparison:
    """Passages that are the same first; then, between them, those that read the same; then those that read alike."""
    budget = budget or Budget()
    before, after = _numbered(old, new)
    found: list[Compared] = []
    for same, start, end, fresh_start, fresh_end in _stretches(aligned(before, after, budget=budget), len(old), len(new)):
        if same:
            found += [Compared(SAME, each, (Run(SAME, each.words),) if each.words else ()) for each in new[fresh_start:fresh_end]]
        else:
            found += _rewritten(old[start:end], new[fresh_start:fresh_end], budget)
    return Comparison(found, budget.refused)


def aligned(old: Sequence[Hashable], new: Sequence[Hashable], *, budget: Budget) -> list[tuple[int, int, int]]:
    """(place in old, place in new, length) of the runs that both share, in order."""
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    end = next((place for place in range(shorter - start) if old[-1 - place] != new[-1 - place]), shorter - start)
    inner = _inner(old[start : len(old) - end], new[start : len(new) - end], budget)
    runs = [(0, 0, start), *((a + start, b + start, length) for a, b, length in inner), (len(old) - end, len(new) - end, end)]
    return [run for run in runs if run[2]]


def _inner(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[tuple[int, int, int]]:
    if not old or not new:
        return []
    matcher: SequenceMatcher[Hashable] = SequenceMatcher(None, old, new, autojunk=False)
    often = Counter(new)
    costs = list(accumulate((1 + often[each] for each in old), initial=0))
    found, waiting = [], [(0, len(old), 0, len(new))]
    while waiting:
        start, end, fresh_start, fresh_end = waiting.pop()
        if start == end or fresh_start == fresh_end or not budget.take(costs[end] - costs[start]):
            continue
        a, b, length = matcher.find_longest_match(start, end, fresh_start, fresh_end)
        if length:
            found.append((a, b, length))
            waiting += [(a + length, end, b + length, fresh_end), (start, a, fresh_start, b)]
    return sorted(found)


def _stretches(runs: Iterable[tuple[int, int, int]], old: int, new: int) -> Iterator[tuple[bool, int, int, int, int]]:
    """(whether shared, start and end in old, start and end in new) of everything, in order."""
    for (a, b, length), (after, fresh, _next) in pairwise([(0, 0, 0), *runs, (old, new, 0)]):
        if length:
            yield True, a, a + length, b, b + length
        if after > a + length or fresh > b + length:
            yield False, a + length, after, b + length, fresh


def _numbered(old: Iterable[Hashable], new: Iterable[Hashable]) -> tuple[list[int], list[int]]:
    """Both as numbers, equal for equals: long things are hashed once."""
    numbers: dict[Hashable, int] = {}
    first, second = ([numbers.setdefault(each, len(numbers)) for each in row] for row in (old, new))
    return first, second


def _read(passage: Passage) -> tuple[str, ...]:
    return tuple(word.text for word in passage.words)


def _rewritten(old: Sequence[Passage], new: Sequence[Passage], budget: Budget) -> Iterator[Compared]:
    """A stretch in which no passage stayed as it was."""
    before, after = _numbered(map(_read, old), map(_read, new))
    for same, start, end, fresh_start, fresh_end in _stretches(aligned(before, after, budget=budget), len(old), len(new)):
        if same:
            for was, is_ in zip(old[start:end], new[fresh_start:fresh_end], strict=True):
                yield _compared(was, is_, _kept(was.words, is_.words))
        else:
            yield from _paired(old[start:end], new[fresh_start:fresh_end], budget)


def _paired(old: Sequence[Passage], new: Sequence[Passage], budget: Budget) -> Iterator[Compared]:
    """Each new passage beside the one that it was made of, if there is one that reads alike."""
    bags = [Counter(word.text for word in each.words) for each in old]
    came: list[Compared] = []
    done = 0
    for passage in new:
        bag = Counter(word.text for word in passage.words)
        ahead = range(done, min(done + WINDOW, len(old)))
        near = [place for place in ahead if budget.take(len(passage.words) + len(old[place].words))]
        alike, place = max(((_likeness(bags[place], bag), -place) for place in near), default=(0, 0))
        both = _both(old[-place], passage, budget) if alike >= ALIKE else None
        if both:
            yield from (_whole(TAKEN_OUT, each) for each in old[done:-place])
            yield from came
            yield both
            done, came = -place + 1, []
        else:
            came.append(_whole(PUT_IN, passage))
    yield from (_whole(TAKEN_OUT, each) for each in old[done:])
    yield from came


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0


def _whole(how: str, passage: Passage) -> Compared:
    return Compared(how, passage, (Run(how, passage.words),) if passage.words else ())


def _both(old: Passage, new: Passage, budget: Budget) -> Compared | None:
    """The passage word by word, None when it shares too little to be read so."""
    shared = aligned(*_numbered(_read(old), _read(new)), budget=budget)
    if 2 * sum(length for _a, _b, length in shared) < READABLE * (len(old.words) + len(new.words)):
        return None
    runs: list[Run] = []
    for same, start, end, fresh_start, fresh_end in _stretches(shared, len(old.words), len(new.words)):
        if same:
            runs += _kept(old.words[start:end], new.words[fresh_start:fresh_end])
        else:
            runs += [Run(TAKEN_OUT, old.words[start:end])] if end > start else []
            runs += [Run(PUT_IN, new.words[fresh_start:fresh_end])] if fresh_end > fresh_start else []
    return _compared(old, new, runs)


def _compared(old: Passage, new: Passage, runs: Iterable[Run]) -> Compared:
    """Changed if anything can be told of it: the order of marks around a word is nothing that a reader sees."""
    found = Compared(CHANGED, new, tuple(runs), old)
    if found.moved_within or found.turned or any(run.how != SAME for run in found.runs):
        return found
    return Compared(SAME, new, found.runs)


def _kept(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Run]:
    """Words that read the same, by what became of their marks."""

    fates = [
        (
            tuple(mark for mark in was.marks if mark not in is_.marks),
            tuple(mark for mark in is_.marks if mark not in was.marks),
            place > 0 and was.spaced != is_.spaced,  # before the first, the space belongs to what changed there
        )
        for place, (was, is_) in enumerate(zip(old, new, strict=True))
    ]
    for fate, row in groupby(zip(fates, new, strict=True), key=itemgetter(0)):
        words = tuple(word for _fate, word in row)
        yield Run(REFORMED if any(fate) else SAME, words, *fate)


def _joined(words: Sequence[Word], *, first: bool) -> str:
    """The words as a text; the space before the first of a run is the run's."""
    return "".join(
        word.text if (first and not number) or not word.spaced or word.text == "\n" else f" {word.text}"
        for number, word in enumerate(words)
    )
