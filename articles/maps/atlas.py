"""The file of shapes, read and proved: TopoJSON with one object `countries`, each shape under its ISO 3166-1 code. docs/maps.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from articles.maps.lines import Line
from articles.taxonomy import tables

OURS = Path(__file__).parent / "facts" / "world.json"
MOST_BYTES = 4_000_000
FEWEST_SHAPES = 100  # a map of one country is none of the world

Ring = tuple[int, ...]
"""The arcs of a ring; one that is negated (~) runs backwards."""


class AtlasError(Exception):
    """The file cannot be used; the message says what to do."""


@dataclass(frozen=True, eq=False)
class Atlas:
    """Arcs in degrees, and the rings of each shape by its alpha-2 code, outer rings and holes alike. Under "" is land of no region."""

    arcs: tuple[Line, ...]
    rings: dict[str, tuple[Ring, ...]]

    def users(self) -> list[tuple[str, ...]]:
        """For each arc the codes whose land it bounds: one for a coast, two for a border; a code twice within one land."""
        found: list[list[str]] = [[] for _arc in self.arcs]
        for code, rings in self.rings.items():
            for ring in rings:
                for index in ring:
                    found[plain(index)].append(code)
        return [tuple(codes) for codes in found]

    def outline(self, codes: Iterable[str]) -> list[Ring]:
        """The rings around the lands of these codes together: what lies between two of them is no outline."""
        directed = [index for code in codes for ring in self.rings.get(code, ()) for index in ring]
        times: dict[int, int] = {}
        for index in directed:
            times[plain(index)] = times.get(plain(index), 0) + 1
        return self._chained([index for index in directed if times[plain(index)] == 1])

    def _chained(self, directed: list[int]) -> list[Ring]:
        starting: dict[tuple[float, float], list[int]] = {}
        for index in directed:
            starting.setdefault(self.ends(index)[0], []).append(index)
        found: list[Ring] = []
        for first in directed:
            ring: list[int] = []
            here = self.ends(first)[0]
            while starting.get(here):
                ring.append(starting[here].pop())
                here = self.ends(ring[-1])[1]
            if ring:
                found.append(tuple(ring))
        return found

    def ends(self, index: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """First and last point of an arc in its direction; 180 degrees west and east are one place."""
        arc = self.arcs[plain(index)]
        first, last = (arc[0], arc[-1]) if index >= 0 else (arc[-1], arc[0])
        return (first[0] % 360, first[1]), (last[0] % 360, last[1])


def plain(index: int) -> int:
    """The number of an arc, whichever way it runs."""
    return index if index >= 0 else ~index


def atlas() -> Atlas:
    """The site's own file of shapes if it names one (`MAP_FILE`), ours otherwise. Raises AtlasError."""
    return read(Path(settings.MAP_FILE) if settings.MAP_FILE else OURS)


@lru_cache(maxsize=2)
def read(path: Path) -> Atlas:
    """The shapes of a file. Raises AtlasError with a sentence when it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AtlasError(f"it is larger than {MOST_BYTES // 1_000_000} MB: simplify its lines.")
        text = json.loads(path.read_bytes())
    except OSError as error:
        raise AtlasError(f"it cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise AtlasError("it is no JSON.") from error
    try:
        found = _atlas(text)
    except (KeyError, TypeError, IndexError, ValueError, AttributeError, OverflowError) as error:
        raise AtlasError("it is no TopoJSON: a part is missing, or is no number where one must stand.") from error
    _prove(found)
    return found


def _atlas(text: Any) -> Atlas:
    if text["type"] != "Topology" or "countries" not in text["objects"]:
        raise AtlasError("it is no TopoJSON with an object named `countries`.")
    codes = _codes()
    rings: dict[str, list[Ring]] = {}
    for geometry in text["objects"]["countries"]["geometries"]:
        code = codes.get(str(geometry.get("id", "")).upper().zfill(2))
        if code is None:
            raise AtlasError(f"the shape `{geometry['id']}` stands under no code of ISO 3166-1 (or XK).")
        polygons = geometry.get("arcs") or []
        for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
            rings.setdefault(code, []).extend(tuple(ring) for ring in polygon)
    return Atlas(tuple(_arcs(text)), {code: tuple(own) for code, own in rings.items()})


def _codes() -> dict[str, str]:
    """Alpha-2, alpha-3 or number -> alpha-2."""
    rows = [row for row in tables.regions() if row["iso_alpha2"]]
    found = {row[name]: row["iso_alpha2"] for row in rows for name in ("iso_alpha2", "iso_alpha3", "iso_numeric") if row[name]}
    return {**found, "00": ""}


def _arcs(text: Any) -> Iterable[Line]:
    transform = text.get("transform")
    for arc in text["arcs"]:
        if not transform:
            yield [(float(x), float(y)) for x, y in arc]
            continue
        (a, b), (c, d) = transform["scale"], transform["translate"]
        yield [(x * a + c, y * b + d) for x, y in accumulate(arc, lambda here, step: [here[0] + step[0], here[1] + step[1]])]


def _prove(found: Atlas) -> None:
    """That every ring closes, of arcs that are there, on this globe."""
    for arc in found.arcs:
        if len(arc) < 2 or not all(-181 <= x <= 181 and -90.01 <= y <= 90.01 for x, y in arc):
            raise AtlasError("a line leaves the globe, or has no length: longitudes and latitudes are wanted, in degrees (WGS 84).")
    for code, rings in found.rings.items():
        for ring in rings:
            if not ring or not all(isinstance(index, int) and plain(index) < len(found.arcs) for index in ring):
                raise AtlasError(f"the shape `{code}` names a line that is not there.")
            if not all(found.ends(a)[1] == found.ends(b)[0] for a, b in pairwise([*ring, ring[0]])):
                raise AtlasError(f"the shape `{code}` does not close.")
    if len([code for code in found.rings if code]) < FEWEST_SHAPES:
        raise AtlasError(f"it holds fewer than {FEWEST_SHAPES} countries.")
