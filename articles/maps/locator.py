"""Where a region lies: its shape among its surroundings, in an equal-area projection around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import asin, hypot

from articles.maps.atlas import Atlas, Ring, atlas
from articles.maps.globe import Globe, before_horizon, globe, of
from articles.maps.lines import Box, Line, Weighed, bounds, cut_line, cut_ring, doubled_area, joined, path
from articles.maps.projections import EARTH_KM, Point, Vector, around, middle, vector

WIDTH = 264
SHARE = 0.55  # of the window, for the region
NARROWEST = 1200 / EARTH_KM
WIDEST = 2.6  # a little less than the half of the globe that can be seen at once
FLATTEST, TALLEST = 0.72, 1.3
ENOUGH = 100.0  # units of line of other, large lands, so that a reader knows where this is
TOO_SMALL = 9.0  # units: what is smaller is ringed
RING = 11.0  # the least radius of a ring
DETAILS = [(least, True) for least in (1.5, 2.5, 4.0, 6.0, 9.0, 14.0, 20.0)]
DETAILS += [(least, False) for least in (4.0, 6.0, 9.0, 14.0, 20.0, 30.0, 45.0, 70.0)]
"""The smallest triangle (square units) that a line of the surroundings keeps, its own outline a third of it; and whether borders are drawn."""
BEYOND = 3.0  # how far lines run on outside of what is seen


@dataclass(frozen=True)
class Locator:
    """Path data of a region, of the coasts and borders around it and of the net of degrees, and rings (x, y, radius) around what is too small."""

    width: int
    height: int
    shape: str = ""
    coasts: str = ""
    borders: str = ""
    net: str = ""
    rings: tuple[tuple[int, int, int], ...] = ()
    is_whole: bool = False  # the world, with nothing around it

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def letters(self) -> int:
        return sum(len(each) for each in (self.shape, self.coasts, self.borders))


@dataclass(frozen=True)
class Window:
    """Which part of the globe is drawn: around what, how large, and how far its middle stands off."""

    longitude: float
    latitude: float
    x: float
    y: float
    extent: float
    aspect: float

    def places(self, points: Iterable[Vector]) -> Line:
        """Points of the globe as units of the drawing."""
        place, scale, half = around(self.longitude, self.latitude), WIDTH / self.extent, self.height / 2
        return [((x - self.x) * scale + WIDTH / 2, (y - self.y) * scale + half) for x, y in map(place, points)]

    def seen(self, world: Globe) -> Iterable[tuple[int, Line]]:
        """The number and the parts of each arc that comes into the window, as units of the drawing."""
        corner = hypot(self.extent, self.extent * self.aspect) / 2 + hypot(self.x, self.y)
        for number, points in world.within(vector(self.longitude, self.latitude), 2 * asin(min(corner / 2, 1.0))):
            yield from ((number, part) for part in cut_line(self.places(points), self.box))

    @property
    def height(self) -> int:
        return round(WIDTH * self.aspect)

    @property
    def box(self) -> Box:
        return -BEYOND, -BEYOND, WIDTH + BEYOND, self.height + BEYOND


def locator(codes: Sequence[str], place: Point, *, frame: Sequence[str] = (), most_letters: int = 0, has_net: bool = True) -> Locator:
    """The lands of these codes in their surroundings; around `place` (longitude, latitude) if the file has no shape of them.

    `frame` names those of them that the window is set around, if not all.
    With `most_letters` lines are made simpler until the path data is no longer. Raises AtlasError.
    """
    return _locator(atlas(), tuple(codes), tuple(frame or codes), place, most_letters, has_net)


@lru_cache(maxsize=512)
def _locator(found: Atlas, codes: tuple[str, ...], frame: tuple[str, ...], place: Point, most_letters: int, has_net: bool) -> Locator:
    world = globe(found)
    own = {index if index >= 0 else ~index for code in codes for ring in found.rings.get(code, ()) for index in ring}
    window = _window(world, frame, place, own)
    others = [(world.arcs[number], line) for number, line in window.seen(world) if number not in own]
    coasts = [line for arc, line in others if arc.is_coast]
    borders = [Weighed(line) for arc, line in others if arc.is_border]
    of_coasts = {True: [Weighed(line) for line in coasts], False: [Weighed(line) for line in joined(coasts)]}
    outline = {number: Weighed(window.places(world.arcs[number].points)) for number in own}
    drawn = Locator(WIDTH, window.height)
    for least, has_borders in DETAILS:
        drawn = replace(
            drawn,
            shape=path(_outline(found.outline(codes), outline, window.box, least / 3), closed=True),
            coasts=path(_simpler(of_coasts[has_borders], least), closed=False),
            borders=path(_simpler(borders, least), closed=False) if has_borders else "",
        )
        if not most_letters or drawn.letters <= most_letters:
            break
    return replace(drawn, net=_net(window) if has_net else "", rings=_rings(world, codes, place, window))


def _window(world: Globe, codes: tuple[str, ...], place: Point, own: set[int]) -> Window:
    """Around the region's main parts, and wide enough that something else is seen in it."""
    points = [point for code in codes for ring in world.main.get(code, ()) for point in ring] or [vector(*place)]
    longitude, latitude = middle(points)
    west, north, east, south = bounds(map(around(longitude, latitude), points))
    width, height = east - west, south - north
    aspect = min(max(height / width, FLATTEST), TALLEST) if max(width, height) > NARROWEST * SHARE else FLATTEST
    extent = max(width / SHARE, height / SHARE / aspect, NARROWEST)
    window = Window(longitude, latitude, (west + east) / 2, (north + south) / 2, min(extent, WIDEST), aspect)
    while window.extent < WIDEST and not _says_where(world, window, own):
        window = replace(window, extent=min(window.extent * 1.3, WIDEST))
    return window


def _says_where(world: Globe, window: Window, own: set[int]) -> bool:
    lines = [line for number, line in window.seen(world) if number not in own and world.arcs[number].is_large]
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for line in lines for a, b in pairwise(line)) >= ENOUGH


def _outline(rings: Iterable[Ring], arcs: dict[int, Weighed], box: Box, least: float) -> Iterable[Line]:
    for ring in rings:
        line: Line = []
        for index in ring:
            line += arcs[index].simpler(least) if index >= 0 else arcs[~index].simpler(least)[::-1]
        cut = cut_ring(line, box)
        if cut and doubled_area(cut) > 2 * least:
            yield cut


def _simpler(lines: Iterable[Weighed], least: float) -> Iterable[Line]:
    """Without small islands."""
    for line in lines:
        found = line.simpler(least)
        if found[0] != found[-1] or doubled_area(found) > 4 * least:
            yield found


def _rings(world: Globe, codes: tuple[str, ...], place: Point, window: Window) -> tuple[tuple[int, int, int], ...]:
    """Circles around the parts of a region that would hardly be seen; one around those that lie together."""
    lines = [arc.points for arc in world.arcs]
    boxes = [bounds(window.places(of(ring, lines))) for ring in world.atlas.outline(codes)] or [bounds(window.places([vector(*place)]))]
    if any(max(east - west, south - north) >= TOO_SMALL for west, north, east, south in boxes):
        return ()
    circles: list[tuple[float, float, float]] = []
    for west, north, east, south in boxes:
        circle = ((west + east) / 2, (north + south) / 2, RING)
        while touched := next((each for each in circles if hypot(each[0] - circle[0], each[1] - circle[1]) < each[2] + circle[2]), None):
            circles.remove(touched)
            circle = _around_both(touched, circle)
        circles.append(circle)
    return tuple((round(x), round(y), round(radius)) for x, y, radius in circles if 0 <= x <= WIDTH and 0 <= y <= window.height)


def _around_both(a: tuple[float, float, float], b: tuple[float, float, float]) -> tuple[float, float, float]:
    apart = hypot(b[0] - a[0], b[1] - a[1])
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, max(a[2], b[2], apart / 2 + RING)


def _net(window: Window) -> str:
    """Meridians and parallels, each before the horizon."""
    step = next((step for step in (5, 10, 20) if window.extent * 57 < step * 5), 30)
    east = max(step, 30) if abs(window.latitude) > 60 else step  # near a pole meridians crowd
    ahead = vector(window.longitude, window.latitude)
    meridians = [[vector(x, y) for y in range(-90, 91, 3)] for x in range(-180, 180, east)]
    parallels = [[vector(x, y) for x in range(-180, 181, 3)] for y in range(step - 90, 90, step)]
    near = [points for line in [*meridians, *parallels] for points in before_horizon(line, ahead)]
    return path((Weighed(part).simpler(10) for points in near for part in cut_line(window.places(points), window.box)), closed=False)
