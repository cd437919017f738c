"""Who is told of what at the desk: rules as data, notices on the desk, and the log of what was mailed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Report


class Event(models.TextChoices):
    """What somebody may want to be told of, in the order in which a report meets it. The words name no report."""

    ASSIGNED = "assigned", _("A report was assigned")
    SUBMITTED = "submitted", _("A report waits for review")
    COMMENTED = "commented", _("A report has a new comment")
    CHANGES_REQUESTED = "changes_requested", _("Changes are requested in a report")
    APPROVED = "approved", _("A report is approved")
    DUE_SOON = "due_soon", _("A report is due within a day")
    OVERDUE = "overdue", _("A report is overdue")
    SCHEDULED = "scheduled", _("A report is scheduled")
    PUBLISHED = "published", _("A report is public")
    UPDATED = "updated", _("A public report was updated")
    RELEASE_FAILED = "release_failed", _("A scheduled report could not be released")
    WITHDRAWN = "withdrawn", _("A report was withdrawn")
    TAKEN_DOWN = "taken_down", _("A report was taken down")
    CLOCK_SILENT = "clock_silent", _("The clock was silent and runs again")


class Receiver(models.TextChoices):
    """Who is meant by a rule; whoever may not open the report is never meant."""

    WRITERS = "writers", _("its writers")
    ASSIGNEE = "assignee", _("who it is assigned to")
    SCHEDULER = "scheduler", _("who scheduled it")
    CONCERNED = "concerned", _("who takes part in the talk")
    EDITORS = "editor", _("editors")
    PUBLISHERS = "publisher", _("publishers")
    SAFETY_OFFICERS = "safety officer", _("safety officers")
    ADMINISTRATORS = "administrator", _("administrators")
    PERSON = "person", _("one person")


class Channel(models.TextChoices):
    DESK = "desk", _("on the desk")
    MAIL = "mail", _("by mail")


ALWAYS = frozenset({Event.RELEASE_FAILED, Event.TAKEN_DOWN, Event.CLOCK_SILENT})
"""What nobody can mute for themselves: it cannot wait until somebody looks."""


class NoticeRule(models.Model):
    """One receiver is told of one event by one channel. A rule that is not wanted is no row."""

    event = models.CharField(_("event"), max_length=20, choices=Event)
    receiver = models.CharField(_("receiver"), max_length=16, choices=Receiver)
    person = models.ForeignKey(User, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)

    class Meta:
        verbose_name = _("rule for notices")
        verbose_name_plural = _("rules for notices")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "receiver", "channel"], name="notice_rule_once", condition=models.Q(person__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["event", "person", "channel"], name="notice_rule_once_a_person", condition=models.Q(person__isnull=False)
            ),
            models.CheckConstraint(
                name="notice_rule_names_a_person_or_none",
                condition=models.Q(receiver="person", person__isnull=False)
                | (~models.Q(receiver="person") & models.Q(person__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.person or self.get_receiver_display()}, {self.get_channel_display()}"

    @property
    def audit_code(self) -> str:
        return f"notice-rule:{self.event}/{self.receiver.replace(' ', '-')}/{self.channel}"


class Muted(models.Model):
    """An event of which a person wants no mail; the desk tells of it all the same."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=20, choices=Event)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "event"], name="muted_once")]


class Notice(models.Model):
    """One person is told of one event on the desk. It holds no text of the report: what it shows is read when it is shown."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=20, choices=Event)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["at"], name="notice_age"),
        ]


class NoticeMail(models.Model):
    """The log of one mail: one row and one Message-ID, however often it was tried. It holds no address and no text."""

    message_id = models.UUIDField(unique=True, default=uuid.uuid4)
    batch = models.UUIDField(db_index=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=20, choices=Event)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="notice_mail_age")]


class Reminder(models.Model):
    """That the due time of a report was told of, so that it is told of once; another due time is told of again."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=20, choices=Event)
    due_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "event"], name="reminded_once")]
