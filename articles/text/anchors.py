"""The paragraph that something was said about, found again in a text that changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from articles.text.passages import BREAK, Passage, lines_of, passages_of

ALIKE = 0.5
"""A paragraph that shares less of its words is another one."""
MOST_WORDS = 400_000
"""So many are looked at in one search; beyond, only a paragraph that stayed as it was is found."""


def paragraphs(html: str) -> list[str]:
    """Each paragraph, heading, item or line of a body as plain text, in reading order."""
    return [text_of(passage) for passage in passages_of(html) if passage.words]


def text_of(passage: Passage) -> str:
    """The words of a passage as they are read."""
    return "".join(f" {word.text}" if word.spaced and word.text != BREAK else word.text for word in passage.words).strip()


def found(texts: Sequence[str], *anchors: str, near: int | None = None, stood: Collection[str] = ()) -> int | None:
    """The place of the paragraph that reads as the first of the anchors, or as the next of them, or else most like one; None when it is gone.

    Of several that are as good, the one nearest to where it stood. A paragraph that `stood` beside it before is not what became of it.
    """
    wanted = [each for each in dict.fromkeys(anchors) if each]
    for anchor in wanted:
        if same := [place for place, text in enumerate(texts) if text == anchor]:
            return min(same, key=lambda place: abs(place - (near or 0)))
    bags = [(place, _bag(text)) for place, text in enumerate(texts) if text not in stood]
    if sum(bag.total() for _place, bag in bags) > MOST_WORDS:
        return None
    for anchor in wanted:
        own = _bag(anchor)
        alike, _distance, place = max(
            ((_likeness(own, bag), -abs(place - (near or 0)), -place) for place, bag in bags), default=(0.0, 0, 0)
        )
        if alike >= ALIKE:
            return -place
    return None


def _bag(text: str) -> Counter[str]:
    return Counter(word.text for line in lines_of(text) for word in line.words)


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0
