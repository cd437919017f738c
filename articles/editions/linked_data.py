"""schema.org of one edition: the article with its organisation, corrections, sources and pictures, and the trail that leads to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.editions import addresses, dates, words
from articles.editions.models import EditionCitation
from articles.editions.parts import Credited, Parts
from articles.editions.sitemap import widest
from articles.identity.shell import publisher_id
from articles.images.renditions import CROP_NAMES
from articles.text.data_blocks import block

TYPES = {"report": "ReportageNewsArticle", "opinion": "OpinionNewsArticle", "explainer": "BackgroundNewsArticle"}
"""By kind; any other that is listed is a NewsArticle."""
PRECISE = {"day": 10, "month": 7, "year": 4}
"""How much of an ISO 8601 date is known."""

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

Trail = Sequence[tuple[str, str]]
"""Names and paths, from the section down to the page itself."""


def breadcrumbs(trail: Trail) -> dict[str, Any]:
    """The trail as a BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": settings.SITE_URL + path}
            for place, (name, path) in enumerate(trail, 1)
        ],
    }


def of_edition(parts: Parts, *, description: str, place: str, authors: list[Credited]) -> SafeString:
    """The data block of an edition's page. What is withheld from the page is withheld here: `place` and `authors` are what the page shows."""
    edition = parts.edition
    if edition.kind in words.PLAIN_KINDS:
        return block([_page(parts, description)])
    article = {**_page(parts, description), **_told(parts, place), **_made_by(parts, authors)}
    article["@type"] = TYPES.get(edition.kind, "NewsArticle")
    return block([article, breadcrumbs(_trail(parts))])


def _page(parts: Parts, description: str) -> dict[str, Any]:
    edition = parts.edition
    return {
        "@type": "WebPage",
        "headline": edition.headline,
        "description": description,
        "inLanguage": edition.language,
        "url": settings.SITE_URL + edition.path,
        "identifier": f"urn:uuid:{edition.uuid}",
        "datePublished": _moment(edition.published_at),
        "dateModified": _moment(edition.updated_at),
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "@id": publisher_id(), "name": parts.site.name, "url": settings.SITE_URL + "/"},
    }


def _told(parts: Parts, place: str) -> dict[str, Any]:
    """What the report tells of, where and when, what it stands on, and what was wrong in it."""
    edition = parts.edition
    told: dict[str, Any] = {"articleSection": str(words.KINDS.get(edition.kind, edition.kind))}
    if place:
        day = dates.day(edition.dateline_on, edition.language) if edition.dateline_on else ""
        told["dateline"] = f"{place}, {day}" if day else place
        told["locationCreated"] = {"@type": "Place", "name": place}
    if parts.regions:
        told["contentLocation"] = [{"@type": "Place", "name": each.name} for each in parts.regions]
    if edition.backstory:
        told["backstory"] = edition.backstory
    if when := _precise(edition.event_on, edition.event_precision):
        told["temporalCoverage"] = when
    if parts.tags:
        told["keywords"] = [each.name for each in parts.tags]
    if parts.citations:
        told["citation"] = [_citation(each) for each in parts.citations]
    if parts.corrections:
        told["correction"] = [
            {"@type": "CorrectionComment", "text": each.text, "datePublished": _moment(each.published_at)} for each in parts.corrections
        ]
    if any(each.kind == "retraction" for each in parts.corrections):
        told["creativeWorkStatus"] = "Retracted"
    if pictures := [picture for each in parts.images if (picture := _picture(each))]:
        told["image"] = [*_crops(parts), *pictures]
    return told


def _made_by(parts: Parts, authors: list[Credited]) -> dict[str, Any]:
    language = parts.edition.language
    made: dict[str, Any] = {"author": [_person(each, language) for each in authors] or [{"@id": publisher_id()}]}
    for name, translating in (("translator", True), ("contributor", False)):
        people = [each for each in parts.bylines if each.role != "author" and (each.role == "translation") == translating]
        if people:
            made[name] = [_person(each, language) for each in people]
    return made


def _person(credited: Credited, language: str) -> dict[str, str]:
    path = addresses.author_path(language, credited.byline.slug)
    return {"@type": "Person", "name": credited.byline.name, "url": settings.SITE_URL + path}


def _citation(row: EditionCitation) -> dict[str, str]:
    given = {
        "name": row.title,
        "publisher": row.publisher,
        "url": row.address,
        "pagination": row.page,
        "datePublished": _precise(row.published_on, row.published_precision),
    }
    return {"@type": "CreativeWork", **{name: text for name, text in given.items() if text}}


def _picture(image: Any) -> dict[str, Any] | None:
    """The widest file of a format that every reader of such data knows."""
    if (file := widest(image.renditions)) is None:
        return None
    picture = {
        "@type": "ImageObject",
        "url": settings.SITE_URL + addresses.media_path(file["file"]),
        "width": file["width_px"],
        "height": file["height_px"],
        "caption": image.caption,
        "creditText": image.credit,
    }
    return {name: value for name, value in picture.items() if value}


def _crops(parts: Parts) -> list[str]:
    """The lead picture in the shapes that those ask for who show it in theirs."""
    found = [each for image in parts.images if image.lead for each in image.renditions if each.get("name") in CROP_NAMES]
    return [settings.SITE_URL + addresses.media_path(each["file"]) for each in found]


def _trail(parts: Parts) -> Trail:
    """Reports, the report's own region, the report."""
    edition = parts.edition
    trail = [(_("Reports"), addresses.reports_path(edition.language))]
    if parts.regions:
        own = next((each for each in parts.regions if each.is_primary), parts.regions[0])
        trail.append((own.name, addresses.region_path(edition.language, own.region.slug)))
    return [*trail, (edition.headline, edition.path)]


def _precise(on: dt.date | None, precision: str) -> str:
    return on.isoformat()[: PRECISE[precision]] if on and precision in PRECISE else ""


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
