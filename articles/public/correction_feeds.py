"""RSS and Atom of the newest corrections: each with its text, and its report's headline while that is public."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses, words
from articles.editions.models import Edition, EditionCorrection
from articles.identity.texts import site_for
from articles.public.feeds import ITEMS, NEVER, elements, when
from articles.public.kept import kept
from articles.public.request import ReaderRequest


@dataclass(frozen=True)
class Item:
    """A correction as both feeds tell it."""

    note: EditionCorrection
    title: str
    link: str


@kept
@require_safe
def rss(request: ReaderRequest) -> HttpResponse:
    """RSS 2.0 of the corrections."""
    language, items = request.language, _items(request.language)
    own = f"{settings.SITE_URL}{addresses.corrections_path(language)}"
    head = [
        ("title", {}, _title(language)),
        ("link", {}, own),
        ("description", {}, _("What we got wrong, and what is right. A correction stays here for good.")),
        ("language", {}, language),
        ("atom:link", {"href": f"{own}feed.rss", "rel": "self", "type": "application/rss+xml"}, ""),
    ]
    shown = [
        elements(
            [
                ("title", {}, item.title),
                ("link", {}, item.link),
                ("guid", {"isPermaLink": "false"}, f"urn:uuid:{item.note.uuid}"),
                ("pubDate", {}, http_date(item.note.published_at.timestamp())),
                ("description", {}, item.note.text),
            ]
        )
        for item in items
    ]
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel>{elements(head)}{''.join(f'<item>{each}</item>' for each in shown)}</channel></rss>\n"
    )
    return respond(request, body.encode(), content_type="application/rss+xml; charset=utf-8")


@kept
@require_safe
def atom(request: ReaderRequest) -> HttpResponse:
    """Atom (RFC 4287) of the corrections. None is ever taken back, so none has a tombstone."""
    language, items = request.language, _items(request.language)
    own = f"{settings.SITE_URL}{addresses.corrections_path(language)}"
    head = [
        ("id", {}, own),
        ("title", {}, _title(language)),
        ("updated", {}, when(max((item.note.published_at for item in items), default=NEVER))),
        ("link", {"href": own, "rel": "alternate", "type": "text/html"}, ""),
        ("link", {"href": f"{own}feed.atom", "rel": "self", "type": "application/atom+xml"}, ""),
    ]
    shown = [
        elements(
            [
                ("id", {}, f"urn:uuid:{item.note.uuid}"),
                ("title", {}, item.title),
                ("link", {"href": item.link, "rel": "alternate", "type": "text/html"}, ""),
                ("published", {}, when(item.note.published_at)),
                ("updated", {}, when(item.note.published_at)),
                ("content", {"type": "text"}, item.note.text),
            ]
        )
        for item in items
    ]
    author = f"<author>{elements([('name', {}, site_for(language).name)])}</author>"
    body = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">'
        f"{elements(head)}{author}{''.join(f'<entry>{each}</entry>' for each in shown)}</feed>\n"
    )
    return respond(request, body.encode(), content_type="application/atom+xml; charset=utf-8")


def _title(language: str) -> str:
    return f"{_('Corrections')} – {site_for(language).name}"


def _items(language: str) -> list[Item]:
    notes = list(EditionCorrection.objects.filter(language=language).order_by("-published_at", "-uuid")[:ITEMS])
    reports = Edition.objects.filter(uuid__in={note.report_uuid for note in notes})
    live = {uuid: (path, headline) for uuid, path, headline in reports.values_list("uuid", "path", "headline")}
    items = []
    for note in notes:
        path, headline = live.get(note.report_uuid, (addresses.corrections_path(language), ""))
        kind = str(words.CORRECTIONS.get(note.kind, note.kind))
        items.append(Item(note, f"{kind}: {headline}" if headline else kind, settings.SITE_URL + path))
    return items
