"""The languages of a report: which there are, how each stands to its source, and the ways to begin one or to bring one up to date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.compared import Differences, differences_of
from articles.admin.panel import stands_at
from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.people.roles import EDITOR, REPORTER, TRANSLATOR, holds
from articles.reports.models import PublicState, Report
from articles.reports.snapshot import Unreadable, readable
from articles.text.languages import direction, own_name
from articles.workflow import translating
from articles.workflow.permissions import can, can_view
from articles.workflow.refusals import Conflict, Forbidden, Refused
from articles.workflow.translating import Standing


@dataclass(frozen=True)
class Row:
    """One language of the site: its report if there is one, as much of it as this person may know."""

    code: str
    name: str
    dir: str
    report: Report | None = None
    opens: bool = False
    is_this: bool = False
    is_source: bool = False
    may_begin: bool = False
    stands: str = ""
    person: str = ""
    since: dt.datetime | None = None
    alarms: list[str] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.report is not None and self.report.public_state == PublicState.LIVE


def rows_of(report: Report, *, by: User) -> list[Row]:
    """Every language of the site, and those that the site has no more but the report has, in the site's order."""
    there = {each.language: each for each in translating.family(report)}
    source = report.translated_from.report_id if report.translated_from else None
    codes = [*dict(settings.LANGUAGES), *(code for code in there if code not in dict(settings.LANGUAGES))]
    return [_row(code, there.get(code), report, source, by=by) for code in codes]


def _row(code: str, each: Report | None, report: Report, source: int | None, *, by: User) -> Row:
    named: dict[str, Any] = {"code": code, "name": own_name(code), "dir": direction(code)}
    if each is None:
        return Row(**named, may_begin=code in dict(settings.LANGUAGES) and may_write_in(by, code) and can_view(by, report))
    named |= {"is_this": each.pk == report.pk, "is_source": each.pk == source, "report": each}
    if not can_view(by, each):
        return Row(**named)
    found = translating.standing(each)
    return Row(
        **named,
        opens=True,
        stands=stands_at(each),
        person=str(each.assigned_to or each.created_by),
        since=found.since if found else None,
        alarms=alarms_of(each, found),
    )


def alarms_of(report: Report, found: Standing | None) -> list[str]:
    """What must not be overlooked: the source is gone, or readers of this language still get what was corrected."""
    if found is None:
        return []
    alarms = [gone_sentence(found.gone)] if found.gone else []
    if found.corrected and report.public_state == PublicState.LIVE:
        alarms.append(_("Its source was corrected: readers of this language still get what was wrong."))
    return alarms


def gone_sentence(gone: str) -> str:
    return {
        "withdrawn": _("Its source was withdrawn."),
        "taken_down": _("Its source was taken down."),
        "retracted": _("Its source was retracted."),
    }[gone]


def may_write_in(person: User, language: str) -> bool:
    """Whether the person may begin a report in that language."""
    return holds(person, REPORTER, EDITOR) or (holds(person, TRANSLATOR) and language in person.languages)


@dataclass(frozen=True)
class Lag:
    """What the page of a translation says of its source."""

    standing: Standing
    alarms: list[str]
    source_name: str
    source_dir: str
    shown: bool
    found: Differences | None
    may_bring: bool


def lag_of(report: Report, *, by: User, compare: bool = False) -> Lag | None:
    """How the translation stands to its source, as far as this person may see; `compare` reads what changed."""
    found = translating.standing(report)
    if found is None:
        return None
    shown = translating.may_read_source(by, report, found)
    language = found.source.language
    return Lag(
        found,
        alarms_of(report, found),
        own_name(language),
        direction(language),
        shown,
        _differences(found) if compare and shown and found.behind else None,
        can(by, "save", report),
    )


def _differences(found: Standing) -> Differences | None:
    """What readers of the source get otherwise since; nothing that stays at the desk is compared."""
    contents = []
    for revision in (found.made_from, found.newest):
        try:
            content = readable(revision.content)
        except Unreadable:
            return None
        contents.append(readable({"schema": content["schema"], "public": content["public"], "desk": {}}))
    return differences_of(*contents)


def translations_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The languages of the report; a POST with a language begins its version in it."""
    report = report_or_404(request, pk)
    if request.method != "POST":
        return _page(request, report)
    language = request.POST.get("language", "")
    try:
        made = translating.translate(report, by=who(request), language=language)
    except Refused as refusal:
        return _page(request, report, refusal=refusal, there=translating.version_in(report, language))
    messages.success(request, _("Begun. Facts, regions, tags and sources are taken over; the texts are yours to write."))
    return HttpResponseRedirect(reverse("admin:articles_report_change", args=[made.pk]))


@require_POST
def brought_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that the translation says what its source says now."""
    report = report_or_404(request, pk)
    numbers = [request.POST.get(name, "") for name in ("source_number", "seen_version")]
    if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in numbers):
        return _page(request, report, said=[_("Open this page again and repeat the step: the form came without what you saw.")], status=400)
    try:
        translating.bring_up_to_date(report, by=who(request), source_number=int(numbers[0]), version=int(numbers[1]))
    except Refused as refusal:
        return _page(request, report, refusal=refusal)
    messages.success(request, _("Noted: the translation is up to date. An approval stands."))
    return HttpResponseRedirect(reverse("admin:articles_report_translations", args=[report.pk]))


def _page(
    request: HttpRequest,
    report: Report,
    *,
    refusal: Refused | None = None,
    there: Report | None = None,
    said: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    if refusal:
        said = [str(reason) for reason in refusal.reasons]
        status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Conflict) else 400
    fresh = Report.objects.select_related("translated_from").get(pk=report.pk)
    return page(
        request,
        "translations",
        fresh,
        status=status,
        title=_("Languages of “%(report)s”") % {"report": report},
        rows=rows_of(fresh, by=who(request)),
        lag=lag_of(fresh, by=who(request), compare=True),
        said=said or [],
        there=there if there and can_view(who(request), there) else None,
    )
