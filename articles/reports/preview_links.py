"""Preview links: addresses under which one revision can be read by people who have no account."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Report, Revision, Withdrawal

MOST_OPENS = 200
"""A link that is opened more often has got out: it ends, and what it costs to draw is bounded."""


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open_at(self, at: dt.datetime) -> PreviewLinkQuerySet:
        """Those that lead somewhere at that time. A takedown ended every link made before it, whatever became of the report since."""
        taken_down = Withdrawal.objects.filter(
            report=models.OuterRef("report"), kind=Withdrawal.Kind.TAKEN_DOWN, at__gte=models.OuterRef("made_at")
        )
        return self.filter(~models.Exists(taken_down), until__gt=at, revoked_at=None, opens__lt=MOST_OPENS)


class PreviewLink(models.Model):
    """One address, bound to one revision (trigger). The token itself is kept nowhere; of who opens it, only the number and the last day."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="preview_links")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("for whom"), max_length=120)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    opens = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = _("preview link")
        constraints: ClassVar = [
            models.CheckConstraint(name="preview_link_ends", condition=models.Q(until__gt=models.F("made_at"))),
        ]

    def __str__(self) -> str:
        return self.label
