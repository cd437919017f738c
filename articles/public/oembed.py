"""oEmbed (oembed.com) of our own reports: a quotation with a link, without a script. Of any other address nothing is known here."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses
from articles.editions.drawing import description
from articles.editions.feed_items import NOT_XML
from articles.editions.models import Address, Edition
from articles.editions.sitemap import widest
from articles.identity.shell import shell_for
from articles.public.reports import nothing_here
from articles.public.request import ReaderRequest
from articles.text.languages import direction

WIDEST_PX = 600
"""Wide enough for a quotation; it takes less where less is offered."""


@require_safe
def oembed(request: ReaderRequest) -> HttpResponse:
    """The card of a live report: `url` is its address, `format` json or xml, `maxwidth` the room there is.

    Whatever else is asked for answers as any random address: a draft's address no different from one that never was.
    """
    form = request.GET.get("format", "json")
    edition = _edition(request.GET.get("url", ""))
    if edition is None or form not in ("json", "xml"):
        return nothing_here(request)
    card = _card(edition, width_px=_width(request.GET.get("maxwidth", "")))
    if form == "xml":
        told = "".join(f"<{name}>{escape(NOT_XML.sub('', str(value)))}</{name}>" for name, value in card.items() if value is not None)
        body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{told}</oembed>\n'.encode()
        return respond(request, body, content_type="text/xml; charset=utf-8")
    return respond(request, f"{json.dumps(card, ensure_ascii=False)}\n".encode(), content_type="application/json; charset=utf-8")


def _edition(url: str) -> Edition | None:
    """The listed edition at an address of this site, or of one that moved there."""
    try:
        split = urlsplit(url)
    except ValueError:
        return None
    own = {urlsplit(each)[:2] for each in (settings.SITE_URL, settings.ONION_URL) if each}
    if (split.scheme, split.netloc) not in own or "\x00" in split.path or len(split.path) > 200:
        return None
    address = Address.objects.filter(path=split.path).exclude(answer=Address.Answer.GONE).values_list("path", "to").first()
    if address is None:
        return None
    return Edition.objects.filter(path=address[1] or address[0], listed=True).first()


def _card(edition: Edition, *, width_px: int) -> dict[str, Any]:
    shell = shell_for(edition.language)
    context = {
        "edition": edition,
        "address": settings.SITE_URL + edition.path,
        "description": description(edition.standfirst, edition.body),
        "site_name": shell.site_name,
        "lang": edition.language,
        "dir": direction(edition.language),
    }
    card: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": edition.headline,
        "provider_name": shell.site_name,
        "provider_url": settings.SITE_URL + addresses.home_path(edition.language),
        "width": width_px,
        "height": None,  # as tall as its words need: no number would be true
        "html": render_to_string("public/embedded.html", context).strip(),
    }
    lead = next((each for each in edition.edition_images.all() if each.lead), None)
    if lead and (file := widest(lead.renditions)):
        card |= {
            "thumbnail_url": settings.SITE_URL + addresses.media_path(file["file"]),
            "thumbnail_width": file["width_px"],
            "thumbnail_height": file["height_px"],
        }
    return card


def _width(text: str) -> int:
    return min(int(text), WIDEST_PX) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else WIDEST_PX
