"""RSS and Atom of the newest reports: a frame around items that were drawn at publication."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses
from articles.editions.drawing import NOT_XML
from articles.editions.models import Address, Edition
from articles.identity.texts import site_for
from articles.public.kept import kept
from articles.public.request import ReaderRequest

ITEMS = 30
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TOMBSTONES = ' xmlns:at="http://purl.org/atompub/tombstones/1.0"'


@kept
@require_safe
def rss(request: ReaderRequest) -> HttpResponse:
    """RSS 2.0 with full texts."""
    language = request.language
    rows = _newest(language, "rss_xml")
    site = site_for(language)
    head = elements(
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
    """Atom (RFC 4287) with full texts; what was taken back is named by its id alone, so that readers' copies can go (RFC 6721).

    RSS has no such thing: there a report that was taken back is simply no longer listed.
    """
    language = request.language
    rows, gone = _newest(language, "atom_xml"), _gone(language)
    site = site_for(language)
    updated = max((at for _what, at in (*rows, *gone)), default=NEVER)
    home = settings.SITE_URL + addresses.home_path(language)
    head = elements(
        [
            ("id", {}, home),
            ("title", {}, site.name),
            *([("subtitle", {}, site.tagline)] if site.tagline else []),
            ("updated", {}, when(updated)),
            ("link", {"href": home, "rel": "alternate", "type": "text/html"}, ""),
            ("link", {"href": settings.SITE_URL + addresses.atom_path(language), "rel": "self", "type": "application/atom+xml"}, ""),
            ("author", {}, ""),
        ]
    ).replace("<author></author>", f"<author>{elements([('name', {}, site.name)])}</author>")
    items = "".join(item for item, _at in rows)
    tombstones = elements([("at:deleted-entry", {"ref": f"urn:uuid:{uuid}", "when": when(at)}, "") for uuid, at in gone])
    body = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{TOMBSTONES if gone else ""} xml:lang="{language}">'
        f"{head}{items}{tombstones}</feed>\n"
    )
    return respond(request, body.encode(), content_type="application/atom+xml; charset=utf-8")


def _newest(language: str, column: str) -> list[tuple[str, dt.datetime]]:
    editions = Edition.objects.filter(language=language, listed=True).order_by("-published_at", "-uuid")
    return list(editions.values_list(column, "updated_at")[:ITEMS])


def _gone(language: str) -> list[tuple[UUID, dt.datetime]]:
    """The reports last taken back, with when; of one with several addresses, once."""
    addressed = Address.objects.filter(answer=Address.Answer.GONE, path__startswith=addresses.reports_path(language)).order_by(
        "-since", "id"
    )
    return list(dict(addressed.values_list("report_uuid", "since")[:ITEMS]).items())


def when(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def elements(rows: list[tuple[str, dict[str, str], str]]) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    for name, attributes, text in rows:
        xml.addQuickElement(name, NOT_XML.sub("", text), attributes)
    return out.getvalue()
