"""What was changed in a live report since it was first published: its published texts, any two of them compared word by word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.models import Edition, EditionCorrection, EditionVersion
from articles.editions.pages import Once, page_at
from articles.public.compared import MOST_STEPS, Shown, bodies_compared, texts_compared
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import full_path, gone, moved, not_found
from articles.public.request import ReaderRequest
from articles.text.comparison import Budget

MOST_VERSIONS = 100  # the newest ones; older are in no list


@dataclass(frozen=True)
class Version:
    """A text that was public: its number, since when, and what readers were told of it."""

    number: int
    published_at: dt.datetime
    notes: tuple[EditionCorrection, ...]

    @property
    def came_with_a_note(self) -> bool:
        """Whether readers were told of the change that made it."""
        return any(note.published_at == self.published_at for note in self.notes)


@dataclass(frozen=True)
class Passage:
    """A part of the report that differs, paragraph by paragraph."""

    label: str
    paragraphs: list[Shown]


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
        return moved(request, addresses.changes_path(found.to)) if found.to else gone(request)
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
        canonical=addresses.changes_path(path), indexed=False, query=urlencode({"from": older, "to": newer}) if older else "",
    )  # fmt: skip


def _versions(uuid: Any) -> list[Version]:
    """Each note stands with the text that it came with, or, when nothing was changed with it, with the text that it was put beside."""
    notes = list(EditionCorrection.objects.filter(report_uuid=uuid).in_succession().order_by("published_at", "uuid"))
    rows = EditionVersion.objects.filter(report_uuid=uuid).order_by("-number").values_list("number", "published_at")
    versions, until = [], dt.datetime.max.replace(tzinfo=dt.UTC)
    for number, at in rows[:MOST_VERSIONS]:
        versions.append(Version(number, at, tuple(note for note in notes if at <= note.published_at < until)))
        until = at
    return versions


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
    budget = Budget(MOST_STEPS)
    passages = [
        Passage(label, texts_compared(old, new, budget=budget))
        for label, old, new in zip((_("Headline"), _("Summary")), before[:2], after[:2], strict=True)
        if old != new
    ]
    if before[2] != after[2]:
        passages.append(Passage(_("Text"), bodies_compared(before[2], after[2], budget=budget)))
    return passages
