"""Embargo groups: reports, their translations and their pictures that go out in one transaction, or not at all.

A group is made by a publisher before its members are scheduled. While it stands none of them is scheduled, released or published alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.editions.models import Edition
from articles.people.models import User
from articles.reports.embargo_groups import EmbargoMember, group_of, keys_with
from articles.reports.models import PublicState, Report
from articles.text.languages import own_name
from articles.workflow import actions, guards, publication
from articles.workflow.permissions import check_can
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if
from articles.workflow.transitions import TRANSITIONS

MOST = 20
"""So many reports go out together: the lock is held for all of them."""
CAN_JOIN = (PublicState.UNPUBLISHED, PublicState.WITHDRAWN)
Seen = Mapping[int, int]
"""Key of a member -> the lock_version that the person saw."""


def members_of(report: Report) -> list[Report]:
    """All that go out with the report, itself among them, in the order in which they are locked; [] when it stands in no group."""
    if group_of(report) is None:
        return []
    return list(Report.objects.filter(pk__in=keys_with(report)).select_related("scheduled_by").order_by("pk"))


def called(report: Report) -> str:
    """How an alert names a member: by number and language, since who reads it may not be allowed the headline."""
    return _("Report %(number)d (%(language)s)") % {"number": report.pk, "language": own_name(report.language)}


def join(report: Report, others: Iterable[Report], *, by: User, at: dt.datetime | None = None) -> list[Report]:
    """Puts the others into the report's group, and the report too when it stands in none. Returns the members."""
    check_can(by, "schedule", report)
    at = at or timezone.now()
    with transaction.atomic():
        wanted = {report.pk, *keys_with(report), *(each.pk for each in others)}
        locked = list(Report.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)))
        group = group_of(report) or uuid4()
        reasons = [] if len(wanted) > 1 else [Reason(_("Choose another report, or another language, to go out with this one."), "numbers")]
        reasons += [] if len(wanted) <= MOST else [Reason(_("At most 20 reports go out together."), "numbers")]
        if {*keys_with(report)} - wanted:
            raise Conflict([CHANGED_MEANWHILE])
        for each in locked:
            check_can(by, "schedule", each)
            if each.public_state not in CAN_JOIN:
                sentence = _("%(report)s is scheduled, public or taken down: only what is not public joins a group.")
                reasons.append(Reason(sentence % {"report": called(each)}, "numbers"))
            if (theirs := group_of(each)) and theirs != group:
                sentence = _("%(report)s stands in another group: take it out there first.")
                reasons.append(Reason(sentence % {"report": called(each)}, "numbers"))
        refuse_if(reasons)
        for each in locked:
            if EmbargoMember.objects.get_or_create(report=each, defaults={"group": group, "person": by, "at": at})[1]:
                record(by=by, verb="join_group", target=each, facts={"group": str(group)}, at=at)
    return locked


def leave(report: Report, *, by: User, at: dt.datetime | None = None) -> None:
    """Takes the report out of its group; who is then left alone in it is in none."""
    check_can(by, "schedule", report)
    with transaction.atomic():
        locked = _locked(report)
        if any(each.public_state == PublicState.SCHEDULED for each in locked):
            raise Refused([Reason(_("The group is scheduled: unschedule it first."))])
        going = locked if len(locked) == 2 else [each for each in locked if each.pk == report.pk]
        EmbargoMember.objects.filter(report__in=going).delete()
        for each in going:
            record(by=by, verb="leave_group", target=each, at=at)


def schedule(report: Report, *, by: User, publish_at: dt.datetime, seen: Seen, at: dt.datetime | None = None) -> list[Report]:
    """Binds every member's approved revision to one time of release (UTC); or none."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _seen(report, seen, verb="schedule", by=by)
        refuse_if([] if publish_at > at else [Reason(_("Choose a time in the future, or publish now."), "publish_at")])
        refuse_if(named_reasons(locked, {each.pk: guards.publish_reasons(each, at=publish_at) for each in locked}))
        for each in locked:
            actions.bind_to_time(each, by=by, publish_at=publish_at, at=at)
    return locked


def unschedule(report: Report, *, by: User, seen: Seen, at: dt.datetime | None = None) -> list[Report]:
    """Takes every member off the clock; the approvals and the group stand."""
    with transaction.atomic():
        locked = _seen(report, seen, verb="unschedule", by=by)
        for each in locked:
            actions.take_off_the_clock(each, by=by, at=at)
    return locked


def publish(report: Report, *, by: User, seen: Seen, at: dt.datetime | None = None) -> list[Edition]:
    """Makes every member public now, in one transaction; or none, and says which one is not ready and why."""
    members = members_of(report)
    _check_seen(members, seen)
    at = at or timezone.now()
    for each in members:
        check_can(by, "publish", each)
    refuse_if(named_reasons(members, {each.pk: reasons_against_release(each, "publish", at=at) for each in members}))
    try:
        ready = [publication.make_ready(each, "publish", by=by, version=seen[each.pk], at=at) for each in members]
        return publication.put_out(ready, by=by, at=at)
    except Conflict:
        raise
    except Refused as refusal:
        raise Refused(named_reasons(members, {refusal.report_id: refusal.reasons}) or refusal.reasons) from refusal


def reasons_against_release(report: Report, verb: str, *, at: dt.datetime) -> list[Reason]:
    """Why a member cannot go out. Asked of all before a picture of any is copied: while one is not ready, nothing leaves private storage."""
    return guards.state_reasons(report, TRANSITIONS[verb]) or guards.publish_reasons(report, at=at)


def named_reasons(members: Sequence[Report], reasons: Mapping[Any, Sequence[Reason]]) -> list[Reason]:
    """The reasons against some of the members, each with the name of the one that it is about."""
    told = []
    for each in members:
        for reason in reasons.get(each.pk, ()):
            told.append(Reason(_("%(report)s: %(reason)s") % {"report": called(each), "reason": reason}))
    return told


def _locked(report: Report) -> list[Report]:
    """The members as they are now, locked by key as every act locks; Conflict when the group changed in that moment."""
    keys = keys_with(report)
    locked = list(Report.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    if keys_with(report) != keys:
        raise Conflict([CHANGED_MEANWHILE])
    if len(keys) < 2:
        raise Refused([Reason(_("This report stands in no group."))])
    return locked


def _seen(report: Report, seen: Seen, *, verb: str, by: User) -> list[Report]:
    locked = _locked(report)
    for each in locked:
        check_can(by, verb, each)
    _check_seen(locked, seen)
    refuse_if(named_reasons(locked, {each.pk: guards.state_reasons(each, TRANSITIONS[verb]) for each in locked}))
    return locked


def _check_seen(members: Sequence[Report], seen: Seen) -> None:
    if not members:
        raise Refused([Reason(_("This report stands in no group."))])
    if {each.pk: each.lock_version for each in members} != dict(seen):
        raise Conflict(
            [Reason(_("A report of the group, or who stands in it, was changed meanwhile: look at it again, then repeat the step."))]
        )
