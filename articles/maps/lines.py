"""Lines in a plane: made simpler, cut to a window, written as an SVG path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import inf

from articles.maps.projections import Point

Line = list[Point]
Box = tuple[float, float, float, float]
"""West, north, east, south edge."""


def weights(points: Sequence[Point]) -> list[float]:
    """What each point says of its line: the triangle with its neighbours when, smallest first, points are taken out.

    Visvalingam and Whyatt, "Line generalisation by repeated elimination of points", 1993. Both ends weigh without bound, so that lines
    which meet there still do, and of a closed line a triangle.
    """
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    sizes = [inf] * (last + 1)

    def size(index: int) -> float:
        (x1, y1), (x2, y2), (x3, y3) = points[before[index]], points[index], points[after[index]]
        return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2

    for index in range(1, last):
        sizes[index] = size(index)
    heap = [(sizes[index], index) for index in range(1, last)]
    heapify(heap)
    gone: list[int] = []
    while heap:
        smallest, index = heappop(heap)
        if after[index] < 0 or sizes[index] != smallest:
            continue  # it is gone, or was measured again since
        a, b = before[index], after[index]
        after[a], before[b], after[index] = b, a, -1
        gone.append(index)
        for neighbour in (a, b):
            if 0 < neighbour < last:
                sizes[neighbour] = max(size(neighbour), smallest)
                heappush(heap, (sizes[neighbour], neighbour))
    if points[0] == points[-1]:
        sizes = [inf if index in gone[-2:] else size for index, size in enumerate(sizes)]
    return sizes


class Weighed:
    """A line that can be had as simple as one likes."""

    def __init__(self, line: Line) -> None:
        self.line, self.weights = line, weights(line)

    def simpler(self, least: float) -> Line:
        """The line without what weighs less than `least`."""
        return [point for point, weight in zip(self.line, self.weights, strict=True) if weight >= least]


def joined(lines: Iterable[Line]) -> list[Line]:
    """Lines that end where another begins or ends, as one."""
    found: dict[Point, Line] = {}
    whole: list[Line] = []
    for line in lines:
        here = list(line)
        for _end in range(2):
            other = found.pop(here[-1], None)
            if other is not None:
                found.pop(other[-1] if other[0] == here[-1] else other[0], None)
                here += (other if other[0] == here[-1] else other[::-1])[1:]
            here.reverse()
        if here[0] == here[-1]:
            whole.append(here)
        else:
            found[here[0]] = found[here[-1]] = here
    return whole + list({id(line): line for line in found.values()}.values())


def doubled_area(ring: Sequence[Point]) -> float:
    """Twice the area inside a ring, closed or not."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])))


def bounds(points: Iterable[Point]) -> Box:
    """The edges of all points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def cut_ring(ring: Sequence[Point], box: Box) -> Line:
    """What of a filled ring lies in the box (Sutherland and Hodgman, 1974); where it was cut it runs along the edge."""
    line = list(ring)
    for axis, edge, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        found: Line = []
        for a, b in pairwise([*line, line[0]] if line else []):
            inside_a, inside_b = (a[axis] - edge) * sign >= 0, (b[axis] - edge) * sign >= 0
            if inside_a:
                found.append(a)
            if inside_a != inside_b:
                found.append(_crossing(a, b, axis, edge))
        line = found
    return line


def cut_line(line: Sequence[Point], box: Box) -> list[Line]:
    """The parts of an open line that lie in the box (Liang and Barsky, 1984)."""
    parts: list[Line] = []
    for a, b in pairwise(line):
        start, end = 0.0, 1.0
        for axis, edge, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
            here, step = (a[axis] - edge) * sign, (b[axis] - a[axis]) * sign
            if step > 0:
                start = max(start, -here / step)
            elif step < 0:
                end = min(end, -here / step)
            elif here < 0:
                end = -1.0
        if start > end:
            continue
        first, second = _between(a, b, start), _between(a, b, end)
        if parts and parts[-1][-1] == first:
            parts[-1].append(second)
        else:
            parts.append([first, second])
    return parts


def path(lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Path data in whole numbers, each step from the point before it; what has no extent left is left out."""
    return "".join(_drawn(line, closed=closed) for line in lines)


def _drawn(line: Sequence[Point], *, closed: bool) -> str:
    whole = [(round(x), round(y)) for x, y in line]
    steps = [whole[0]] if whole else []
    steps += [b for a, b in pairwise(whole) if a != b]
    if closed and len(steps) > 1 and steps[0] == steps[-1]:
        steps.pop()
    if len(steps) < (3 if closed else 2):
        return ""
    moves = [number for a, b in pairwise(steps) for number in (b[0] - a[0], b[1] - a[1])]
    return f"M{_numbers(steps[0])}l{_numbers(moves)}{'z' if closed else ''}"


def _numbers(values: Iterable[int]) -> str:
    return " ".join(str(value) for value in values).replace(" -", "-")


def _crossing(a: Point, b: Point, axis: int, edge: float) -> Point:
    share = (edge - a[axis]) / (b[axis] - a[axis])
    x, y = _between(a, b, share)
    return (edge, y) if axis == 0 else (x, edge)


def _between(a: Point, b: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return b if share else a
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def unwrapped(line: Sequence[Point]) -> Line:
    """A line of degrees that goes on eastwards or westwards where it crosses the date line, instead of around the globe."""
    found = list(line[:1])
    for x, y in line[1:]:
        found.append((x + 360 * round((found[-1][0] - x) / 360), y))
    return found
