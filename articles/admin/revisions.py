"""A report's revisions: all of them, any two compared, any one restored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.compared import changed_names, differences_of
from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.reports.models import PublicState, Report, Revision, SignOff
from articles.reports.snapshot import Unreadable, readable
from articles.text.languages import direction
from articles.workflow import guards
from articles.workflow.permissions import can, pictures_visible_to
from articles.workflow.refusals import Conflict, Forbidden, Reason, Refused
from articles.workflow.restoring import restoration, restore

A_PAGE = 30
LIVE = "live"
BLANK: dict[str, Any] = {
    "schema": 1,
    "public": {
        **dict.fromkeys(("language", "kind", "headline", "slug", "standfirst", "body", "byline_mode"), ""),
        "dateline": {"mode": "", "on": None, "place": "", "region": None, "source": ""},
        "event": {"on": None, "precision": ""},
        "call_to_action": {"text": "", "link": ""},
        **dict.fromkeys(("bylines", "regions", "tags", "citations", "pictures"), ()),
        "contact": None,
    },
    "desk": {},
}
"""What the first revision is compared with: a report with nothing in it."""


def revisions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The revisions, newest first, a page at a time by number."""
    report = report_or_404(request, pk)
    before = request.GET.get("before", "")
    rows = report.revisions.select_related("author").order_by("-number")
    if before:
        rows = rows.filter(number__lt=_number(before))
    found = list(rows[: A_PAGE + 1])
    live = live_number(report)
    approved = set(report.sign_offs.filter(part=SignOff.Part.APPROVED, voided_at__isnull=True).values_list("revision__number", flat=True))
    told = [
        {
            "revision": revision,
            "changed": _changed(found[place + 1] if place + 1 < len(found) else None, revision),
            "purged": not revision.content,
            "live": revision.number == live,
            "approved": revision.number in approved,
        }
        for place, revision in enumerate(found[:A_PAGE])
    ]
    more = found[A_PAGE - 1].number if len(found) > A_PAGE else None
    title = _("Revisions of “%(report)s”") % {"report": report}
    return page(request, "revisions", report, title=title, rows=told, more=more, live=live, first=not before)


def compare_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions of the report, by number or `live`; without a word, the newest and the one before."""
    report = report_or_404(request, pk)
    newest = report.revisions.order_by("-number").values_list("number", flat=True)[0]
    usual = (("from", max(newest - 1, 1)), ("to", newest))
    old, new = (_revision(report, request.GET.get(name, str(number))) for name, number in usual)
    title = _("Revisions %(old)d and %(new)d of “%(report)s”") % {"old": old.number, "new": new.number, "report": report}
    return page(request, "compare", report, title=title, **_compared(who(request), report, old, new))


def revision_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One revision: what was changed with it, and what restoring it would do."""
    report = report_or_404(request, pk)
    return _revision_page(request, report, _revision(report, str(number)))


def restore_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Saves the revision's content as the newest."""
    report = report_or_404(request, pk)
    revision = _revision(report, str(number))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    seen = request.POST.get("seen_version", "")
    try:
        if not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
            raise Refused([Reason(_("Open the revision again and repeat the step: the form came without the state that you saw."))])
        _report, lost = restore(report, revision, by=who(request), version=int(seen))
    except Refused as refusal:
        status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Conflict) else 400
        return _revision_page(request, Report.objects.get(pk=report.pk), revision, refused=refusal.reasons, status=status)
    messages.success(
        request, _("Revision %(number)d is restored as a new revision. It goes through review as any change.") % {"number": number}
    )
    for sentence in lost:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))


def live_number(report: Report) -> int | None:
    """The number of the revision that readers have, None when they have none."""
    if report.public_state != PublicState.LIVE:
        return None
    published = report.revisions.filter(kind=Revision.Kind.PUBLISH, content_hash=report.live_hash)
    return published.order_by("-number").values_list("number", flat=True).first()


def _changed(old: Revision | None, new: Revision) -> list[str]:
    """In a word each, what was changed with a revision; nothing of the first, or when a text cannot be read."""
    try:
        return changed_names(readable(old.content), readable(new.content)) if old else []
    except Unreadable:
        return []


def _revision_page(request: HttpRequest, report: Report, revision: Revision, *, refused: Any = (), status: int = 200) -> HttpResponse:
    person = who(request)
    previous = report.revisions.select_related("author").filter(number=revision.number - 1).first()
    last = report.revisions.order_by("-number").values_list("number", flat=True)[0]
    reasons, lost = guards.reasons_against(report, "save", by=person), []
    if not reasons:
        try:
            lost = restoration(report, revision, by=person).lost
        except Refused as refusal:
            reasons = list(refusal.reasons)
    title = _("Revision %(number)d of “%(report)s”") % {"number": revision.number, "report": report}
    context = _compared(person, report, previous, revision) | {
        "refused": refused,
        "may_restore": can(person, "save", report),
        "reasons": reasons,
        "lost": lost,
        "after": revision.number + 1 if revision.number < last else None,
    }
    return page(request, "revision", report, status=status, title=title, **context)


def _compared(person: User, report: Report, old: Revision | None, new: Revision) -> dict[str, Any]:
    """The two and their differences; `unreadable` when the text of one was purged or is of an unknown shape."""
    context: dict[str, Any] = {"old": old, "new": new, "pair": [each for each in (old, new) if each]}
    context |= {"live": live_number(report), "dir": direction(report.language)}
    try:
        contents = readable(old.content if old else BLANK), readable(new.content)
        context["found"] = differences_of(*contents, thumbs=_thumbs(person, *contents))
    except Unreadable:
        context["unreadable"] = True
    return context


def _thumbs(person: User, *contents: dict[str, Any]) -> set[int]:
    """The keys of the pictures in these contents of which the person may see the thumbnail."""
    keys = {row["image"] for content in contents for row in content["public"]["pictures"]}
    return set(pictures_visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _revision(report: Report, which: str) -> Revision:
    """The report's revision of that number, or the one that is live. Raises Http404."""
    number = live_number(report) or 0 if which == LIVE else _number(which)
    revision = report.revisions.select_related("author").filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Http404
    return int(digits)
