"""What was changed in a live report since it was first published: its published texts, any two of them compared word by word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.models import Edition, EditionCorrection, EditionVersion
from articles.editions.pages import Once, page_at
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import full_path, gone, moved, not_found
from articles.public.request import ReaderRequest
from articles.text.pieces import Piece, compared
from articles.text.plain import plain_text

MOST_VERSIONS = 100  # the newest ones; older are in no list
LONGEST_COMPARED = 200_000  # characters of both texts; longer ones are shown as taken out and put in


@dataclass(frozen=True)
class Version:
    """A text that was public: its number, since when, and what readers were told of it."""

    number: int
    published_at: dt.datetime
    notes: tuple[EditionCorrection, ...]


@dataclass(frozen=True)
class Passage:
    """A part of the report that differs, in pieces."""

    label: str
    pieces: list[Piece]


@kept
@require_safe
def changes(request: ReaderRequest, **_parts: Any) -> HttpResponse:
    """The published texts of the report at the path above, the newest first; `?from=1&to=3` compares two, else the newest and the one before.

    Silent repairs of typing errors are among them: nothing that was public is hidden.
    """
    path = full_path(request).removesuffix("changes/")
    edition = Edition.objects.filter(path=path).values("uuid", "headline").first()
    if edition is None:
        _shell, found = page_at(path, request.language)
        if not isinstance(found, Once):
            return not_found(request)
        return moved(addresses.changes_path(found.to)) if found.to else gone(request)
    versions = _versions(edition["uuid"])
    older, newer = _chosen(request, [each.number for each in versions])
    context = {
        "headline": edition["headline"],
        "report_path": path,
        "path": addresses.changes_path(path),
        "versions": versions,
        "older": older,
        "newer": newer,
        "passages": _passages(edition["uuid"], older, newer) if older else [],
    }
    title = _("What was changed: %(headline)s") % {"headline": edition["headline"]}
    return page_response(
        request, title=title, template="public/report_changes.html", context=context, section=addresses.reports_path(request.language),
        canonical=addresses.changes_path(path), indexed=False,
    )  # fmt: skip


def _versions(uuid: Any) -> list[Version]:
    notes: dict[dt.datetime, list[EditionCorrection]] = {}
    for note in EditionCorrection.objects.filter(report_uuid=uuid).order_by("published_at", "uuid"):
        notes.setdefault(note.published_at, []).append(note)
    rows = EditionVersion.objects.filter(report_uuid=uuid).order_by("-number").values_list("number", "published_at")
    return [Version(number, at, tuple(notes.get(at, ()))) for number, at in rows[:MOST_VERSIONS]]


def _chosen(request: ReaderRequest, numbers: list[int]) -> tuple[int, int]:
    """The numbers of the two texts to compare, the older first; (0, 0) when there is one text alone."""
    if len(numbers) < 2:
        return 0, 0
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    known = {str(number): number for number in numbers}
    if asked[0] != asked[1] and all(each in known for each in asked):
        older, newer = sorted(known[each] for each in asked)
        return older, newer
    return numbers[1], numbers[0]


def _passages(uuid: Any, older: int, newer: int) -> list[Passage]:
    texts = EditionVersion.objects.filter(report_uuid=uuid, number__in=(older, newer)).order_by("number")
    before, after = texts.values_list("headline", "standfirst", "body")
    labels = (_("Headline"), _("Summary"), _("Text"))
    pairs = zip(labels, (*before[:2], plain_text(before[2])), (*after[:2], plain_text(after[2])), strict=True)
    return [Passage(label, _pieces(old, new)) for label, old, new in pairs if old != new]


def _pieces(old: str, new: str) -> list[Piece]:
    if len(old) + len(new) > LONGEST_COMPARED:
        return [Piece(kind, text) for kind, text in (("del", f"{old}\n"), ("ins", new)) if text.strip()]
    return list(compared(old, new))
