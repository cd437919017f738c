"""Sealed media inquiries: what routes them stands in columns, all else in a blob that only the press officers' keys open."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.taxonomy.models import Region


class MediaInquiry(models.Model):
    """One inquiry. No address, no browser, no plain text; the day it came, not the hour."""

    class Topic(models.TextChoices):
        INTERVIEW = "interview", _("An interview")
        FACTS = "facts", _("Facts or figures")
        CONTACT = "contact", _("A contact in a region")
        PICTURES = "pictures", _("Pictures or documents")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Taken")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined")
        SPAM = "spam", _("Spam")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    received_on = models.DateField(_("received on"))
    deadline_at = models.DateTimeField(_("deadline"), null=True)
    deadline_zone = models.CharField(max_length=40, blank=True)
    topic = models.CharField(_("topic"), max_length=10, choices=Topic)
    language = models.CharField(_("language"), max_length=16)
    region = models.ForeignKey(Region, verbose_name=_("region"), null=True, on_delete=models.SET_NULL, related_name="+")
    report_uuid = models.UUIDField(null=True)
    sealed = models.BinaryField()
    fingerprints = models.JSONField(default=list)
    slow_lane = models.BooleanField(_("slow lane"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.WAITING)
    assigned_to = models.ForeignKey(User, verbose_name=_("who has it"), null=True, on_delete=models.SET_NULL, related_name="+")
    purge_on = models.DateField(_("purged on"))

    class Meta:
        ordering: ClassVar = ["slow_lane", "deadline_at", "id"]
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        indexes: ClassVar = [
            models.Index(fields=["status", "slow_lane", "deadline_at"], name="inquiry_queue"),
            models.Index(fields=["purge_on"], name="inquiry_purge"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_code(self) -> str:
        return f"inquiry:{self.reference}"


class InquiryEvent(models.Model):
    """What was done with an inquiry; append-only, gone with it."""

    inquiry = models.ForeignKey(MediaInquiry, on_delete=models.CASCADE, related_name="events")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class SpentToken(models.Model):
    """A form's token that was used: by its hash, until it could not be used any more in any case."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)


class Arrivals(models.Model):
    """How many inquiries came in an hour, from wherever: over a limit they go to the slow lane."""

    hour = models.DateTimeField(primary_key=True)
    number = models.PositiveIntegerField(default=0)
