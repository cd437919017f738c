"""A takedown as the desk tells it: by whom, until when somebody else looks at it, and who asks for the report back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from articles.people.models import User
from articles.people.roles import EDITOR, PUBLISHER, SAFETY_OFFICER, holds
from articles.reports.models import PublicState, Report, Withdrawal
from articles.reports.takedowns import REVIEW_WITHIN, ReinstatementRequest, TakedownReview, due_at, takedown_of, unreviewed
from articles.workflow.second_person import asked_by_others


@dataclass(frozen=True)
class Takedown:
    """The newest takedown of a report that is taken down."""

    done: Withdrawal
    due_at: dt.datetime
    is_overdue: bool
    review: TakedownReview | None
    requests: list[ReinstatementRequest]


def takedown_shown(report: Report) -> Takedown | None:
    """What the panel says of a report that is taken down; None for every other."""
    takedown = takedown_of(report) if report.public_state == PublicState.TAKEN_DOWN else None
    if takedown is None:
        return None
    review = getattr(takedown, "review", None)
    requests = list(ReinstatementRequest.objects.filter(takedown=takedown).select_related("asked_by"))
    return Takedown(takedown, due_at(takedown), review is None and due_at(takedown) < timezone.now(), review, requests)


def to_review(person: User, reports: QuerySet[Report]) -> list[Report]:
    """The reports whose takedown this person should look at, the oldest first; `due_at` is until when."""
    if not holds(person, EDITOR, PUBLISHER, SAFETY_OFFICER):
        return []
    waiting = {takedown.report_id: due_at(takedown) for takedown in unreviewed().exclude(person=person)[:50]}
    found = {report.pk: report for report in reports.filter(pk__in=waiting)}
    for key, report in found.items():
        report.due_at = waiting[key]  # on a report that is taken down, this is what is due
    return [found[key] for key in waiting if key in found]


def mark_overdue(reports: list[Report]) -> None:
    """Notes on each report whose takedown waits too long for a second look that it does; asks only when one is taken down."""
    down = [report for report in reports if report.public_state == PublicState.TAKEN_DOWN]
    late = (
        set(unreviewed().filter(report__in=down, at__lt=timezone.now() - REVIEW_WITHIN).values_list("report", flat=True)) if down else set()
    )
    for report in reports:
        report.takedown_overdue = report.pk in late  # type: ignore[attr-defined]  # for the list's own column


def to_grant(person: User, reports: QuerySet[Report]) -> list[Report]:
    """The reports that others ask to reinstate and this person may grant."""
    if not holds(person, PUBLISHER, SAFETY_OFFICER):
        return []
    asked = ReinstatementRequest.objects.filter(report__public_state=PublicState.TAKEN_DOWN, grant=None).exclude(asked_by=person)
    found = reports.filter(pk__in=asked.values("report")).order_by("saved_at", "id")[:50]
    return [report for report in found if asked_by_others(report, by=person)]
