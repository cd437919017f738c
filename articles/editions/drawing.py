"""Draws what readers get of an edition: page, head, list card, feed items. Pure: the same parts give the same bytes."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.editions import addresses, dates, line, linked_data, prose, words
from articles.editions.feed_items import draw_items
from articles.editions.models import EditionCitation
from articles.editions.parts import Credited, Parts
from articles.editions.pictures import shown
from articles.editions.placards import placard
from articles.maps.places import report_map
from articles.text.languages import direction, open_graph_locale
from articles.text.plain import plain_text
from articles.text.reading import reading_minutes

FORMAT = 5
"""Raise it when a drawing changes: `manage.py redraw` finds what is older."""

DESCRIPTION_LENGTH = 200
RELATED_MARK = SafeString("<!--newsroom:related-->")
"""Where related reports stand: they are read with the page, so that none is named that is gone."""


def draw(parts: Parts) -> None:
    """Sets the drawn columns of the edition; saves nothing."""
    edition = parts.edition
    with override(edition.language):
        context = _context(parts)
        edition.head_html = _render("public/_head.html", {**context, **_for_machines(parts, context)})
        edition.main_html = _render("public/page_detail.html" if context["is_plain"] else "public/report_detail.html", context)
        edition.card_html = _render("public/_entry.html", context)
        draw_items(edition, context)
    edition.format = FORMAT


def description(standfirst: str, body: str) -> str:
    """One or two sentences for search engines and feeds: the standfirst, or how the text begins."""
    text = " ".join((standfirst or plain_text(body)).split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rpartition(" ")[0].rstrip(",;:–— ") + "…"


def dateline_place(mode: str, place: str, region_name: str) -> str:
    """The place of a dateline in words: nothing when it is withheld, the region alone when it is coarse."""
    if mode == "withheld":
        return ""
    if mode == "shown" and place and region_name and region_name.casefold() not in place.casefold():
        return _("%(place)s, %(region)s") % {"place": place, "region": region_name}
    return (place if mode == "shown" else "") or region_name


def placard_facts(parts: Parts) -> dict[str, Any]:
    """What the edition's placard shows."""
    edition, region = parts.edition, parts.dateline_region
    with override(edition.language):
        place = dateline_place(edition.dateline_mode, edition.dateline_place, region.name if region else "")
    return placard.facts(parts, place=place)


def _context(parts: Parts) -> dict[str, Any]:
    edition = parts.edition
    language = edition.language
    region = parts.dateline_region
    place = dateline_place(edition.dateline_mode, edition.dateline_place, region.name if region else "")
    mark = line.mark(edition.dateline_mode, edition.dateline_place, region.region if region else None)
    authors, others = _people(parts.bylines)
    above = [each for each in parts.corrections if each.position == "top" or each.kind == "retraction"]
    is_retracted = any(each.kind == "retraction" for each in parts.corrections)
    zone = timezone.get_default_timezone()
    published_on = edition.published_at.astimezone(zone).date()
    noted = prose.noted(edition.body, language, notes=len(parts.citations))
    return {
        "edition": edition,
        "site": parts.site,
        "lang": language,
        "dir": direction(language),
        "is_plain": edition.kind in words.PLAIN_KINDS,
        "kind": words.KINDS.get(edition.kind, edition.kind),
        "address": settings.SITE_URL + edition.path,
        "site_address": settings.SITE_URL,
        "share": _share(edition.headline, settings.SITE_URL + edition.path),
        "description": description(edition.standfirst, edition.body),
        "place": place,
        "place_narrow": line.narrow_name(mark, [place, edition.dateline_place, region.name if region else ""]),
        "source": edition.dateline_source or parts.site.short_name,
        "mark": mark,
        "no_mark": line.Mark("none"),
        "related_mark": RELATED_MARK,
        "axis": line.axis(language),
        "map": report_map(region.region.path) if region and edition.dateline_mode != "withheld" else None,
        "map_name": region.name if region else "",
        "said_on_its_day": edition.dateline_on == published_on,
        "minutes": dates.minutes(reading_minutes(f"<p>{edition.standfirst}</p>{edition.body}", language), language),
        **_text(prose.pulled(noted.html)),
        "event": dates.precise(edition.event_on, edition.event_precision, language),
        "authors": authors,
        "others": others,
        "author_names": [each.byline.name for each in authors] or [parts.site.name],
        "updated_day": dates.day(edition.updated_at.astimezone(zone).date(), language),
        "corrected_day": dates.day(edition.corrected_at.astimezone(zone).date(), language) if edition.corrected_at else "",
        "was_updated": edition.updated_at - edition.published_at >= dt.timedelta(minutes=1) and not edition.corrected_at,
        "translations": parts.translations,
        "above": above,
        "below_first": not above,
        "below": [each for each in parts.corrections if each not in above],
        "is_retracted": is_retracted,
        "feed_title": f"{_('Retracted')}: {edition.headline}" if is_retracted else edition.headline,
        "changes_path": addresses.changes_path(edition.path) if parts.corrections else "",
        "citations": [{**_citation(each, language), "marks": marks} for each, marks in zip(parts.citations, noted.marks, strict=True)],
        "lead": next((shown(each) for each in parts.images if each.lead), None),
        "sharing": _sharing(parts),
        "pictures": [shown(each) for each in parts.images if not each.lead],
        "regions": parts.regions,
        "tags": parts.tags,
        "contact": parts.contact,
        "press_path": addresses.press_path(language),
        "inquiry_path": addresses.inquiry_path(language),
        "published_rfc822": format_datetime(edition.published_at.astimezone(dt.UTC), usegmt=True),
    }


def _for_machines(parts: Parts, context: dict[str, Any]) -> dict[str, Any]:
    """What the head adds for machines that list, cite and share."""
    languages = {
        parts.edition.language: context["address"],
        **{each.language: settings.SITE_URL + each.path for each in parts.translations},
    }
    return {
        "json_ld_html": linked_data.of_edition(
            parts, description=context["description"], place=context["place"], authors=context["authors"]
        ),
        "main_address": languages.get(settings.MAIN_LANGUAGE, "") if parts.translations else "",
        "locale": open_graph_locale(parts.edition.language),
        "other_locales": [locale for each in parts.translations if (locale := open_graph_locale(each.language))],
        "embed_address": addresses.oembed_address(context["address"]),
        "dublin_core": linked_data.DUBLIN_CORE,
        "published_on": parts.edition.published_at.astimezone(timezone.get_default_timezone()).date(),
    }


def _text(html: str) -> dict[str, SafeString]:
    """The text, whole and cut where the dateline stands."""
    opening, rest = prose.opened(html)
    return {
        "opening_html": mark_safe(opening),  # noqa: S308 - sanitised by the text room, compared at composition
        "rest_html": mark_safe(rest),  # noqa: S308 - as above; what is pulled out of it is escaped
        "body_html": mark_safe(html),  # noqa: S308 - as above
    }


def _people(bylines: list[Credited]) -> tuple[list[Credited], list[dict[str, Any]]]:
    authors = [each for each in bylines if each.role == "author"]
    others = [
        {"byline": each.byline, "role": words.ROLES.get(each.role, each.role)} for each in bylines if each.role not in ("author", "subject")
    ]
    return authors, others


def _citation(row: EditionCitation, language: str) -> dict[str, str]:
    return {
        "title": row.title,
        "publisher": row.publisher,
        "address": row.address,
        "published": dates.precise(row.published_on, row.published_precision, language),
        "page": row.page,
        "archive": row.archive_address,
        "accessed": dates.day(row.accessed_on, language) if row.accessed_on else "",
    }


def _share(headline: str, address: str) -> list[dict[str, str]]:
    """Links that hand the address on: who carries it, and where the link leads. docs/decisions/look.md says why these."""
    subject, told = quote(headline, safe="", errors="replace"), quote(address, safe="")
    return [
        {"label": _("E-mail"), "link": f"mailto:?subject={subject}&body={told}"},
        {"label": "WhatsApp", "link": f"https://wa.me/?text={told}"},
        {"label": "Telegram", "link": f"https://t.me/share/url?url={told}"},
    ]


def _sharing(parts: Parts) -> dict[str, Any] | None:
    """The picture that stands for the report where it is shared: its placard; until that is drawn its lead picture, if it has one."""
    edition = parts.edition
    if edition.placard:
        width_px, height_px = placard.SIZE_PX
        alt = f"{edition.headline} – {parts.site.name}"
        return {"file": edition.placard, "width_px": width_px, "height_px": height_px, "alt": alt, "large": True}
    lead = next((shown(each) for each in parts.images if each.lead), None)
    if lead is None or lead["src"] is None:
        return None
    file = next(iter(lead["crops"]), lead["src"])
    return {**file, "alt": "" if lead["image"].decorative else lead["image"].alt, "large": file["width_px"] >= 600}


def _render(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context).strip() + "\n"
