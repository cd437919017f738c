"""The whole world in Equal Earth: each land once, split where the date line runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from articles.maps.atlas import Atlas, Ring, atlas, plain
from articles.maps.lines import Box, Line, bounds, cut_ring, doubled_area, path, unwrapped, weights
from articles.maps.projections import Point, equal_earth

WIDTH = 1000
LEAST_TRIANGLE = 1.2  # square units of the drawing
LEAST_ISLAND = 2.0
STEP = 30  # degrees between the lines of the net
GLOBE: Box = (-180.0, -90.0, 180.0, 90.0)
SCALE = WIDTH / (2 * equal_earth(180, 0)[0])
HEIGHT = round(-2 * SCALE * equal_earth(0, 90)[1])


@dataclass(frozen=True)
class Land:
    """One land as drawn: path data ("" where the file has no shape of it), and its edges in the drawing."""

    path: str
    box: Box | None


@dataclass(frozen=True)
class World:
    """Path data of the globe's edge, the net of degrees, all land together, the borders in it, and each land by its code."""

    globe: str
    net: str
    land: str
    borders: str
    lands: dict[str, Land]


def world(*, coarser: float = 1.0) -> World:
    """The world of the file in use; drawn once. `coarser` times as simple where it is shown small. Raises AtlasError."""
    return _world(atlas(), coarser)


def spot(longitude: float, latitude: float) -> tuple[int, int]:
    """Where a place stands in the drawing."""
    x, y = _placed((longitude, latitude))
    return round(x), round(y)


@lru_cache(maxsize=4)
def _world(found: Atlas, coarser: float) -> World:
    arcs = [_simpler(arc, LEAST_TRIANGLE * coarser) for arc in found.arcs]
    users = found.users()
    borders = [arc for arc, codes in zip(arcs, users, strict=True) if len(set(codes)) == 2]
    return World(
        globe=path([_edge()], closed=True),
        net=path(_net(), closed=False),
        land=path(_drawn(found.outline(found.rings), arcs, least=LEAST_ISLAND * coarser), closed=True),
        borders=path(([_placed(point) for point in arc] for arc in borders), closed=False),
        lands={code: _land(_drawn(found.outline([code]), arcs, least=0)) for code in found.rings if code},
    )


def _land(rings: Iterable[Line]) -> Land:
    lines = sorted(rings, key=doubled_area, reverse=True)
    shown = [line for line in lines if doubled_area(line) / 2 >= LEAST_ISLAND] or lines[:1]
    return Land(path(shown, closed=True), bounds(point for line in shown for point in line) if shown else None)


def _drawn(rings: Iterable[Ring], arcs: list[Line], *, least: float) -> Iterable[Line]:
    for ring in rings:
        for part in parts([point for index in ring for point in (arcs[index] if index >= 0 else arcs[plain(index)][::-1])]):
            placed = [_placed(point) for point in part]
            if doubled_area(placed) / 2 >= least:
                yield placed


def parts(ring: Line) -> Iterable[Line]:
    """What a ring of degrees is between 180 degrees west and east: cut there, and closed by way of the pole if it runs around one."""
    line = unwrapped(ring)
    turn = line[-1][0] - line[0][0]
    shifts: tuple[int, ...] = (-360, 0, 360)
    if abs(turn) > 180:
        pole = 90.0 if sum(y for _x, y in line) > 0 else -90.0
        line = [*((x - turn, y) for x, y in line), *line]  # twice around: whatever its start, once from edge to edge
        line += [(line[-1][0], pole), (line[0][0], pole)]
        shifts = (0,)
    west, _north, east, _south = bounds(line)
    for shift in shifts:
        if west + shift < 180 and east + shift > -180:
            cut = cut_ring([(x + shift, y) for x, y in line], GLOBE)
            if cut:
                yield list(_along_the_edge(cut))


def _along_the_edge(line: Line) -> Iterable[Point]:
    """With points between on the meridian of 180 degrees, which is curved on paper."""
    for a, b in zip(line, [*line[1:], line[0]], strict=True):
        yield a
        if a[0] == b[0] and abs(a[0]) == 180:
            steps = int(abs(a[1] - b[1]) // 5)
            yield from ((a[0], a[1] + (b[1] - a[1]) * number / (steps + 1)) for number in range(1, steps + 1))


def _simpler(arc: Line, least: float) -> Line:
    line = unwrapped(arc)
    weight = weights([_placed(point) for point in line])
    return [point for point, each in zip(line, weight, strict=True) if each >= least]


def _placed(point: Point) -> Point:
    x, y = equal_earth(*point)
    return WIDTH / 2 + x * SCALE, HEIGHT / 2 + y * SCALE


def _meridian(longitude: float) -> Line:
    return [_placed((longitude, latitude)) for latitude in range(-90, 91, 10)]


def _edge() -> Line:
    return _meridian(-180) + _meridian(180)[::-1]


def _net() -> Iterable[Line]:
    yield from (_meridian(longitude) for longitude in range(STEP - 180, 180, STEP))
    yield from ([_placed((-180, latitude)), _placed((180, latitude))] for latitude in range(STEP - 90, 90, STEP))
