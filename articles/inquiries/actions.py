"""Inquiries: received sealed, taken, answered, purged."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from articles.audit.chain import record
from articles.audit.purge import purging
from articles.contacts.directory import Recipient, for_region, sealable
from articles.errands.queue import enqueue
from articles.inquiries.models import Arrivals, InquiryEvent, MediaInquiry, SpentToken
from articles.inquiries.permissions import can_handle
from articles.inquiries.sealing import seal
from articles.people.models import User
from articles.taxonomy.models import Region

PUBLIC_FORM = "door:press"
"""The actor of the audit for what a journalist sends: nobody is known by more."""
HOURLY = 60
REFUSE_AT = 20
KEEP_WAITING = dt.timedelta(days=90)
KEEP_HANDLED = dt.timedelta(days=30)
SLOT_MIN = 5
OPEN = (MediaInquiry.Status.WAITING, MediaInquiry.Status.TAKEN)
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NobodyToSealTo(Exception):
    """No contact has a usable certificate now. Nothing was stored."""


class TooMany(Exception):
    """Twenty times the hourly limit came. Nothing was stored."""


class TokenSpent(Exception):
    """The form was sent already. Nothing was stored again."""


class NotAllowed(Exception):
    """Only press officers handle inquiries. Nothing was written."""


class ChangedMeanwhile(Exception):
    """Somebody else took, closed or reopened the inquiry a moment before, or it was purged. Nothing was written."""


def receive(
    text: Mapping[str, Any],
    *,
    topic: str,
    language: str,
    region: Region | None = None,
    deadline_at: dt.datetime | None = None,
    deadline_zone: str = "",
    report_uuid: UUID | None = None,
    token_digest: str | None = None,
    token_until: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> MediaInquiry:
    """Seals the text to the contacts who will get it, and stores it with what routes it. The text itself touches no table, log or mail.

    Raises NobodyToSealTo, TooMany, TokenSpent.
    """
    at = at or timezone.now()
    found = recipients(region, language, at=at)
    sealed = seal(text, certificates=[each.sealable for each in found])
    with transaction.atomic():
        if token_digest:
            _spend(token_digest, until=token_until or at + dt.timedelta(hours=3))
        arrived = _count(at)
        inquiry = MediaInquiry.objects.create(
            reference="".join(secrets.choice(LETTERS) for _ in range(8)),
            received_on=at.date(),
            deadline_at=deadline_at,
            deadline_zone=deadline_zone,
            topic=topic,
            language=language,
            region=region,
            report_uuid=report_uuid,
            sealed=sealed,
            fingerprints=sorted({each.fingerprint for each in found}),
            slow_lane=arrived > HOURLY,
            purge_on=at.date() + KEEP_WAITING,
        )
        record(by=PUBLIC_FORM, verb="receive_inquiry", target=inquiry, at=dt.datetime.combine(at.date(), dt.time(), dt.UTC))
        slot = next_slot(at)
        enqueue("inquiry waiting", key=f"inquiry waiting {slot:%Y-%m-%dT%H:%M}", run_at=slot)
    return inquiry


def recipients(region: Region | None, language: str, *, at: dt.datetime | None = None) -> list[Recipient]:
    """Whom an inquiry is sealed to: the contacts for the region with a usable certificate, or else all who have one. Raises NobodyToSealTo."""
    found = sealable(for_region(region, language), at=at) or sealable(at=at)
    if not found:
        raise NobodyToSealTo
    return found


def next_slot(at: dt.datetime) -> dt.datetime:
    """The next full five minutes: a mail tells no more exactly when an inquiry came."""
    floor = at.replace(minute=at.minute - at.minute % SLOT_MIN, second=0, microsecond=0)
    return floor + dt.timedelta(minutes=SLOT_MIN)


def take(inquiry: MediaInquiry, *, by: User, over: bool = False, at: dt.datetime | None = None) -> None:
    """The person takes the inquiry; `over` takes it from whoever has it. Raises NotAllowed, ChangedMeanwhile."""
    free = Q(status__in=OPEN) if over else Q(status=MediaInquiry.Status.WAITING) | Q(status=MediaInquiry.Status.TAKEN, assigned_to=by)
    _handle(inquiry, by=by, what="take", when=free, status=MediaInquiry.Status.TAKEN, assigned_to=by, at=at)


def finish(inquiry: MediaInquiry, *, by: User, status: str, at: dt.datetime | None = None) -> None:
    """Marks the inquiry answered, declined or spam; it is purged thirty days later. Raises NotAllowed, ChangedMeanwhile, ValueError."""
    if status not in (MediaInquiry.Status.ANSWERED, MediaInquiry.Status.DECLINED, MediaInquiry.Status.SPAM):
        raise ValueError(status)
    purge_on = min(inquiry.purge_on, (at or timezone.now()).date() + KEEP_HANDLED)
    _handle(inquiry, by=by, what=status, when=Q(status__in=OPEN), status=status, purge_on=purge_on, at=at)


def reopen(inquiry: MediaInquiry, *, by: User, at: dt.datetime | None = None) -> None:
    """Takes back what `finish` did: the inquiry is the person's, and kept as long as a new one. Raises NotAllowed, ChangedMeanwhile."""
    purge_on = inquiry.received_on + KEEP_WAITING
    when = ~Q(status__in=OPEN)
    _handle(inquiry, by=by, what="reopen", when=when, status=MediaInquiry.Status.TAKEN, assigned_to=by, purge_on=purge_on, at=at)


def download(inquiry: MediaInquiry, *, by: User, at: dt.datetime | None = None) -> bytes:
    """The sealed message, for the officer's own computer; that it was fetched is recorded. Raises NotAllowed, ChangedMeanwhile."""
    _handle(inquiry, by=by, what="download", when=Q(), status=F("status"), at=at)
    return bytes(inquiry.sealed)


def purge_due(*, at: dt.datetime | None = None) -> int:
    """Deletes the inquiries whose day has come, with their events and spent tokens; returns how many. A second run finds nothing.

    SQLite overwrites what is deleted (secure_delete, newsroom/settings.py) and is made to write that to the file at once; PostgreSQL
    frees the bytes at its next VACUUM.
    """
    at = at or timezone.now()
    SpentToken.objects.filter(until__lt=at).delete()
    Arrivals.objects.filter(hour__lt=at - dt.timedelta(hours=2)).delete()
    if not MediaInquiry.objects.filter(purge_on__lte=at.date()).exists():
        return 0
    with transaction.atomic(), purging("inquiry", by="user:clock", target="inquiries"):
        due = MediaInquiry.objects.filter(purge_on__lte=at.date())
        number = due.count()
        due.delete()
        transaction.on_commit(_empty_the_log)
    return number


def _empty_the_log() -> None:
    """Moves SQLite's write-ahead log into the file, so that no older copy of a purged row stands in it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _handle(inquiry: MediaInquiry, *, by: User, what: str, when: Q, at: dt.datetime | None = None, **changes: Any) -> None:
    if not can_handle(by):
        raise NotAllowed
    at = at or timezone.now()
    with transaction.atomic():
        if not MediaInquiry.objects.filter(when, pk=inquiry.pk).update(**changes):
            raise ChangedMeanwhile
        InquiryEvent.objects.create(inquiry=inquiry, person=by, what=what, on=at.date())
        record(by=by, verb=f"inquiry_{what}", target=inquiry, at=at)
    inquiry.refresh_from_db()


def _spend(digest: str, *, until: dt.datetime) -> None:
    until = until.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)  # it would tell when the form was opened
    _token, fresh = SpentToken.objects.get_or_create(digest=digest, defaults={"until": until})
    if not fresh:
        raise TokenSpent


def _count(at: dt.datetime) -> int:
    hour = at.replace(minute=0, second=0, microsecond=0)
    Arrivals.objects.get_or_create(hour=hour)
    Arrivals.objects.filter(hour=hour).update(number=F("number") + 1)
    number = Arrivals.objects.values_list("number", flat=True).get(hour=hour)
    if number > HOURLY * REFUSE_AT:
        raise TooMany
    return number
