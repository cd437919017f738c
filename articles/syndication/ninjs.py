"""A report as ninjs, the IPTC's news in JSON (version 2.1)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.editions import addresses
from articles.editions.models import EditionImage, EditionVersion
from articles.syndication.forms import as_markdown
from articles.syndication.piece import Piece
from articles.text.laid_out import plain_lines

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"
TYPES = {"jpeg": "image/jpeg", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}


def as_ninjs(piece: Piece) -> dict[str, Any]:
    """The news object. A retracted report is `canceled`; what was corrected, and what is asked of the desk that takes it, stands in `ednote`."""
    edition, site = piece.parts.edition, piece.parts.site
    text = plain_lines(piece.text_html)
    year = edition.published_at.astimezone(timezone.get_default_timezone()).year
    found: dict[str, Any] = {
        "uri": f"urn:uuid:{edition.uuid}",
        "standard": {"name": "ninjs", "version": "2.1", "schema": SCHEMA},
        "type": "text",
        "representationtype": "full",
        "profile": "text-photo" if piece.parts.images else "text-only",
        "version": str(_version(piece)),
        "firstcreated": _moment(edition.published_at),
        "versioncreated": _moment(edition.updated_at),
        "pubstatus": "canceled" if piece.is_retracted else "usable",
        "language": edition.language,
        "title": edition.headline,
        "slugline": edition.slug,
        "headlines": [{"role": "main", "value": edition.headline}],
        "descriptions": [
            {"role": role, "contenttype": "text/plain", "value": text}
            for role, text in (("summary", edition.standfirst), ("backstory", piece.backstory))
            if text or role == "summary"
        ],
        "bodies": [
            {
                "role": "main",
                "contenttype": "text/html",
                "charcount": len(text),
                "wordcount": len(text.split()),
                "value": str(piece.text_html),
            },
            {"role": "main", "contenttype": "text/plain", "charcount": len(text), "wordcount": len(text.split()), "value": text},
            {"role": "whole", "contenttype": "text/markdown", "value": as_markdown(piece)},
        ],
        "by": piece.byline,
        "located": piece.place,
        "ednote": "\n".join([*piece.corrections, f"{piece.origin} {piece.address}"]),
        "copyrightholder": site.name,
        "copyrightnotice": f"© {year} {site.name}",
        "usageterms": " ".join(filter(None, (piece.licence, site.terms))),
        "organisations": [{"name": site.name, "rel": "publisher", "uri": settings.SITE_URL + addresses.home_path(edition.language)}],
        "people": _people(piece),
        "places": _places(piece),
        "subjects": [
            {"name": each.name, "rel": "about", "uri": settings.SITE_URL + addresses.tag_path(edition.language, each.tag.slug)}
            for each in piece.parts.tags
        ],
        "genres": [{"name": piece.kind, "literal": edition.kind}],
        "infosources": [
            {"name": each.publisher or each.title, "literal": each.title, **({"uri": each.address} if each.address else {})}
            for each in piece.parts.citations
        ],
        "altids": [{"role": "address", "value": piece.address}],
        "associations": [_picture(number, image) for number, image in enumerate(piece.parts.images, 1)],
    }
    if site.licence_address:
        found["rightsinfo"] = {"linkedrights": site.licence_address}
    return {name: value for name, value in found.items() if value not in ("", [])}


def _version(piece: Piece) -> int:
    """How many texts of the report were public so far."""
    texts = EditionVersion.objects.filter(report_uuid=piece.parts.edition.uuid).order_by("-number")
    return texts.values_list("number", flat=True).first() or 1


def _people(piece: Piece) -> list[dict[str, str]]:
    edition = piece.parts.edition
    if edition.byline_mode != "named":
        return []
    return [
        {"name": each.byline.name, "rel": each.role, "uri": settings.SITE_URL + addresses.author_path(edition.language, each.byline.slug)}
        for each in piece.parts.bylines
    ]


def _places(piece: Piece) -> list[dict[str, str]]:
    language = piece.parts.edition.language
    return [
        {
            "name": each.name,
            "rel": "about",
            "uri": settings.SITE_URL + addresses.region_path(language, each.region.slug),
            "literal": each.region.iso_alpha3 or each.region.un_m49 or each.region.slug,
        }
        for each in piece.parts.regions
    ]


def _picture(number: int, image: EditionImage) -> dict[str, Any]:
    files = [*image.renditions, *([{**image.reprint, "name": "print", "format": "jpeg"}] if image.reprint else [])]
    said = {"caption": image.caption, "alternative": "" if image.decorative else image.alt}
    found = {
        "name": f"picture {number}",
        "uri": settings.SITE_URL + addresses.media_path(files[-1]["file"]),
        "type": "picture",
        "by": image.credit,
        "descriptions": [{"role": role, "contenttype": "text/plain", "value": text} for role, text in said.items() if text],
        "usageterms": image.reprint["licence"] if image.reprint else "",
        "renditions": [
            {
                "name": each["name"],
                "href": settings.SITE_URL + addresses.media_path(each["file"]),
                "contenttype": TYPES[each["format"].lower()],
                "width": each["width_px"],
                "height": each["height_px"],
            }
            for each in files
        ],
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
