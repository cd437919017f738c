"""Corrections: append-only (trigger); a wrong one is superseded, never changed."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Report, Revision


class Correction(models.Model):
    """What was wrong and what is right, in words for readers."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        APOLOGY = "apology", _("Apology")
        RETRACTION = "retraction", _("Retraction")

    class Position(models.TextChoices):
        TOP = "top", _("Above the text")
        BOTTOM = "bottom", _("Below the text")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="corrections")
    from_revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    to_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    text = models.TextField(_("text"), max_length=2000)
    position = models.CharField(_("position"), max_length=6, choices=Position, default=Position.TOP)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        verbose_name = _("correction")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["supersedes"], condition=models.Q(supersedes__isnull=False), name="superseded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def audit_code(self) -> str:
        return f"correction:{self.uuid}"
