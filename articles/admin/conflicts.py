"""When somebody else saved first: the page on which both texts stand beside each other, and what comes of the choices made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.drafts import keep_typed, page_key
from articles.admin.merging import Merging
from articles.admin.moves import ACTS, TYPED, ActForm
from articles.admin.report_forms import ReportForm, ReportParts
from articles.admin.report_pages import page
from articles.admin.requests import who
from articles.reports.models import Report
from articles.text.languages import direction
from articles.workflow import presence
from articles.workflow.drafting import discard

ACT_FIELDS = {f"{verb}-{name}" for verb, act in ACTS.items() for name in (*act.fields, "zone") if name in (*TYPED, "zone")}


def conflict_page(request: HttpRequest, report: Report, *, notice: Callable[[Report], str], step: ActForm | None = None) -> HttpResponse:
    """409 with both texts; what was typed is carried on in the page and kept as a draft besides. `step` was asked for and not done.

    Who typed nothing that is not saved already is sent to what is saved. `notice` says what a save would do.
    """
    fresh = Report.objects.get(pk=report.pk)
    merging = _merging(request, fresh)
    if not merging.has_mine and not step and "_submit" not in request.POST:
        discard(fresh, by=who(request), page=page_key(request))
        messages.info(request, _("You changed nothing here. This is what somebody else saved meanwhile."))
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))
    keep_typed(request, fresh)
    number = merging.base_number
    since = fresh.revisions.filter(number__gt=number) if number else fresh.revisions.none()
    return page(
        request,
        "merge",
        fresh,
        status=409,
        title=_("Two texts of “%(report)s”") % {"report": fresh},
        merging=merging,
        typed=list(_carried(request.POST)),
        saved=list(since.select_related("author").defer("content").order_by("number")[:20]),
        step=step,
        asked="_merged" in request.POST,
        notice=notice(fresh),
        dir=direction(fresh.language),
        page_key=page_key(request),
        writers=presence.writers(fresh, by=who(request)),
        beat_seconds=presence.BEAT_SECONDS,
    )


def merged(request: HttpRequest, report: Report) -> QueryDict | None:
    """What was put together by the choices sent, as the form would send it; None while one is missing, or when the report moved on."""
    merging = _merging(request, report)
    if merging.is_open or request.POST.get("merged_with") != str(report.lock_version):
        return None
    data = merging.data(request.POST)
    for name in [name for name in data if name.startswith(("choose-", "merged_with", "_merged"))]:
        del data[name]
    return data


def _merging(request: HttpRequest, report: Report) -> Merging:
    parts = ReportParts(request.POST, report, by=who(request))
    chosen = {name: str(value) for name, value in request.POST.items() if name.startswith("choose-")}
    return Merging(parts, report, chosen=chosen)


def _carried(data: QueryDict) -> Iterator[tuple[str, str]]:
    """Everything that was typed, and what it was typed into: the next answer has it again."""
    names = {*ReportForm.base_fields, *ACT_FIELDS, "page_key"}
    for name, values in data.lists():
        if name in names or name.startswith(("pictures-", "citations-", "credits-")):
            yield from ((name, value) for value in values)
