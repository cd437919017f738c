"""Notices at the desk: one's own, what is mailed to oneself, and the newsroom's rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.admin.requests import who
from articles.admin.site import desk
from articles.notices import posting
from articles.notices.models import ALWAYS, Channel, Event, Muted, Notice, Receiver
from articles.people.models import User
from articles.reports.models import Report
from articles.workflow.notice_rules import Rule, can_be, mark, mute, set_rules, standing
from articles.workflow.permissions import can_set_notices, check_can_set_notices, visible_to
from articles.workflow.refusals import Conflict, Forbidden, Refused

A_PAGE = 40


@dataclass(frozen=True)
class Shown:
    """A notice and the report it is about: None when there is none, or the person may not open it any more."""

    notice: Notice
    report: Report | None


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first, a page at a time by number."""
    person = who(request)
    rows = Notice.objects.filter(person=person).select_related("actor").order_by("-id")
    if before := request.GET.get("before"):
        rows = rows.filter(pk__lt=_number(before))
    found = list(rows[: A_PAGE + 1])
    reports = {each.pk: each for each in visible_to(person).filter(pk__in={row.report_id for row in found}).defer("body", "internal_note")}
    shown = [Shown(row, reports.get(row.report_id or 0)) for row in found[:A_PAGE]]
    more = found[A_PAGE - 1].pk if len(found) > A_PAGE else None
    facts: dict[str, Any] = {"rows": shown, "more": more, "first": not before, "may_set": can_set_notices(person)}
    return _page(request, "notices", _("Notices"), **facts)


@require_safe
@never_cache
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Opens what the notice is about, and marks it as read. Somebody else's is not there."""
    person = who(request)
    found = Notice.objects.filter(person=person, pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    posting.read(person, number=number)
    if found.report_id and visible_to(person).filter(pk=found.report_id).exists():
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[found.report_id]))
    return HttpResponseRedirect(reverse("desk_notices"))


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    posting.read(who(request))
    messages.success(request, _("All notices are read."))
    return HttpResponseRedirect(reverse("desk_notices"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What is mailed to the person: of each event that can be muted, whether it is."""
    person, said, status = who(request), [], 200
    if request.method == "POST":
        wanted = set(request.POST.getlist("mail"))
        try:
            mute({event for event in Event.values if event not in ALWAYS and event not in wanted}, by=person)
        except Refused as refusal:
            said, status = list(refusal.reasons), 400
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("desk_notices_mine"))
    muted = set(Muted.objects.filter(person=person).values_list("event", flat=True))
    rows = [(event, Event(event).label, event not in muted, event in ALWAYS) for event in Event.values]
    return _page(request, "notices_mine", _("What is mailed to you"), status=status, rows=rows, said=said, person=person)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    """Who is told of what, as a table of ticks; people by name under it."""
    try:
        check_can_set_notices(who(request))
    except Forbidden as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if request.method != "POST":
        return _rules_page(request, standing())
    wanted = {Rule(*parts) for each in request.POST.getlist("on") if len(parts := each.split("|")) == 3}
    wanted |= (
        {Rule(request.POST.get("event", ""), request.POST["person"], request.POST.get("channel", ""))}
        if request.POST.get("person")
        else set()
    )
    if not request.POST.get("seen"):
        return _rules_page(
            request, wanted, said=[_("Open the rules again and repeat the step: the form came without what you saw.")], status=400
        )
    try:
        changed = set_rules(wanted, by=who(request), seen=request.POST.get("seen", ""))
    except Refused as refusal:
        return _rules_page(request, wanted, said=list(refusal.reasons), status=409 if isinstance(refusal, Conflict) else 400)
    messages.success(request, _("Saved: the new rules count from now on.") if changed else _("Nothing was changed."))
    return HttpResponseRedirect(reverse("desk_notice_rules"))


def _rules_page(request: HttpRequest, ticked: set[Rule], *, said: Any = (), status: int = 200) -> HttpResponse:
    columns = [each for each in Receiver if each != Receiver.PERSON]
    table = [
        (
            Event(event).label,
            [
                (column.label, [(Rule(event, column, way), way.label, Rule(event, column, way) in ticked) for way in Channel])
                if can_be(event, column)
                else (column.label, [])
                for column in columns
            ],
        )
        for event in Event.values
    ]
    working = User.objects.filter(is_active=True, is_staff=True, is_machine=False).order_by("username")
    named = {
        str(person.pk): person
        for person in User.objects.filter(pk__in=[rule.who for rule in ticked if rule.who.isdecimal() and len(rule.who) < 19])
    }
    also = [
        (rule, named[rule.who], Event(rule.event).label, Channel(rule.channel).label)
        for rule in sorted(ticked)
        if rule.who in named and rule.event in Event.values and rule.channel in Channel.values
    ]
    facts: dict[str, Any] = {"table": table, "also": also, "people": working, "seen": mark(standing())}
    facts |= {"names_reports": settings.NOTICES_NAME_REPORTS, "events": Event.choices, "channels": Channel.choices}
    return _page(request, "notice_rules", _("Who is told of what"), status=status, said=said, **facts)


def _page(request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any) -> TemplateResponse:
    request.current_app = desk.name
    return TemplateResponse(request, f"admin/{name}.html", {**desk.each_context(request), "title": title, **context}, status=status)


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise Http404
    return int(digits)
