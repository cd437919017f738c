"""A region's or tag's page above its list: name, introduction and the reports that editors pinned, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.editions.blocks import card_of
from articles.editions.lists import Card
from articles.taxonomy.models import Region, Tag

READ = """
SELECT s.*, COALESCE(n.name, s.name) AS own_name, a.path AS profile_path, a.headline AS profile_headline, a.standfirst AS profile_standfirst,
  b.heading AS pinned_heading, e.uuid AS pin_uuid, e.published_at AS pin_at, e.card_html AS pin_html
FROM articles_{key} s
LEFT JOIN articles_{key}name n ON n.{key}_id = s.id AND n.language = %s
LEFT JOIN articles_edition a ON a.uuid = (
  SELECT x.uuid FROM articles_edition{key} r JOIN articles_edition x ON x.uuid = r.edition_id
  WHERE r.{key}_id = s.id AND r.language = %s AND x.kind = 'profile'{own} ORDER BY x.published_at DESC LIMIT 1)
LEFT JOIN articles_shapedpage p ON p.{key}_id = s.id AND p.language = %s
LEFT JOIN articles_block b ON b.page_id = p.id
LEFT JOIN articles_blockreport c ON c.block_id = b.id
LEFT JOIN articles_edition e ON e.uuid = c.report_uuid AND e.language = %s AND e.listed
  AND EXISTS (SELECT 1 FROM articles_edition{key} u WHERE u.edition_id = e.uuid AND u.{key}_id = s.id)
WHERE s.id = %s ORDER BY c."order"
"""
OWN = {"region": " AND r.is_own", "tag": ""}
"""The profile of a country is none of its continent."""
MODELS: dict[str, Any] = {"region": Region, "tag": Tag}


@dataclass(frozen=True)
class Subject:
    """`here` is the row, with `own_name`; `profile` its live introduction (path, headline, standfirst) or None."""

    here: Any
    profile: dict[str, str] | None
    pins: tuple[Card, ...]
    pinned_heading: str


def subject(what: str, pk: int, language: str) -> Subject:
    """The region or tag (`what`) as its page in that language shows it."""
    statement = READ.format(key=what, own=OWN[what])
    rows = list(MODELS[what].objects.raw(statement, [language, language, language, language, pk]))
    here = rows[0]
    profile = {name: getattr(here, f"profile_{name}") for name in ("path", "headline", "standfirst")} if here.profile_path else None
    pins = tuple(card_of(row.pin_at, row.pin_uuid, row.pin_html) for row in rows if row.pin_html is not None)
    return Subject(here, profile, pins, here.pinned_heading or "")


def pinned_html(pins: Sequence[Card], heading: str, language: str) -> str:
    """The pinned reports as they stand above the list; "" without one."""
    if not pins:
        return ""
    block = {"heading": heading or _("Read first"), "cards_html": "".join(card.html for card in pins), "all": None}
    return render_to_string("public/_blocks.html", {"blocks": [block], "lang": language})
