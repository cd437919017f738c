"""Notices written in the transaction of the act that they tell of, and read off the desk."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.utils import timezone

from articles.errands.queue import enqueue
from articles.notices.models import ALWAYS, Channel, Muted, Notice, NoticeMail
from articles.people.models import User
from articles.reports.models import Report

KEPT = dt.timedelta(days=90)
ERRAND = "mail notices"
MOST_UNREAD = 99


def post(event: str, *, to: Mapping[User, Collection[str]], report: Report | None, by: User, at: dt.datetime) -> None:
    """Tells each person of the event by the channels given: rows on the desk now, mail by one errand after commit."""
    Notice.objects.bulk_create(
        Notice(person=person, event=event, report=report, actor=by, at=at) for person, channels in to.items() if Channel.DESK in channels
    )
    mailed = [person for person, channels in to.items() if Channel.MAIL in channels and person.email]
    if mailed and event not in ALWAYS:
        muted = set(Muted.objects.filter(event=event, person__in=mailed).values_list("person_id", flat=True))
        mailed = [person for person in mailed if person.pk not in muted]
    if mailed:
        batch = uuid.uuid4()
        NoticeMail.objects.bulk_create(NoticeMail(batch=batch, person=person, event=event, report=report, at=at) for person in mailed)
        enqueue(ERRAND, key=f"{ERRAND} {batch}", payload={"batch": str(batch)}, run_at=at)


def unread_count(person: User) -> int:
    """How many notices the person has not read, counted up to 99."""
    return len(Notice.objects.filter(person=person, read_at__isnull=True).order_by()[:MOST_UNREAD].values_list("pk"))


def read(person: User, *, number: int | None = None, at: dt.datetime | None = None) -> int:
    """Marks the person's notice of that number as read, or all of them; returns how many were unread."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True)
    return (unread if number is None else unread.filter(pk=number)).update(read_at=at or timezone.now())


def purge(*, at: dt.datetime) -> int:
    """Forgets notices, and the log of mails, older than 90 days; returns how many rows went."""
    return sum(model.objects.filter(at__lt=at - KEPT).delete()[0] for model in (Notice, NoticeMail))
