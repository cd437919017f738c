"""Makes world.json from Natural Earth (1:50m), as the npm package world-atlas carries it.

Usage, where world-atlas 2.0.2 (Natural Earth 4.1.0) is unpacked:
    python -m articles.maps.facts.make WORLD_ATLAS > articles/maps/facts/world.json
Natural Earth is in the public domain (https://www.naturalearthdata.com/about/terms-of-use/).

What is changed: lines are made simpler, shared borders once; specks are left out; parts far from their country stand under their own code;
and where Natural Earth draws who holds a land, the list of regions (UN M49) is followed. docs/maps.md tells why.
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate
from math import hypot, radians, sin
from pathlib import Path
from typing import Any

from articles.maps.lines import Line, doubled_area, unwrapped, weights
from articles.taxonomy.tables import regions

GRID = 100  # steps of a degree
LEAST_TRIANGLE = 3e-6  # of the globe's radius squared: 120 square kilometres
LEAST_ISLAND = 1e-5  # 400 square kilometres
LEAST_SHARE = 0.05  # an island smaller than this part of its country's largest goes, if it is also less than LEAST_ISLAND
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
"""Shapes without an ISO number, and the region of the list they lie in. Siachen Glacier is left to nobody."""
PARTS = {
    "FR": {"GF": (-53, 4), "GP": (-61.6, 16.2), "MQ": (-61, 14.7), "RE": (55.5, -21.1), "YT": (45.2, -12.8)},
    "NO": {"SJ": (18, 78.5), "BV": (3.4, -54.4)},
    "NL": {"BQ": (-68.3, 12.2)},
    "RU": {"UA": (34.3, 45.3)},
}
"""Where (longitude, latitude) a polygon of one country is to stand under another code: overseas parts, Svalbard, Crimea."""
REACH = {"SJ": 9.0}  # degrees around that point; 2 for the others

Ring = list[int]


def main(atlas: str) -> None:
    """Prints the file."""
    topology = json.loads((Path(atlas) / "countries-50m.json").read_text())
    arcs = [_degrees(topology, arc) for arc in topology["arcs"]]
    _undivided(topology, arcs)
    arcs = [_simpler(arc) for arc in arcs]
    shapes = _by_code(topology, arcs)
    used = sorted({_plain(index) for polygons in shapes.values() for rings in polygons for ring in rings for index in ring})
    number = {old: new for new, old in enumerate(used)}
    geometries = [
        {
            "type": "MultiPolygon",
            **({"id": code} if code else {}),
            "arcs": [[[number[i] if i >= 0 else ~number[~i] for i in ring] for ring in rings] for rings in polygons],
        }
        for code, polygons in sorted(shapes.items())
    ]
    print(
        json.dumps(
            {
                "type": "Topology",
                "transform": {"scale": [1 / GRID, 1 / GRID], "translate": [0, 0]},
                "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
                "arcs": [_steps(arcs[old]) for old in used],
            },
            separators=(",", ":"),
        ).replace("]],[[", "]],\n[[")
    )


def _by_code(topology: Any, arcs: list[Line]) -> dict[str, list[list[Ring]]]:
    """Alpha-2 code -> polygons, each an outer ring and its holes, without specks; under "" what is nobody's."""
    codes = {row["iso_numeric"]: row["iso_alpha2"] for row in regions() if row["iso_numeric"]}
    found: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry.get("arcs", [])
        polygons = [polygons] if geometry["type"] == "Polygon" else polygons
        code = codes.get(geometry.get("id", ""), WITHOUT_NUMBER.get(geometry["properties"]["name"], ""))
        for rings in polygons:
            found.setdefault(_moved(code, _ring(rings[0], arcs)), []).append(rings)
    return {code: _without_specks(polygons, arcs) for code, polygons in found.items()}


def _moved(code: str, ring: Line) -> str:
    x, y = (sum(values) / len(ring) for values in zip(*ring, strict=True))
    near = {part: hypot(x - east, y - north) for part, (east, north) in PARTS.get(code, {}).items()}
    part = min(near, key=near.__getitem__, default=code)
    return part if near.get(part, 0) < REACH.get(part, 2) else code


def _without_specks(polygons: list[list[Ring]], arcs: list[Line]) -> list[list[Ring]]:
    sizes = [
        max(doubled_area(_flat(unwrapped(_ring(ring, arcs)))) / 2 for ring in rings) for rings in polygons
    ]  # one around a pole is no first ring
    least = min(LEAST_ISLAND, LEAST_SHARE * max(sizes))
    alone = [len(rings[0]) == 1 for rings in polygons]  # what meets a neighbour stays, or a hole would open in the land
    return [rings for rings, size, island in zip(polygons, sizes, alone, strict=True) if size >= least or not island]


def _undivided(topology: Any, arcs: list[Line]) -> None:
    """Western Sahara as it stands in the UN's list, up to 27°40' north: Natural Earth ends it at the berm, a border of Morocco alone."""
    shapes = {geometry["properties"]["name"]: geometry for geometry in topology["objects"]["countries"]["geometries"]}
    morocco, sahara = shapes["Morocco"]["arcs"][0], shapes["W. Sahara"]["arcs"][0]
    (berm,) = {_plain(index) for index in morocco} & {_plain(index) for index in sahara}
    (coast,) = [index for index in morocco if arcs[index][0] == arcs[berm][-1]]
    north = arcs[berm][0]
    cut = next(number for number, (_x, y) in enumerate(arcs[coast]) if y > north[1])
    shore = (arcs[coast][cut][0], north[1])
    arcs[berm] = [north, shore]
    arcs.append([*arcs[coast][:cut], shore])
    arcs[coast] = [shore, *arcs[coast][cut:]]
    sahara.insert(sahara.index(~berm), len(arcs) - 1)


def _degrees(topology: Any, arc: list[list[int]]) -> Line:
    (a, b), (c, d) = topology["transform"]["scale"], topology["transform"]["translate"]
    return [(x * a + c, y * b + d) for x, y in accumulate(arc, lambda here, step: [here[0] + step[0], here[1] + step[1]])]


def _simpler(points: Line) -> Line:
    return [point for point, weight in zip(points, weights(_flat(unwrapped(points))), strict=True) if weight >= LEAST_TRIANGLE]


def _flat(points: Line) -> Line:
    """On Lambert's cylinder, where areas are true."""
    return [(radians(x), sin(radians(y))) for x, y in points]


def _ring(indices: Ring, arcs: list[Line]) -> Line:
    return [point for index in indices for point in (arcs[index] if index >= 0 else arcs[~index][::-1])]


def _steps(line: Line) -> list[list[int]]:
    whole = [(round(x * GRID), round(y * GRID)) for x, y in line]
    return [[x - a, y - b] for (x, y), (a, b) in zip(whole, [(0, 0), *whole], strict=False)]


def _plain(index: int) -> int:
    return index if index >= 0 else ~index


if __name__ == "__main__":
    main(*sys.argv[1:])
