"""The front page's <main>: for readers, and for the desk's preview of blocks that nobody has saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.editions import addresses
from articles.editions.blocks import ACTION, LATEST, LEAD, PICKS, Filled, Shape, filled
from articles.editions.front import front
from articles.editions.groups import by_day, day_of
from articles.editions.lists import Card
from articles.editions.page import surroundings
from articles.editions.words import KINDS


def front_context(language: str, shapes: Sequence[Shape], chosen: Mapping[UUID, Card]) -> dict[str, Any]:
    """What home.html draws, beside `surroundings`: two statements. A block that has nothing to show is left out."""
    blocks = [block for block in filled(shapes, chosen, language) if block.cards or block.shape.kind == ACTION]
    newest = front(language)
    lead = _lead(blocks.pop(0)) if blocks and blocks[0].shape.kind == LEAD else None
    rest = [_drawn(block, language) for block in blocks]
    return {
        "dial": newest.dial,
        "lead": lead,
        "list_html": render_to_string("public/_blocks.html", {"blocks": rest, "lang": language}) if rest else "",
        "regions": newest.regions,
    }


def front_main_html(language: str, shapes: Sequence[Shape], chosen: Mapping[UUID, Card], *, site_name: str) -> str:
    """The whole <main>."""
    context = front_context(language, shapes, chosen)
    return render_to_string("public/home.html", {**surroundings(language), "site_name": site_name, **context})


def _lead(block: Filled) -> dict[str, Any]:
    card = block.cards[0]
    return {"heading": block.shape.heading, "is_newest": card.uuid not in block.shape.chosen, "on": day_of(card), "card_html": card.html}


def _drawn(block: Filled, language: str) -> dict[str, Any]:
    """What _blocks.html says of one block."""
    shape = block.shape
    if shape.kind == LATEST:
        return {"heading": shape.heading, "list_html": by_day(block.cards, language)}
    if shape.kind == ACTION:
        return {"heading": shape.heading, "text": shape.text, "link": shape.link, "label": shape.label}
    if shape.kind == LEAD:
        return {"lead": _lead(block)}
    heading, everything = _named(block, language)
    return {"heading": shape.heading or heading, "cards_html": "".join(card.html for card in block.cards), "all": everything}


def _named(block: Filled, language: str) -> tuple[str, dict[str, str] | None]:
    """A block's own name, and the way to all that belongs to it."""
    shape = block.shape
    if shape.kind == PICKS:
        return _("Chosen by the editors"), None
    if shape.kind == "kind":
        name = str(KINDS.get(shape.report_kind, shape.report_kind))
        path = f"{addresses.reports_path(language)}?{urlencode({'kind': shape.report_kind})}"
        return name, {"path": path, "label": _("All of the kind “%(name)s”") % {"name": name}}
    build = addresses.region_path if shape.kind == "region" else addresses.tag_path
    label = _("All from %(name)s") if shape.kind == "region" else _("All on “%(name)s”")
    return shape.name, {"path": build(language, shape.slug), "label": label % {"name": shape.name}}
