"""The autosave of a report's form, and the offer to go on with what was kept."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.differences import Difference, differences
from articles.admin.merging import Merging
from articles.admin.report_forms import ReportForm, ReportParts
from articles.admin.report_pages import report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.reports.models import Draftlet, Report
from articles.text.moments import moment
from articles.workflow.drafting import autosave, discard, draft_of
from articles.workflow.permissions import can, check_can
from articles.workflow.refusals import Conflict, Forbidden, Refused

AUTOSAVE_AFTER_MS = 2_000
"""So long after the last keystroke what is typed is sent to be kept."""
KEY = re.compile(r"[\w-]{1,40}\Z", re.ASCII)
ROWS = re.compile(r"(?:pictures|citations|credits)-(?:\d{1,3}|TOTAL|INITIAL|MIN_NUM|MAX_NUM)[-_][A-Za-z_]{1,40}\Z", re.ASCII)


@dataclass(frozen=True)
class Offer:
    """A draft that waits: when it was kept, and where it differs from what is saved."""

    draft: Draftlet
    differences: list[Difference]
    older: bool

    @property
    def page(self) -> str:
        """The page that kept it."""
        return str(self.draft.content["page"])


def page_key(request: HttpRequest) -> str:
    """The name of this opening of the form: it stays through every answer that shows the same typed text again."""
    sent = request.POST.get("page_key", "")
    return sent if KEY.match(sent) else secrets.token_urlsafe(12)


def typed_of(draft: Draftlet) -> QueryDict:
    """The draft as the form takes it, with the page that kept it."""
    data = QueryDict(mutable=True)
    for name, values in draft.content["fields"].items():
        data.setlist(name, values)
    data["lock_version"], data["page_key"] = str(draft.lock_version), draft.content["page"]
    return data


def offer(report: Report, *, by: User) -> Offer | None:
    """The draft that waits for this person, unless all that was typed in it is saved already."""
    draft = draft_of(report, by=by) if can(by, "save", report) else None
    if draft is None:
        return None
    parts, older = ReportParts(typed_of(draft), report, by=by), draft.lock_version != report.lock_version
    found = differences(parts, report)
    if not found or (older and not Merging(parts, report).has_mine):
        return None
    return Offer(draft, found, older)


def is_saved(request: HttpRequest, report: Report) -> bool:
    """Whether this very text is what is saved now; a short name that the submission proposed counts as left to it."""
    fresh = Report.objects.get(pk=report.pk)
    data = request.POST.copy()
    data["slug"] = data.get("slug") or fresh.slug or ""
    parts = ReportParts(data, fresh, by=who(request))
    return parts.is_valid() and not parts.has_changed()


@require_POST
def draft_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is typed and says when; or, asked by the offer, throws a draft away."""
    report = report_or_404(request, pk)
    try:
        check_can(who(request), "save", report)
    except Forbidden as refusal:
        return JsonResponse({"why": str(refusal)}, status=403)
    if "_discard" in request.POST:
        discard(report, by=who(request), page=request.POST["_discard"][:40])
        messages.success(request, _("The draft was thrown away."))
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))
    if not _is_whole(request):
        return JsonResponse({"why": _("Open the report again: this form is none of it.")}, status=400)
    page = request.POST["page_key"]
    waits = draft_of(report, by=who(request))
    if waits and waits.content["page"] != page and offer(report, by=who(request)) is None:
        discard(report, by=who(request), page=str(waits.content["page"]))  # it came late, when its text was saved already
    try:
        draft = _kept(request, report)
    except Refused as refusal:
        return JsonResponse({"why": str(refusal)}, status=409 if isinstance(refusal, Conflict) else 400)
    return JsonResponse({"at": moment(draft.at, "clock")})


def keep_typed(request: HttpRequest, report: Report) -> None:
    """Keeps what came with a form that was not saved, as if the page had: nothing is said when it cannot."""
    if _is_whole(request):
        with suppress(Refused):
            _kept(request, report)


def _is_whole(request: HttpRequest) -> bool:
    version = request.POST.get("lock_version", "")
    return bool(KEY.match(request.POST.get("page_key", ""))) and version.isascii() and version.isdecimal() and len(version) < 10


def _kept(request: HttpRequest, report: Report) -> Draftlet:
    typed = {name: request.POST.getlist(name) for name in request.POST if name in ReportForm.base_fields or ROWS.match(name)}
    return autosave(report, by=who(request), page=request.POST["page_key"], version=int(request.POST["lock_version"]), typed=typed)


def waiting(request: HttpRequest, report: Report) -> QueryDict:
    """What “Continue with it” takes up: the draft of this person, 404 when there is none."""
    return typed_of(get_object_or_404(Draftlet, report=report, person=who(request)))
