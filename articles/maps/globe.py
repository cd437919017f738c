"""The lines of an atlas on the globe itself, each with the cap that holds it: what is far from a window need not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import acos, pi

from articles.maps.atlas import Atlas, Ring, plain
from articles.maps.lines import doubled_area
from articles.maps.projections import Point, Vector, around, dot, middle, vector

MAIN_PART = 0.05
"""Of a land's largest part: what is smaller may lie outside of a window around it."""
LARGE = 0.0025
"""Of the globe's radius squared: 100,000 square kilometres, a land that readers know by its outline."""
HEMISPHERE = pi / 2


@dataclass(frozen=True)
class Arc:
    """One line: its points, the codes whose land it bounds, whether one of them is large, and the cap around it."""

    points: list[Vector]
    users: tuple[str, ...]
    is_large: bool
    centre: Vector
    radius: float

    @property
    def is_coast(self) -> bool:
        return len(self.users) == 1

    @property
    def is_border(self) -> bool:
        return len(set(self.users)) == 2


@dataclass(frozen=True, eq=False)
class Globe:
    """The arcs of an atlas, and the main parts of each land, as rings of points."""

    atlas: Atlas
    arcs: list[Arc]
    main: dict[str, list[list[Vector]]]

    def within(self, centre: Vector, radius: float) -> Iterable[tuple[int, list[Vector]]]:
        """Number and points of the arcs that may come within an angle around a point; of those beyond the horizon only what is before it."""
        for number, arc in enumerate(self.arcs):
            apart = acos(max(-1.0, min(1.0, dot(centre, arc.centre))))
            if apart - arc.radius > min(radius, HEMISPHERE):
                continue
            if apart + arc.radius < HEMISPHERE:
                yield number, arc.points
                continue
            yield from ((number, points) for points in before_horizon(arc.points, centre))


@lru_cache(maxsize=2)
def globe(found: Atlas) -> Globe:
    """The atlas on the globe; worked out once."""
    lines = [[vector(*point) for point in arc] for arc in found.arcs]
    sized = {code: [(ring, _size(of(ring, lines))) for ring in rings] for code, rings in found.rings.items()}
    large = {plain(index) for rings in sized.values() for ring, size in rings if size >= LARGE for index in ring}
    main = {}
    for code, rings in sized.items():
        least = MAIN_PART * max(size for _ring, size in rings)
        main[code] = [of(ring, lines) for ring, size in rings if size >= least]
    users = found.users()
    return Globe(found, [_arc(line, users[number], number in large) for number, line in enumerate(lines)], main)


def before_horizon(line: Iterable[Vector], centre: Vector) -> Iterable[list[Vector]]:
    """The parts of a line that lie on the half of the globe around a point."""
    for near, points in groupby(line, key=lambda point: dot(centre, point) > 0):
        if near:
            yield list(points)


def of(ring: Ring, lines: Sequence[list[Vector]]) -> list[Vector]:
    """The points of a ring."""
    return [point for index in ring for point in (lines[index] if index >= 0 else lines[plain(index)][::-1])]


def _size(ring: list[Vector]) -> float:
    place: Callable[[Vector], Point] = around(*middle(ring))
    return doubled_area([place(point) for point in ring]) / 2


def _arc(line: list[Vector], users: tuple[str, ...], is_large: bool) -> Arc:
    centre = vector(*middle(line))
    nearest = min(dot(centre, point) for point in line)
    return Arc(line, users, is_large, centre, acos(max(-1.0, min(1.0, nearest))))
