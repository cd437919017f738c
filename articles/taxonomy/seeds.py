"""Regions from the committed table of facts, with their names from babel and the house's own."""

from __future__ import annotations

from itertools import groupby

from babel import Locale
from django.conf import settings
from django.db import transaction

from articles.taxonomy import tables
from articles.taxonomy.models import Region, RegionName
from articles.taxonomy.tables import Row, code_of

CODES = ("iso_alpha2", "iso_alpha3", "iso_numeric", "un_m49")
PLACE = ("latitude", "longitude", "west", "east")
TAKEN = ("kind", "parent_id", "path", "name", "note", *CODES, *PLACE)


def seed() -> None:
    """Brings regions and their names to the state of the table. A name that the newsroom chose stays, and an address once given."""
    rows = tables.regions()
    with transaction.atomic():
        regions = _seed_regions(rows)
        _seed_names(rows, regions)


def _seed_regions(rows: list[Row]) -> dict[str, Region]:
    """The regions by code. Written one floor of the tree after the other: a child needs its parent's id and path."""
    standing = {region.iso_alpha2 or region.un_m49 or "": region for region in Region.objects.all()}
    regions: dict[str, Region] = {}
    depths = _depths(rows)
    for _depth, floor in groupby(sorted(rows, key=lambda row: depths[code_of(row)]), key=lambda row: depths[code_of(row)]):
        fresh: list[Region] = []
        changed: list[Region] = []
        for row in floor:
            region = regions[code_of(row)] = standing.get(code_of(row)) or Region(slug=row["slug"])
            if _take(region, row, regions.get(row["parent"])):
                (changed if region.pk else fresh).append(region)
        Region.objects.bulk_create(fresh)
        Region.objects.bulk_update(changed, TAKEN, batch_size=50)
    return regions


def _take(region: Region, row: Row, parent: Region | None) -> bool:
    """Sets the row's facts; whether anything was another before."""
    facts: dict[str, object] = {
        "kind": row["kind"],
        "parent_id": parent.pk if parent else None,
        "path": f"{parent.path if parent else '/'}{region.slug}/",
        "name": row["name"],
        "note": row["note"],
        **{name: row[name] or None for name in CODES},
        **{name: float(row[name]) for name in PLACE},
    }
    changed = [name for name, value in facts.items() if getattr(region, name) != value]
    for name in changed:
        setattr(region, name, facts[name])
    return bool(changed) or not region.pk


def _depths(rows: list[Row]) -> dict[str, int]:
    """Code -> how many regions a row lies in; the table names parents first."""
    depths = {"": -1}
    for row in rows:
        depths[code_of(row)] = depths[row["parent"]] + 1
    return depths


def _seed_names(rows: list[Row], regions: dict[str, Region]) -> None:
    ours = {(row["language"], row["code"]): row["name"] for row in tables.table("names.tsv")}
    standing = {(name.region_id, name.language): name for name in RegionName.objects.all()}
    fresh, changed = [], []
    for language, _name in settings.LANGUAGES:
        territories = Locale.parse(language, sep="-").territories
        for row in rows:
            code, region = code_of(row), regions[code_of(row)]
            name = ours.get((language, code)) or (row["name"] if language == "en" else territories.get(code, row["name"]))
            here = standing.get((region.pk, language))
            if here is None:
                fresh.append(RegionName(region=region, language=language, name=name))
            elif not here.own and here.name != name:
                here.name = name
                changed.append(here)
    RegionName.objects.bulk_create(fresh)
    RegionName.objects.bulk_update(changed, ["name"], batch_size=100)
