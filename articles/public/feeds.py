"""RSS and Atom of the newest reports: a frame around items that were drawn at publication."""

from __future__ import annotations

import datetime as dt
from io import StringIO

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.drawing import NOT_XML
from articles.editions.models import Edition
from articles.identity.texts import site_for
from articles.public.kept import kept
from articles.public.pages import respond
from articles.public.request import ReaderRequest

ITEMS = 30


@kept
@require_safe
def rss(request: ReaderRequest) -> HttpResponse:
    """RSS 2.0 with full texts."""
    language = request.language
    rows = _newest(language, "rss_xml")
    site = site_for(language)
    head = _elements(
        [
            ("title", {}, site.name),
            ("link", {}, settings.SITE_URL + addresses.home_path(language)),
            ("description", {}, site.tagline or site.name),
            ("language", {}, language),
            *([("lastBuildDate", {}, http_date(max(at for _item, at in rows).timestamp()))] if rows else []),
            ("atom:link", {"href": settings.SITE_URL + addresses.rss_path(language), "rel": "self", "type": "application/rss+xml"}, ""),
        ]
    )
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{head}{"".join(item for item, _at in rows)}</channel></rss>\n'
    )
    return respond(request, body.encode(), content_type="application/rss+xml; charset=utf-8")


@kept
@require_safe
def atom(request: ReaderRequest) -> HttpResponse:
    """Atom (RFC 4287) with full texts."""
    language = request.language
    rows = _newest(language, "atom_xml")
    site = site_for(language)
    updated = max((at for _item, at in rows), default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    home = settings.SITE_URL + addresses.home_path(language)
    head = _elements(
        [
            ("id", {}, home),
            ("title", {}, site.name),
            *([("subtitle", {}, site.tagline)] if site.tagline else []),
            ("updated", {}, f"{updated.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"),
            ("link", {"href": home, "rel": "alternate", "type": "text/html"}, ""),
            ("link", {"href": settings.SITE_URL + addresses.atom_path(language), "rel": "self", "type": "application/atom+xml"}, ""),
            ("author", {}, ""),
        ]
    ).replace("<author></author>", f"<author>{_elements([('name', {}, site.name)])}</author>")
    items = "".join(item for item, _at in rows)
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">{head}{items}</feed>\n'
    return respond(request, body.encode(), content_type="application/atom+xml; charset=utf-8")


def _newest(language: str, column: str) -> list[tuple[str, dt.datetime]]:
    editions = Edition.objects.filter(language=language, listed=True).order_by("-published_at", "-uuid")
    return list(editions.values_list(column, "updated_at")[:ITEMS])


def _elements(elements: list[tuple[str, dict[str, str], str]]) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    for name, attributes, text in elements:
        xml.addQuickElement(name, NOT_XML.sub("", text), attributes)
    return out.getvalue()
