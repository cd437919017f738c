"""Feeds of the newest corrections: each with its text, and its report's headline while that is public."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses, words
from articles.editions.feed_lists import ITEMS, Item
from articles.editions.models import Edition, EditionCorrection
from articles.public.feed_frames import FRAMES, TYPES, Feed, elements, when
from articles.public.kept import kept
from articles.public.pages import shell_of
from articles.public.request import ReaderRequest


@dataclass(frozen=True)
class Note:
    """A correction as every form tells it."""

    row: EditionCorrection
    title: str
    link: str

    @property
    def id(self) -> str:
        return f"urn:uuid:{self.row.uuid}"


@kept
@require_safe
def feed(request: ReaderRequest, form: str) -> HttpResponse:
    """The corrections of the language. None is ever taken back, so none has a tombstone."""
    language, path, shell = request.language, addresses.corrections_path(request.language), shell_of(request)
    drawn = [Item(DRAWINGS[form](note), "", note.row.published_at) for note in _notes(language)]
    about = Feed(
        title=f"{_('Corrections')} – {shell.site_name}",
        description=_("What we got wrong, and what is right. A correction stays here for good."),
        site_name=shell.site_name,
        language=language,
        page=path,
        own=addresses.feed_path(path, form),
        is_main=True,
    )
    return respond(request, FRAMES[form](about, drawn, []), content_type=f"{TYPES[form]}; charset=utf-8")


def _rss(note: Note) -> str:
    told = elements(
        [
            ("title", {}, note.title),
            ("link", {}, note.link),
            ("guid", {"isPermaLink": "false"}, note.id),
            ("pubDate", {}, http_date(note.row.published_at.timestamp())),
            ("description", {}, note.row.text),
        ]
    )
    return f"<item>{told}</item>"


def _atom(note: Note) -> str:
    told = elements(
        [
            ("id", {}, note.id),
            ("title", {}, note.title),
            ("link", {"href": note.link, "rel": "alternate", "type": "text/html"}, ""),
            ("published", {}, when(note.row.published_at)),
            ("updated", {}, when(note.row.published_at)),
            ("content", {"type": "text"}, note.row.text),
        ]
    )
    return f"<entry>{told}</entry>"


def _json(note: Note) -> str:
    at = when(note.row.published_at)
    return json.dumps({"id": note.id, "url": note.link, "title": note.title, "summary": note.row.text, "date_published": at})


DRAWINGS = {"rss": _rss, "atom": _atom, "json": _json}


def _notes(language: str) -> list[Note]:
    rows = list(EditionCorrection.objects.filter(language=language).order_by("-published_at", "-uuid")[:ITEMS])
    reports = Edition.objects.filter(uuid__in={row.report_uuid for row in rows})
    live = {uuid: (path, headline) for uuid, path, headline in reports.values_list("uuid", "path", "headline")}
    notes = []
    for row in rows:
        path, headline = live.get(row.report_uuid, (addresses.corrections_path(language), ""))
        kind = str(words.CORRECTIONS.get(row.kind, row.kind))
        notes.append(Note(row, f"{kind}: {headline}" if headline else kind, settings.SITE_URL + path))
    return notes
