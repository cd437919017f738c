"""The countries that have reports: under their continents, and on the map of the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from articles.editions import addresses
from articles.editions.used import Used
from articles.maps.places import code_of, land_of, place_of
from articles.maps.world import HEIGHT, WIDTH, world

PLACES = ("country", "territory", "admin1")
SMALL = 28
"""A land narrower or lower than this (of a drawing 1000 wide) has a wider target than its shape."""


def by_continent(found: Mapping[str, Used], language: str) -> list[dict[str, Any]]:
    """The continents by name, each with its countries, of the regions in use by their paths."""
    within: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for region in found.values():
        if region.kind in PLACES:
            steps = region.path.split("/")  # "", world, continent, …, ""
            on = region.newest_at.astimezone(timezone.get_default_timezone()).date()
            within["/".join(steps[:3]) + "/"].append({**step(region, language), "on": on, "slug": region.slug})
    continents = [{**step(found[path], language), "countries": countries} for path, countries in within.items() if path in found]
    return sorted(continents, key=lambda each: str(each["name"]))


def step(region: Used, language: str) -> dict[str, Any]:
    """A region as a link."""
    return {"name": region.name, "path": addresses.region_path(language, region.slug)}


def on_the_map(countries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What public/_world.html draws: larger lands first, so that a small one inside of them can be reached."""
    lands = [land for land in map(_land, countries) if land]
    return {"world": world(), "viewbox": f"0 0 {WIDTH} {HEIGHT}", "lands": _small_last(lands)}


def _land(country: dict[str, Any]) -> dict[str, Any] | None:
    code = code_of(country["slug"])
    if code is None:
        return None
    land, (x, y) = land_of(code), place_of(code)
    west, north, east, south = land.box or (x, y, x, y)
    return {**country, "shape": land.path, "dot": f"{x} {y}", "is_small": min(east - west, south - north) < SMALL}


def _small_last(lands: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lands, key=lambda land: bool(land["is_small"]))
