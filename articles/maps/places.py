"""Regions on the map: which lands a region of the list is made of, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from articles.maps.locator import Locator, locator
from articles.maps.world import HEIGHT, WIDTH, Land, spot, world
from articles.taxonomy import tables

APART = frozenset("BV GS HM IO PN SH TF UM RU".split())
"""What would stretch the window around a group of countries across an ocean or a continent; alone they are drawn like any other."""
REPORT_LETTERS = 1700
"""Of path data in a report: with its words the drawing stays under 1.4 KB compressed."""
REGION_LETTERS = 6000


@dataclass(frozen=True)
class Lands:
    """A region as the list has it: its code, those of its countries, and a place for what has no shape."""

    code: str
    countries: tuple[str, ...]
    place: tuple[float, float]


def region_map(path: str) -> Locator | None:
    """The region of this path in the list, in its surroundings; the world is drawn whole. None for a path that leads nowhere."""
    lands = _lands(path)
    if lands is None:
        return None
    if lands.code == "001":
        drawn = world(coarser=8.0)
        return Locator(WIDTH, HEIGHT, shape=drawn.land, net=drawn.net + drawn.globe, is_whole=True)
    return _drawn(lands, most_letters=REGION_LETTERS, has_net=True)


def report_map(path: str) -> Locator | None:
    """The same for a report's page, in few bytes; None for the world, which says nothing of where."""
    lands = _lands(path)
    return _drawn(lands, most_letters=REPORT_LETTERS, has_net=False) if lands and lands.code != "001" else None


def code_of(slug: str) -> str | None:
    """The alpha-2 code of a country by its address; None for what is no country of the list."""
    found = _by_slug().get(slug)
    return found.code if found and found.code.isalpha() else None


def land_of(code: str) -> Land:
    """A country on the map of the world; without a path where the file in use has no shape of it."""
    return world().lands.get(code) or Land("", None)


def place_of(code: str) -> tuple[int, int]:
    """Where a country's dot stands on the map of the world."""
    return spot(*_by_code()[code].place)


def _drawn(lands: Lands, *, most_letters: int, has_net: bool) -> Locator:
    frame = [code for code in lands.countries if code not in APART]
    return locator(lands.countries, lands.place, frame=frame, most_letters=most_letters, has_net=has_net)


def _lands(path: str) -> Lands | None:
    """Of the narrowest region of a path that the list knows: a province is shown as its country."""
    return next((found for slug in reversed(path.split("/")) if (found := _by_slug().get(slug))), None)


@lru_cache(maxsize=1)
def _by_slug() -> dict[str, Lands]:
    rows = tables.regions()
    countries: dict[str, list[str]] = {tables.code_of(row): [row["iso_alpha2"]] if row["iso_alpha2"] else [] for row in rows}
    for row in reversed(rows):  # parents stand first
        if row["parent"]:
            countries[row["parent"]] += countries[tables.code_of(row)]
    return {
        row["slug"]: Lands(code, tuple(sorted(countries[code])), (float(row["longitude"]), float(row["latitude"])))
        for row in rows
        for code in [tables.code_of(row)]
    }


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Lands]:
    return {lands.code: lands for lands in _by_slug().values()}
