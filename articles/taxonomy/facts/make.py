"""Makes regions.tsv from facts of CLDR (UN M49 containment, ISO 3166 codes), Natural Earth (shapes, 1:50m) and names of babel.

Usage, where the npm packages cldr-core and world-atlas are unpacked:
    python articles/taxonomy/facts/make.py CLDR_CORE WORLD_ATLAS > articles/taxonomy/facts/regions.tsv
Only codes, containment, numbers and names are taken.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from anyascii import anyascii
from babel import Locale

COLUMNS = "kind un_m49 iso_alpha2 iso_alpha3 iso_numeric parent slug name latitude longitude west east note".split()
GROUPS = {
    "002": (("subregion", "015", ()), ("subregion", "202", ("014", "017", "018", "011"))),
    "019": (("subregion", "021", ()), ("subregion", "419", ("029", "013", "005"))),
}
"""Where M49 has intermediate regions, which CLDR puts straight under the continent."""
NAMES = {
    "001": "World", "151": "Eastern Europe", "419": "Latin America and the Caribbean", "057": "Micronesian Region",
    "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "CI": "Côte d’Ivoire", "HK": "Hong Kong", "KP": "North Korea",
    "KR": "South Korea", "MM": "Myanmar", "MO": "Macao", "PS": "Palestine", "TR": "Türkiye", "US": "United States",
    "GS": "South Georgia and the South Sandwich Islands", "VC": "Saint Vincent and the Grenadines",
}  # fmt: skip
TERRITORIES = frozenset(
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX "
    "TC TF TK UM VG VI WF YT".split()
)
NOTES = {
    "TW": "Listed under Eastern Asia by position; M49 has no entry of its own.",
    "XK": "No ISO 3166-1 entry: XK and XKK are user-assigned, M49 has none.",
    "AQ": "M49 lists it under the world, in no region.",
}
PLACES = {
    "AQ": (-82.0, 0.0, -180.0, 180.0), "BL": (17.9, -62.8), "BQ": (12.2, -68.3), "BV": (-54.4, 3.4), "CC": (-12.2, 96.8),
    "CX": (-10.5, 105.7),
    "GF": (4.0, -53.0, -54.6, -51.6), "GI": (36.14, -5.35), "GP": (16.2, -61.6), "MF": (18.1, -63.1), "MQ": (14.7, -61.0),
    "PM": (46.9, -56.3),
    "PN": (-24.4, -128.3), "RE": (-21.1, 55.5), "SJ": (78.0, 20.0, 10.5, 33.5), "TK": (-9.2, -171.8), "TV": (-8.5, 179.2),
    "UM": (19.3, 166.6),
    "YT": (-12.8, 45.2),
}  # fmt: skip
"""Latitude, longitude (west, east) of what has no shape of its own in Natural Earth, or one that goes around a pole."""
FAR_AWAY = frozenset("BV GS HM IO PN SH TF UM".split())
"""Islands that would stretch the region they are counted to across an ocean."""
OUTSIDE = frozenset("AC CP CQ DG EA EU EZ IC QO QU TA UN".split())
"""Codes of CLDR's containment that are none of ISO 3166-1's countries: exceptional reservations and groups."""
FRANCE = "250"  # its shape holds the overseas departments too

Ring = list[tuple[float, float]]
Span = tuple[float, float]
Row = dict[str, Any]


def rings(topology: Any, geometry: Any) -> Iterator[Ring]:
    """The outer rings of a TopoJSON geometry, in degrees."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        ring: Ring = []
        for index in polygon[0]:
            x = y = 0
            points = []
            for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
                x, y = x + dx, y + dy
                points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            ring += points if index >= 0 else points[::-1]
        yield ring


def area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def span(longitudes: Sequence[float]) -> Span:
    """(west, east) of the shortest arc that holds all; west > east where it crosses 180 degrees."""
    found = sorted(set(longitudes))
    gaps = [(b - a, a, b) for a, b in pairwise(found)] + [(found[0] + 360 - found[-1], found[-1], found[0])]
    _gap, east, west = max(gaps)
    return west, east


def joined(spans: Sequence[Span]) -> Span:
    """(west, east) of the shortest arc that holds all arcs."""

    def width_from(west: float) -> float:
        return max((w - west) % 360 + (e - w) % 360 for w, e in spans)

    west = min((w for w, _e in spans), key=width_from)
    return west, turned(west + width_from(west))


def middle(west: float, east: float) -> float:
    return turned(west + (east - west) % 360 / 2)


def turned(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def shapes(topology: Any) -> dict[str, list[Ring]]:
    """ISO number (XK of Kosovo) -> rings, the largest first, without specks. Of two shapes with one number (Australia's) the larger."""
    found: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        key = geometry.get("id") or {"Kosovo": "XK"}.get(geometry["properties"]["name"])
        if key and geometry.get("arcs"):
            largest_first = sorted(rings(topology, geometry), key=area, reverse=True)
            least = area(largest_first[0]) * (0.5 if key == FRANCE else 0.05)
            if key not in found or area(largest_first[0]) > area(found[key][0]):
                found[key] = [ring for ring in largest_first if area(ring) >= least]
    return found


def place(alpha2: str, own: list[Ring] | None) -> dict[str, Any]:
    """Latitude, longitude of the largest part; west and east of all of it."""
    if alpha2 in PLACES or not own:
        latitude, longitude, *edges = PLACES[alpha2]
        west, east = edges or (longitude - 0.3, longitude + 0.3)
    else:
        latitude = sum(y for _x, y in own[0]) / len(own[0])
        longitude = middle(*span([x for x, _y in own[0]]))
        west, east = span([x for ring in own for x, _y in ring])
    return {"latitude": latitude, "longitude": longitude, "west": west, "east": east}


def around(members: list[Row]) -> dict[str, Any]:
    """Where a group lies: the mean of its countries, and the arc that holds them."""
    near = [row for row in members if row["iso_alpha2"] and row["iso_alpha2"] not in FAR_AWAY]
    west, east = joined([(row["west"], row["east"]) for row in near])
    offsets = [(row["longitude"] - west) % 360 for row in near]
    latitude = sum(row["latitude"] for row in near) / len(near)
    return {"latitude": latitude, "longitude": turned(west + sum(offsets) / len(offsets)), "west": west, "east": east}


def english(code: str) -> str:
    name = NAMES.get(code) or Locale("en").territories[code]
    return name.replace(" & ", " and ").replace("St. ", "Saint ")


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub("['.]", "", anyascii(name).lower())).strip("-")


class Tree:
    """The rows of the table, from the world down."""

    def __init__(self, cldr: Path, atlas: Path) -> None:
        self.contains = _read(cldr / "supplemental" / "territoryContainment.json")["territoryContainment"]
        self.codes = _read(cldr / "supplemental" / "codeMappings.json")["codeMappings"]
        self.shapes = shapes(json.loads((atlas / "countries-50m.json").read_text()))

    def world(self) -> list[Row]:
        below = [row for code in self.contains["001"]["_contains"] for row in self.group("region", code, "001")]
        row = self.row("world", "001", "", latitude=0.0, longitude=0.0, west=-180.0, east=180.0)
        return [row, *below, self.country("AQ", "001")]

    def group(self, kind: str, code: str, parent: str) -> list[Row]:
        if code in GROUPS:
            below = [row for kind_below, child, _inner in GROUPS[code] for row in self.group(kind_below, child, code)]
        elif inner := next((inner for groups in GROUPS.values() for _kind, group, inner in groups if group == code), ()):
            below = [row for child in inner for row in self.group("intermediate", child, code)]
        else:
            children = self.contains[code]["_contains"]
            below = [row for child in children if child.isdigit() for row in self.group("subregion", child, code)]
            below += [self.country(child, code) for child in children if not child.isdigit() and child not in OUTSIDE]
        return [self.row(kind, code, parent, **around(below)), *below]

    def country(self, alpha2: str, parent: str) -> Row:
        numeric = self.codes[alpha2].get("_numeric", "") if alpha2 != "XK" else ""
        return self.row(
            "territory" if alpha2 in TERRITORIES else "country", "" if alpha2 in ("XK", "TW") else numeric, parent, alpha2=alpha2,
            alpha3="XKK" if alpha2 == "XK" else self.codes[alpha2]["_alpha3"], numeric=numeric,
            **place(alpha2, self.shapes.get(numeric or alpha2)),
        )  # fmt: skip

    def row(self, kind: str, m49: str, parent: str, *, alpha2: str = "", alpha3: str = "", numeric: str = "", **where: Any) -> Row:
        name = english(alpha2 or m49)
        codes = {"un_m49": m49, "iso_alpha2": alpha2, "iso_alpha3": alpha3, "iso_numeric": numeric}
        return {"kind": kind, **codes, "parent": parent, "slug": slug(name), "name": name, **where, "note": NOTES.get(alpha2, "")}


def _read(path: Path) -> Any:
    return json.loads(path.read_text())["supplemental"]


def main(cldr: str, atlas: str) -> None:
    """Prints the table."""
    print(*COLUMNS, sep="\t")
    for row in Tree(Path(cldr), Path(atlas)).world():
        print(*(f"{row[name]:.2f}" if isinstance(row[name], float) else row[name] for name in COLUMNS), sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
