"""Where the newest reports come from: the needles of the front page's line and the list of regions beside it, in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.editions import addresses, line
from articles.editions.models import Edition
from articles.taxonomy.models import RegionName

NEWEST = 24


@dataclass(frozen=True)
class Place:
    """A region in the list: its path, name, and the day of its newest report."""

    path: str
    name: str
    on: dt.date


@dataclass(frozen=True)
class Front:
    dial: line.Dial
    regions: list[Place]


def front(language: str) -> Front:
    """The line and the regions of the newest reports that say where they come from."""
    own_name = RegionName.objects.filter(region=OuterRef("dateline_region"), language=language).values("name")[:1]
    newest = (
        Edition.objects.filter(language=language, listed=True)
        .order_by("-published_at", "-uuid")
        .select_related("dateline_region")
        .annotate(region_name=Coalesce(Subquery(own_name), "dateline_region__name"))
        .only("dateline_mode", "dateline_place", "published_at", "dateline_region")[:NEWEST]
    )
    zone = timezone.get_default_timezone()
    needles: list[tuple[str, line.Mark]] = []
    regions: dict[str, Place] = {}
    for edition in newest:
        region = edition.dateline_region
        if region is None or edition.dateline_mode == "withheld":
            continue
        name = edition.region_name
        shown = edition.dateline_place if edition.dateline_mode == "shown" else ""
        needles.append((shown or name, line.mark(edition.dateline_mode, edition.dateline_place, region)))
        regions.setdefault(
            region.slug, Place(addresses.region_path(language, region.slug), name, edition.published_at.astimezone(zone).date())
        )
    return Front(line.dial(needles), list(regions.values())[:8])
