"""What is said about a report, beside its text: one page on which each paragraph and each field takes comments, without a script."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.reports.comments import Field, ReviewComment
from articles.reports.models import Report, Revision
from articles.text import anchors
from articles.workflow import commenting
from articles.workflow.permissions import can_comment
from articles.workflow.refusals import Forbidden, Reason, Refused

DONE: dict[str, str | Promise] = {
    "comment": gettext_lazy("Said. Who works on the report sees it."),
    "reply": gettext_lazy("Answered."),
    "resolve": gettext_lazy("Resolved. It can be opened again."),
    "reopen": gettext_lazy("Open again."),
}


@dataclass
class Spot:
    """Something that takes comments: the whole report, a field, a paragraph; the key names it in addresses and forms."""

    key: str
    label: str
    text: str = ""
    field: str = ""
    place: int | None = None
    threads: list[ReviewComment] = dataclass_field(default_factory=list)


def comments_view(request: HttpRequest, pk: int) -> HttpResponse:
    """All comments where they stand; a POST says, answers, resolves or opens one."""
    report = report_or_404(request, pk)
    person, said, status = who(request), [], 200
    typed = {"spot": "", "text": "", "thread": ""}
    if request.method == "POST":
        if not can_comment(person, report):
            raise PermissionDenied
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            anchor = _act(report, request.POST, by=person)
        except Refused as refusal:
            said, status = [str(reason) for reason in refusal.reasons], 403 if isinstance(refusal, Forbidden) else 400
        else:
            messages.success(request, str(DONE[request.POST["do"]]))
            return HttpResponseRedirect(f"{reverse('admin:articles_report_comments', args=[report.pk])}#{anchor}")
    spots, lost = spots_of(report)
    context = {
        "title": _("Comments on “%(report)s”") % {"report": report},
        "spots": spots,
        "lost": lost,
        "may_comment": can_comment(person, report),
        "number": report.revisions.order_by("-number").values_list("number", flat=True)[0],
        "said": said,
        "typed": typed,
        "open_comments": sum(thread.resolved_at is None for spot in [*spots, lost] for thread in spot.threads),
    }
    return page(request, "comments", report, status=status, **context)


def spots_of(report: Report) -> tuple[list[Spot], Spot]:
    """Everything that takes comments, in the order of the report, with its threads; and those whose paragraph is gone."""
    whole = Spot("report", _("The whole report"))
    named = {name: Spot(name, str(label), _shown(report, name), name) for name, label in Field.choices if name != Field.BODY}
    first, last = ("headline", "standfirst", "dateline"), ("pictures", "citations", "subjects", "credits")
    body = [
        Spot(f"p{place}", _("Paragraph %(number)d") % {"number": place + 1}, text, Field.BODY, place)
        for place, text in enumerate(anchors.paragraphs(report.body))
    ]
    lost = Spot("lost", _("Their paragraph is gone"))
    for thread in report.review_comments.threads().select_related("person", "resolved_by", "revision").prefetch_related("replies__person"):
        thread.answers = sorted(thread.replies.all(), key=lambda each: (each.at, each.pk))  # type: ignore[attr-defined]  # for the template
        if thread.field != Field.BODY:
            spot = named.get(thread.field, whole)
        else:
            spot = body[thread.place] if thread.place is not None and thread.place < len(body) else lost
        spot.threads.append(thread)
    return [whole, *(named[name] for name in first), *body, *(named[name] for name in last)], lost


def _shown(report: Report, name: str) -> str:
    return {"headline": report.headline, "standfirst": report.standfirst, "dateline": report.dateline_place}.get(name, "")


def _act(report: Report, given: Any, *, by: User) -> str:
    """Does what the form asks, and says where on the page it is seen."""
    verb, text = given.get("do", ""), given.get("text", "")
    if verb == "comment":
        spot = given.get("spot", "")
        name, place = (
            (Field.BODY.value, _number(spot[1:])) if spot[:1] == "p" and spot[1:].isdecimal() else ("" if spot == "report" else spot, None)
        )
        revision = Revision.objects.filter(report=report, number=_number(given.get("number", ""))).first()
        if revision is None:
            raise Refused([Reason(_("Open the page again and repeat the step: the form came without the text that you read."))])
        return f"comment-{commenting.comment(report, by=by, text=text, field=name, revision=revision, place=place).pk}"
    thread = report.review_comments.filter(parent=None, pk=_number(given.get("thread", ""))).first()
    if thread is None:
        raise Refused([Reason(_("Choose a comment of this report."))])
    if verb == "reply":
        commenting.reply(thread, by=by, text=text)
    elif verb == "resolve":
        commenting.resolve(thread, by=by)
    elif verb == "reopen":
        commenting.reopen(thread, by=by)
    else:
        raise Http404
    return f"comment-{thread.pk}"


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
