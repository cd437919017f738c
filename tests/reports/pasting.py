"""A pasted text, and all that was recognised of it as one object to compare."""

from __future__ import annotations

from typing import Any

from articles.reports.paste import recognise
from articles.taxonomy.names import named

LANGUAGES = ("en", "es", "ar")
TAGLINE = "News of people who have no one to speak for them"


def read(text: str, *, languages: tuple[str, ...] = LANGUAGES) -> dict[str, Any]:
    """What is not empty: dates as text, regions by their codes, the body's blocks, the fields that are unsure."""
    found = recognise(text, languages=languages, region_named=named, taglines=[TAGLINE])
    facts = {
        "language": found.language,
        "headline": found.headline,
        "date": found.dateline_on.isoformat() if found.dateline_on else "",
        "days": [on.isoformat() for on in found.date_candidates] if not found.dateline_on else [],
        "place": found.place,
        "region": " ".join(region.iso_alpha2 or region.un_m49 for region in found.regions),
        "source": found.source,
        "body": found.body,
        "contact": found.contact,
        "address": found.address,
        "dropped": found.dropped,
        "unsure": sorted(found.unsure),
    }
    return {name: value for name, value in facts.items() if value}
