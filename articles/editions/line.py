"""The line: 360 degrees of longitude drawn from west to east, and a needle that says where, as exactly as we may speak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.editions.dates import digits
from articles.editions.words import joined
from articles.taxonomy.models import Region

LEAST_BAR = 2.4
"""A bar in a list is at least this wide (per cent), so that an island can be seen."""
SAME_NEEDLE = 0.5
"""Needles nearer than this (per cent) are one."""
ROWS = (42, 62, 82, 102)
"""Where the names under the front page's line stand (pixels down)."""
WIDEST_SPAN = 12
"""On the front page a region wider than this (per cent) shows its needle alone: a bar half the line long would say nothing."""


@dataclass(frozen=True)
class Mark:
    """What the line shows: `dot`, `bar`, `withheld`, or `none`. Places are per cent from the west end, as text (no locale touches them)."""

    kind: str
    x: str = ""
    bars: tuple[tuple[str, str], ...] = ()
    longitude: float | None = None

    @property
    def degrees(self) -> int:
        return abs(round(self.longitude or 0))

    @property
    def is_west(self) -> bool:
        return (self.longitude or 0) < 0

    @property
    def is_east_half(self) -> bool:
        """Whether the needle stands in the second half of the line: its name is then set before it."""
        return (self.longitude or 0) > 0


def mark(mode: str, place: str, region: Region | None, *, least: float = LEAST_BAR) -> Mark:
    """The mark of a dateline: a dot where a place is named, a bar as wide as the region where it is not, nothing without a region."""
    if mode == "withheld":
        return Mark("withheld")
    if region is None or region.longitude is None:
        return Mark("none")
    where = {"x": _text(per_cent(region.longitude)), "longitude": region.longitude}
    if mode == "shown" and place:
        return Mark("dot", **where)  # type: ignore[arg-type]  # a dict of two kinds
    return Mark("bar", bars=_bars(region, least), **where)  # type: ignore[arg-type]  # as above


def per_cent(longitude: float) -> float:
    """Where a longitude stands on the line, in per cent from its west end."""
    return (min(max(longitude, -180.0), 180.0) + 180) / 3.6


def narrow_name(where: Mark, names: Sequence[str]) -> str:
    """The first of the names that fits beside the needle on the narrowest phone (line of 280 px, 9 px a letter); none may."""
    if where.longitude is None:
        return ""
    room = max(per_cent(where.longitude), 100 - per_cent(where.longitude)) * 2.8 - 9
    return next((name for name in names if name and len(name) * 9 <= room), "")


def _bars(region: Region, least: float) -> tuple[tuple[str, str], ...]:
    """One bar from west to east, or two where the region crosses 180 degrees (Fiji, Kiribati, Russia)."""
    if region.west is None or region.east is None:
        return (_wide_enough(per_cent(region.longitude or 0), per_cent(region.longitude or 0), least),)
    west, east = per_cent(region.west), per_cent(region.east)
    if west <= east:
        return (_wide_enough(west, east, least),)
    return (_wide_enough(0, east, 0), _wide_enough(west, 100, 0))


def _wide_enough(west: float, east: float, least: float) -> tuple[str, str]:
    width = max(east - west, least)
    start = min(max((west + east - width) / 2, 0), 100 - width)
    return _text(start), _text(width)


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass
class Needle:
    """One needle of the front page's line, with the names that hang from it. `row` is None when there was no room for them."""

    x: float
    names: list[str]
    bars: tuple[tuple[str, str], ...] = ()
    row: int | None = None
    flipped: bool = False

    @property
    def at(self) -> str:
        return _text(self.x)

    @property
    def label(self) -> str:
        return joined(self.names)

    @property
    def y(self) -> int:
        return ROWS[self.row or 0]

    @property
    def width(self) -> float:
        """How much of the line the name takes, in per cent of the narrowest line that shows names."""
        return len(self.label) * 0.95 + 1.5

    def reach(self) -> tuple[float, float]:
        return (self.x - self.width, self.x) if self.flipped else (self.x, self.x + self.width)


@dataclass
class Dial:
    """The front page's line: needles from east to west, names set so that none crosses another."""

    needles: list[Needle] = field(default_factory=list)

    @property
    def height(self) -> int:
        """As tall as the longest needle, and room for the letters below a line."""
        return max((needle.y for needle in self.needles if needle.row is not None), default=ROWS[0]) + 6

    @property
    def names(self) -> list[str]:
        """Every name once, from west to east."""
        return list(dict.fromkeys(name for needle in reversed(self.needles) for name in needle.names))

    @property
    def label(self) -> str:
        return joined(self.names)


def dial(places: Iterable[tuple[str, Mark]], *, most: int = 12) -> Dial:
    """The needles of (name, mark) pairs; marks without a place are passed over, needles on one spot merged."""
    needles: list[Needle] = []
    for name, each in places:
        if each.longitude is None:
            continue
        x = per_cent(each.longitude)
        near = next((needle for needle in needles if abs(needle.x - x) < SAME_NEEDLE), None)
        if near is None and len(needles) < most:
            needles.append(Needle(x, [name], _spans(each)))
        elif near and name not in near.names:
            near.names.append(name)
            near.bars = near.bars or _spans(each)
    needles.sort(key=lambda needle: -needle.x)
    for number, needle in enumerate(needles):
        _seat(needle, needles[:number])
    return Dial(needles)


def _spans(where: Mark) -> tuple[tuple[str, str], ...]:
    return where.bars if sum(float(width) for _start, width in where.bars) <= WIDEST_SPAN else ()


def _seat(needle: Needle, seated: Sequence[Needle]) -> None:
    for flipped in (False, True):
        for row in range(len(ROWS)):
            needle.row, needle.flipped = row, flipped
            if _fits(needle, seated):
                return
    needle.row, needle.flipped = None, False


def _fits(needle: Needle, seated: Sequence[Needle]) -> bool:
    low, high = needle.reach()
    if low < 0 or high > 100:
        return False
    row = needle.row or 0
    for other in seated:
        if other.row is None:
            continue  # it ends above all names
        other_low, other_high = other.reach()
        if other.row >= row and low < other.x < high:
            return False  # the other's needle would cut this name
        if other.row <= row and other_low < needle.x < other_high:
            return False  # this needle would cut the other's name
        if other.row == row and low < other_high and other_low < high:
            return False
    return True


def axis(language: str) -> list[dict[str, str | bool]]:
    """The degrees written under the line: where, as what, and whether a phone leaves it out."""
    marks: list[dict[str, str | bool]] = []
    for longitude, minor in ((-120, True), (-60, False), (0, False), (60, False), (120, True)):
        figures = digits(str(abs(longitude)), language)
        label = f"{figures}°" if longitude == 0 else (_("%s° W") if longitude < 0 else _("%s° E")) % figures
        marks.append({"x": f"{per_cent(longitude):.2f}".removesuffix(".00"), "label": label, "minor": minor})
    return marks
