"""Who is told when something happened to a report: the rules' receivers, less whoever did it and whoever may not open it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.notices import mailing, posting
from articles.notices.models import Event, NoticeRule, Receiver, Reminder
from articles.people.machines import CLOCK, machine
from articles.people.models import User
from articles.people.roles import roles_of, with_roles
from articles.reports.models import EditState, PublicState, Report, SignOff
from articles.workflow.permissions import can_view

SOON = dt.timedelta(days=1)
OLDEST_OVERDUE = dt.timedelta(days=30)
SILENT_AFTER = dt.timedelta(minutes=2)
AT_WORK = (EditState.DRAFT, EditState.IN_REVIEW, EditState.CHANGES_REQUESTED)
ROLES = {Receiver.EDITORS, Receiver.PUBLISHERS, Receiver.SAFETY_OFFICERS, Receiver.ADMINISTRATORS}
MOST_A_ROUND = 200


def tell(report: Report | None, event: str, *, by: User, at: dt.datetime | None = None, concerned: Iterable[int] = ()) -> None:
    """Writes the notices that the rules ask for, within the transaction of the act. `concerned` are keys of people whom the act itself
    names: who takes part in a talk, or has been asked. A constant number of statements, however many people are told."""
    rules = list(NoticeRule.objects.filter(event=event))
    if not rules:
        return
    channels: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for rule in rules:
        channels[(Receiver.PERSON, rule.person_id) if rule.person_id else (rule.receiver, None)].add(rule.channel)
    keys: dict[str, set[int | None]] = {
        Receiver.WRITERS: _writers(report) if (Receiver.WRITERS, None) in channels else set(),
        Receiver.ASSIGNEE: {report.assigned_to_id} if report else set(),
        Receiver.SCHEDULER: {report.scheduled_by_id} if report else set(),
        Receiver.CONCERNED: {*concerned},
    }
    wanted = {key for receiver, found in keys.items() if (receiver, None) in channels for key in found if key}
    wanted |= {key for receiver, key in channels if receiver == Receiver.PERSON and key}
    roles: list[str] = [receiver for receiver in ROLES if (receiver, None) in channels]
    told = {}
    for person in _people(wanted, roles):
        if person.pk == by.pk or (report is not None and not can_view(person, report)):
            continue
        held = {receiver for receiver, found in keys.items() if person.pk in found} | {role for role in roles if role in roles_of(person)}
        how = set().union(*(channels.get((receiver, None), set()) for receiver in held), channels.get((Receiver.PERSON, person.pk), set()))
        if how:
            told[person] = how
    posting.post(event, to=told, report=report, by=by, at=at or timezone.now())


def send_mail(payload: dict[str, Any]) -> None:
    """The errand that mails a batch."""
    mailing.send(payload["batch"], may_read=can_view)


def remind(*, at: dt.datetime) -> int:
    """Tells of reports that fall due within a day, and of those that are overdue, once for each due time; returns of how many."""
    told = 0
    for event, since, until in ((Event.OVERDUE, at - OLDEST_OVERDUE, at), (Event.DUE_SOON, at, at + SOON)):
        due = Report.objects.filter(due_at__gt=since, due_at__lte=until, edit_state__in=AT_WORK).exclude(
            public_state=PublicState.TAKEN_DOWN
        )
        reminded = Reminder.objects.filter(report=OuterRef("pk"), event=event, due_at=OuterRef("due_at"))
        for report in due.exclude(Exists(reminded)).order_by("due_at", "pk")[:MOST_A_ROUND]:
            if report.due_at is None:
                continue
            with transaction.atomic():
                Reminder.objects.update_or_create(report=report, event=event, defaults={"due_at": report.due_at})
                tell(report, event, by=machine(CLOCK), at=at)
            told += 1
    return told


def clock_was_silent(*, since: dt.datetime, at: dt.datetime) -> bool:
    """Tells that the clock runs again when it had been silent for longer than two minutes; whether it did."""
    if at - since <= SILENT_AFTER:
        return False
    with transaction.atomic():
        tell(None, Event.CLOCK_SILENT, by=machine(CLOCK), at=at)
    return True


def _people(keys: set[int], roles: list[str]) -> list[User]:
    """Active people of the desk with these keys or roles."""
    people = User.objects.filter(is_active=True, is_staff=True, is_machine=False)
    return with_roles(people.filter(Q(pk__in=keys) | Q(pk__in=User.objects.filter(groups__name__in=roles).values("pk"))).order_by("pk"))


def _writers(report: Report | None) -> set[int | None]:
    """Who began the report and whoever wrote in it."""
    if report is None:
        return set()
    return {report.created_by_id, *report.sign_offs.filter(part=SignOff.Part.WROTE).values_list("person_id", flat=True)}
