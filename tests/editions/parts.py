"""Parts of editions that are not saved: what the tests of drawing write about."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from articles.editions.models import Edition
from articles.editions.parts import NamedRegion, Parts
from articles.identity.texts import Site
from articles.taxonomy.models import Region

SITE = Site(
    name="Lantern Watch", short_name="Lantern Watch", tagline="", footer="", terms="", founded=1994, licence="", licence_link="",
    name_lang="", tagline_lang="", footer_lang="", terms_lang="",
)  # fmt: skip
AT = dt.datetime(2023, 10, 18, 6, 30, tzinfo=dt.UTC)
KOREA = Region(pk=1, name="North Korea", slug="north-korea", longitude=127.2, west=124.2, east=130.7)
FIJI = Region(pk=2, name="Fiji", slug="fiji", longitude=178.0, west=177.0, east=-178.0)


def parts(*, region: Region | None = KOREA, region_name: str = "North Korea", **changes: Any) -> Parts:
    """One edition of a report, with a dateline in North Korea; `changes` go to the edition's column of that name, else to the parts."""
    given: dict[str, Any] = {
        "uuid": UUID(int=7), "language": "en", "kind": "report", "headline": "A bell is rung by telephone", "slug": "bell",
        "standfirst": "One village keeps its hours by ringing each house in turn.", "body": "<p>They rang at six.</p><p>Nobody slept.</p>",
        "translation_group": UUID(int=8), "dateline_on": AT.date(), "dateline_mode": "shown", "dateline_place": "",
        "byline_mode": "organisation", "event_precision": "unknown",
        "path": "/reports/2023/10/bell/", "listed": True, "published_at": AT, "updated_at": AT,
    }  # fmt: skip
    columns = {field.name for field in Edition._meta.get_fields()} - {"contact"}
    given.update({name: value for name, value in changes.items() if name in columns})
    others = {name: value for name, value in changes.items() if name not in columns}
    return Parts(edition=Edition(**given), site=SITE, dateline_region=NamedRegion(region, region_name) if region else None, **others)
