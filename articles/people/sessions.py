"""Sessions of the desk: one row for each log-in, from which it can be listed, ended and explained. No address and no agent is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from articles.audit.chain import Audited, record
from articles.people.models import User

EXPLAINED_FOR = dt.timedelta(days=7)
"""For so long a browser that comes back is told why its session ended."""


def new_mark() -> str:
    """What ties a browser's session to its row: 128 bits."""
    return secrets.token_hex(16)


class StaffSessionQuerySet(models.QuerySet["StaffSession"]):
    def open_at(self, at: dt.datetime) -> StaffSessionQuerySet:
        """Those that are neither ended nor over by time."""
        return self.filter(ended_at=None, since__gt=at - longest(), seen_at__gt=at - idle())


class StaffSession(models.Model):
    """One log-in of a person: on what kind of device, since when, last seen to the minute, and why it ended."""

    class Why(models.TextChoices):
        IDLE = "idle"
        OLD = "old"
        LOG_OUT = "log_out"
        OWN = "own"
        ADMINISTRATOR = "administrator"
        PASSWORD = "password"  # noqa: S105 - a reason, none of anybody's
        FACTOR = "factor"
        UNPROVEN = "unproven"
        DEACTIVATED = "deactivated"

    mark = models.CharField(max_length=32, unique=True, default=new_mark)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16, choices=Why.choices, blank=True)

    objects = StaffSessionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-seen_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="staff_session_ends_with_a_reason",
                condition=models.Q(ended_at=None, why="") | (models.Q(ended_at__isnull=False) & ~models.Q(why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    def why_over(self, at: dt.datetime) -> str:
        """Why it is over at that time; blank while it is open."""
        if self.ended_at is not None:
            return self.why
        if self.since <= at - longest():
            return str(self.Why.OLD)
        return str(self.Why.IDLE) if self.seen_at <= at - idle() else ""

    def see(self, at: dt.datetime) -> None:
        """Moves “last seen” on, by whole minutes and so at most once in each."""
        minute = at.replace(second=0, microsecond=0)
        if minute > self.seen_at:
            StaffSession.objects.filter(pk=self.pk, ended_at=None).update(seen_at=minute)


def idle() -> dt.timedelta:
    """After so long without a request by the person a session is over."""
    return dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def longest() -> dt.timedelta:
    """After so long a session is over, whatever is done in it."""
    return dt.timedelta(hours=settings.SESSION_LONGEST_HOURS)


def begin(person: User, *, device: str, how: str, at: dt.datetime | None = None) -> StaffSession:
    """Opens a session; `how` names the proofs that were given, such as `password+totp`."""
    at = at or timezone.now()
    with transaction.atomic():
        record(by=person, verb="log_in", target=person, facts={"how": how}, at=at)
        return StaffSession.objects.create(person=person, device=device, since=at, seen_at=at.replace(second=0, microsecond=0))


def find(mark: object) -> StaffSession | None:
    """The session with that mark, ended or not."""
    return StaffSession.objects.filter(mark=mark).first() if isinstance(mark, str) and mark else None


def end(session: StaffSession, *, by: Audited, why: str, at: dt.datetime | None = None) -> bool:
    """Ends one session; False when it had ended already, and then nothing is written."""
    return _end(StaffSession.objects.filter(pk=session.pk), of=session.person, by=by, why=why, at=at) > 0


def end_all(person: User, *, by: Audited, why: str, besides: StaffSession | None = None, at: dt.datetime | None = None) -> int:
    """Ends every session of the person but the one named; how many there were."""
    rows = StaffSession.objects.filter(person=person)
    return _end(rows.exclude(pk=besides.pk) if besides else rows, of=person, by=by, why=why, at=at)


def open_sessions(person: User, *, at: dt.datetime | None = None) -> list[StaffSession]:
    """What is open of the person's, last seen first."""
    return list(StaffSession.objects.open_at(at or timezone.now()).filter(person=person))


def purge_sessions(*, at: dt.datetime | None = None) -> int:
    """Removes what no browser needs explained any more, and the server's side of cookies that have run out; how many rows went."""
    at = at or timezone.now()
    over = StaffSession.objects.filter(models.Q(ended_at__lt=at - EXPLAINED_FOR) | models.Q(since__lt=at - longest() - EXPLAINED_FOR))
    if Session.objects.filter(expire_date__lt=at).exists():  # the clock asks in every round: where nothing is due, nothing is locked
        SessionStore.clear_expired()
    return over.delete()[0] if over.exists() else 0


def _end(rows: models.QuerySet[StaffSession], *, of: User, by: Audited, why: str, at: dt.datetime | None) -> int:
    at = at or timezone.now()
    with transaction.atomic():
        count = rows.filter(ended_at=None).update(ended_at=at, why=why)
        if count:
            record(by=by, verb="end_session", target=of, facts={"why": why, "sessions": count}, at=at)
    return count
