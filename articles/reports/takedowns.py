"""What follows a takedown: somebody else looks at it within a day; and two people together may bring the report back among the unpublished."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import PublicState, Report, Withdrawal

REVIEW_WITHIN = dt.timedelta(hours=24)


class TakedownReview(models.Model):
    """That a second person looked at a takedown and found it right. Append-only; never by who took it down (triggers)."""

    takedown = models.OneToOneField(Withdrawal, on_delete=models.PROTECT, related_name="review")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of a takedown")

    def __str__(self) -> str:
        return f"{self.takedown_id}"


class ReinstatementRequest(models.Model):
    """That one person asks for a report back that was taken down. Append-only, of the newest takedown (triggers)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reinstatement_requests")
    takedown = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="reinstatement_requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("request to reinstate")
        constraints: ClassVar = [models.UniqueConstraint(fields=["takedown", "asked_by"], name="a_person_asks_once_a_takedown")]

    def __str__(self) -> str:
        return f"{self.takedown_id}"


class Reinstatement(models.Model):
    """That another person granted it: without this row the database keeps the report taken down (triggers)."""

    request = models.OneToOneField(ReinstatementRequest, on_delete=models.PROTECT, related_name="grant")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reinstatement")

    def __str__(self) -> str:
        return f"{self.request_id}"


def takedown_of(report: Report) -> Withdrawal | None:
    """The newest takedown of the report, with its review and who did both; None when it was never taken down."""
    takedowns = Withdrawal.objects.filter(report=report, kind=Withdrawal.Kind.TAKEN_DOWN)
    return takedowns.select_related("person", "review__person").order_by("-id").first()


def due_at(takedown: Withdrawal) -> dt.datetime:
    """Until when somebody else should have looked at the takedown."""
    return takedown.at + REVIEW_WITHIN


def unreviewed() -> models.QuerySet[Withdrawal]:
    """The takedowns that nobody else has looked at, of reports that still are taken down, the oldest first."""
    waiting = Withdrawal.objects.filter(kind=Withdrawal.Kind.TAKEN_DOWN, review=None, report__public_state=PublicState.TAKEN_DOWN)
    newer = Withdrawal.objects.filter(report=models.OuterRef("report"), kind=Withdrawal.Kind.TAKEN_DOWN, pk__gt=models.OuterRef("pk"))
    return waiting.exclude(models.Exists(newer)).order_by("at", "id")
