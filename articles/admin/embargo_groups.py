"""The reports that go out together: who stands in the group, what each lacks, and the acts on all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.again import asks_again
from articles.admin.moments import MomentField, ZoneField, times_of
from articles.admin.panel import stands_at
from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.people.roles import PUBLISHER, holds
from articles.reports.models import PublicState, Report
from articles.text.languages import direction, own_name
from articles.workflow import embargo_groups, guards, translating
from articles.workflow.permissions import can_view
from articles.workflow.refusals import Conflict, Forbidden, Reason, Refused
from articles.workflow.transitions import TRANSITIONS

NUMBER = re.compile(r"\A(?:.*/report/)?(\d{1,18})(?:/.*)?\Z", re.ASCII)


class JoinForm(forms.Form):
    """Which reports join: other languages by a tick, others by number or by their address at the desk."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Other languages"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    numbers = forms.CharField(
        label=gettext_lazy("Other reports"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Their numbers or their addresses at the desk, with spaces between."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    use_required_attribute = False

    def __init__(self, data: Any, report: Report, *, by: User) -> None:
        here = embargo_groups.members_of(report) or [report]
        others = [
            each
            for each in translating.family(report)
            if each not in here and each.public_state in embargo_groups.CAN_JOIN and can_view(by, each)
        ]
        super().__init__(data, initial={"languages": [str(each.pk) for each in others]})
        self.by = by
        choices = [(str(each.pk), f"{own_name(each.language)}: {each} ({stands_at(each)})") for each in others]
        if choices:
            self.fields["languages"].choices = choices  # type: ignore[attr-defined]  # it has choices
        else:
            del self.fields["languages"]

    def clean_numbers(self) -> list[int]:
        """The numbers, each of a report that the person may open: others do not exist for them."""
        found = []
        for word in self.cleaned_data["numbers"].replace(",", " ").split():
            number = NUMBER.match(word)
            report = Report.objects.filter(pk=int(number[1])).first() if number else None
            if report is None or not can_view(self.by, report):
                raise forms.ValidationError(_("There is no report “%(word)s”: look at the number in its address.") % {"word": word[:60]})
            found.append(report.pk)
        return found

    def chosen(self) -> list[Report]:
        keys = {*map(int, self.cleaned_data.get("languages", ())), *self.cleaned_data["numbers"]}
        return list(Report.objects.filter(pk__in=keys))


class TimeForm(forms.Form):
    publish_at = MomentField(label=gettext_lazy("When (%(zone)s)"))
    zone = ZoneField()
    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        times_of(self, zone=self.data.get("zone", ""))
        self.fields["publish_at"].label = str(self.fields["publish_at"].label) % {"zone": str(self["zone"].value()).replace("_", " ")}


class SureForm(forms.Form):
    sure = forms.BooleanField(
        label=gettext_lazy("Yes: all of them come off the clock"),
        error_messages={"required": gettext_lazy("Confirm it with the tick: the others of the group come off the clock too.")},
    )
    use_required_attribute = False


@dataclass(frozen=True)
class Row:
    """One member: as much of it as this person may know."""

    report: Report
    opens: bool
    language: str
    dir: str
    stands: str
    lacks: list[Reason]


@dataclass
class Told:
    """The forms of the page, one of them perhaps refused, and what is said above them."""

    join: JoinForm
    time: TimeForm
    sure: SureForm
    said: list[str]
    status: int = 200


@asks_again(lambda request, **_rest: request.POST.get("do") in ("schedule", "publish"))
def group_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's group; a POST does one thing with it, for publishers alone."""
    report = report_or_404(request, pk)
    told = Told(JoinForm(None, report, by=who(request)), TimeForm(), SureForm(), [])
    if request.method != "POST":
        return _page(request, report, told)
    if not holds(who(request), PUBLISHER):
        raise PermissionDenied
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        told.said, told.status = [_("Choose one of the buttons of this page.")], 400
        return _page(request, report, told)
    try:
        done = act(request, report, told)
    except Refused as refusal:
        told.said = [str(reason) for reason in refusal.reasons]
        told.status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Conflict) else 400
        done = None
    if done is None:
        return _page(request, report, told)
    messages.success(request, str(done))
    return HttpResponseRedirect(reverse("admin:articles_report_group", args=[report.pk]))


def _join(request: HttpRequest, report: Report, told: Told) -> str | Promise | None:
    told.join = JoinForm(request.POST, report, by=who(request))
    if not told.join.is_valid():
        told.status = 400
        return None
    embargo_groups.join(report, told.join.chosen(), by=who(request))
    return _("They go out together from now on: all of them, or none.")


def _leave(request: HttpRequest, report: Report, told: Told) -> str | Promise | None:
    leaving = next((each for each in embargo_groups.members_of(report) if str(each.pk) == request.POST.get("member")), None)
    if leaving is None:
        raise Refused([Reason(_("This report stands in no group."))])
    embargo_groups.leave(leaving, by=who(request))
    return _("Taken out: it goes its own way.")


def _schedule(request: HttpRequest, report: Report, told: Told) -> str | Promise | None:
    told.time = TimeForm(request.POST)
    if not told.time.is_valid():
        told.status = 400
        return None
    embargo_groups.schedule(report, by=who(request), publish_at=told.time.cleaned_data["publish_at"], seen=_seen(request))
    return _("Scheduled, all of them for the same moment.")


def _unschedule(request: HttpRequest, report: Report, told: Told) -> str | Promise | None:
    told.sure = SureForm(request.POST)
    if not told.sure.is_valid():
        told.status = 400
        return None
    embargo_groups.unschedule(report, by=who(request), seen=_seen(request))
    return _("Unscheduled, all of them. The approvals and the group stand.")


def _publish(request: HttpRequest, report: Report, told: Told) -> str | Promise | None:
    embargo_groups.publish(report, by=who(request), seen=_seen(request))
    return _("Published, all of them at once.")


ACTS: dict[str, Callable[[HttpRequest, Report, Told], str | Promise | None]] = {
    "join": _join,
    "leave": _leave,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "publish": _publish,
}


def _seen(request: HttpRequest) -> dict[int, int]:
    """What the page showed of the members: “key:version”, one field each."""
    pairs = [each.split(":") for each in request.POST.getlist("seen")[: embargo_groups.MOST + 1]]
    whole = all(len(pair) == 2 and all(each.isascii() and each.isdecimal() and len(each) < 19 for each in pair) for pair in pairs)
    return {int(pair[0]): int(pair[1]) for pair in pairs} if whole else {}


def _page(request: HttpRequest, report: Report, told: Told) -> HttpResponse:
    members = embargo_groups.members_of(report)
    person = who(request)
    scheduled = bool(members) and all(each.public_state == PublicState.SCHEDULED for each in members)
    return page(
        request,
        "group",
        Report.objects.get(pk=report.pk),
        status=told.status,
        title=_("Released together with “%(report)s”") % {"report": report},
        rows=[_row(each, scheduled=scheduled, by=person) for each in members],
        scheduled=members[0] if scheduled else None,
        acts=holds(person, PUBLISHER),
        told=told,
    )


def _row(each: Report, *, scheduled: bool, by: User) -> Row:
    opens = can_view(by, each)
    lacks = []
    if opens:
        lacks = [] if scheduled else guards.state_reasons(each, TRANSITIONS["schedule"])
        lacks = lacks or guards.publish_reasons(each, at=each.publish_at, embargo=scheduled)
    return Row(each, opens, own_name(each.language), direction(each.language), stands_at(each) if opens else "", lacks)
