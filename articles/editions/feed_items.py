"""One report as feeds carry it: an item for RSS, Atom and JSON Feed without the full text, and that text once for all three."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from articles.editions import addresses, prose
from articles.editions.models import Edition

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids (its section 2.2): a feed stays well-formed whatever was pasted."""
OWN_ADDRESS = re.compile(r'(<[a-z]+ (?:[a-z-]+="[^"<>]*" )*(?:href|src)=")(?=/(?!/))')
MARK = re.compile(r'(<a (?:[a-z-]+="[^"<>]*" )*href=")(?=#)')
TYPES = {"jpg": "image/jpeg"}


def draw_items(edition: Edition, context: dict[str, Any]) -> None:
    """Sets the columns of the edition that its feeds are made of; `context` is that of its page."""
    pictures = [shown for each in (context["lead"], *context["pictures"]) if each and (shown := _picture(each))]
    context = {**context, "feed_pictures": pictures, "lead_picture": pictures[0] if context["lead"] and pictures else None}
    edition.feed_html = _clean(_text(edition, context))
    edition.rss_xml = _clean(render_to_string("feeds/_rss_item.xml", context))
    edition.atom_xml = _clean(render_to_string("feeds/_atom_entry.xml", context))
    edition.json_item = _clean(json.dumps(_json(edition, context), ensure_ascii=False, separators=(",", ":")))


def _text(edition: Edition, context: dict[str, Any]) -> str:
    """The text without what is pulled out of it, every address in it whole: feeds are read elsewhere."""
    body = prose.noted(edition.body, edition.language, notes=len(context["citations"])).html
    opening, rest = prose.opened(body)
    parts = {
        "citations": [{**each, "marks": []} for each in context["citations"]],
        "text_html": mark_safe(body),  # noqa: S308 - sanitised by the text room, compared at composition
        "opening_html": mark_safe(opening),  # noqa: S308 - as above
        "rest_html": mark_safe(rest),  # noqa: S308 - as above
    }
    html = render_to_string("feeds/_text.html", {**context, **parts})
    return OWN_ADDRESS.sub(rf"\1{settings.SITE_URL}", MARK.sub(rf"\1{settings.SITE_URL}{edition.path}", html))


def _json(edition: Edition, context: dict[str, Any]) -> dict[str, Any]:
    """JSON Feed 1.1, without `content_html`."""
    language = edition.language
    named = [
        {"name": each.byline.name, "url": settings.SITE_URL + addresses.author_path(language, each.byline.slug)}
        for each in context["authors"]
    ]
    item = {
        "id": f"urn:uuid:{edition.uuid}",
        "url": context["address"],
        "title": context["feed_title"],
        "summary": context["description"],
        "image": context["lead_picture"]["address"] if context["lead_picture"] else "",
        "date_published": _moment(edition.published_at),
        "date_modified": _moment(edition.updated_at),
        "authors": named or [{"name": context["site"].name}],
        "tags": [each.name for each in (*context["regions"], *context["tags"])],
        "language": language,
    }
    return {name: value for name, value in item.items() if value}


def _picture(picture: dict[str, Any]) -> dict[str, Any] | None:
    """A picture's plainest and widest file, by its whole address; of an old drawing the size in bytes is not known."""
    file = picture["src"]
    if not file:
        return None
    kind = file["format"].lower()
    return {
        "image": picture["image"],
        "address": settings.SITE_URL + addresses.media_path(file["file"]),
        "type": TYPES.get(kind, f"image/{kind}"),
        "bytes": file.get("bytes"),
        "width_px": file["width_px"],
        "height_px": file["height_px"],
    }


def _clean(text: str) -> str:
    return NOT_XML.sub("", text).strip() + "\n"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
