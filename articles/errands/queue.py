"""Errands: asked for in the transaction of an act, done after its commit, tried again when their worker dies."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.errands.models import Errand, Heartbeat

LEASE = dt.timedelta(minutes=5)
KEEP_DONE = dt.timedelta(days=7)
LONGEST_WAIT = dt.timedelta(hours=1)

Handler = Callable[[dict[str, Any]], object]


def enqueue(kind: str, *, key: str, payload: dict[str, Any] | None = None, run_at: dt.datetime | None = None) -> None:
    """Asks for an errand, once per key: one that waits already is left as it is, one that is done is asked for anew."""
    run_at = run_at or timezone.now()
    given = {"kind": kind, "payload": payload or {}, "run_at": run_at}
    _errand, made = Errand.objects.get_or_create(key=key, defaults=given)
    if not made:
        Errand.objects.filter(key=key, done_at__isnull=False).update(done_at=None, attempts=0, last_error="", **given)


def run(*, handlers: Mapping[str, Handler], at: dt.datetime | None = None, limit: int = 100) -> int:
    """Does what is due, oldest first, at most `limit` errands; returns how many succeeded.

    Each errand is leased, and its handler's writes commit together with the mark that it is done. A failure is
    tried again later (30 s, doubled up to an hour); only the name of the exception is kept.
    """
    at = at or timezone.now()
    done = 0
    due = Errand.objects.filter(done_at__isnull=True, run_at__lte=at, kind__in=list(handlers)).order_by("run_at", "id")
    for errand in due[:limit]:
        if _lease(errand, at=at):
            done += _do(errand, handlers[errand.kind], at=at)
    return done


def prune(*, at: dt.datetime | None = None) -> int:
    """Forgets errands done more than seven days ago; returns how many."""
    return Errand.objects.filter(done_at__lt=(at or timezone.now()) - KEEP_DONE).delete()[0]


def beat(name: str, *, at: dt.datetime | None = None) -> None:
    """Notes that a process is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at or timezone.now()})


def silent_for(name: str, *, at: dt.datetime | None = None) -> dt.timedelta | None:
    """How long ago the process last said that it is alive; None if it never did."""
    last = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return (at or timezone.now()) - last if last else None


def _lease(errand: Errand, *, at: dt.datetime) -> bool:
    if errand.lease_until and errand.lease_until > at:
        return False
    token = secrets.token_hex(16)
    mine = Errand.objects.filter(pk=errand.pk, token=errand.token, done_at__isnull=True).update(
        token=token, lease_until=at + LEASE, attempts=errand.attempts + 1
    )
    errand.token, errand.attempts = token, errand.attempts + 1
    return bool(mine)


def _do(errand: Errand, handler: Handler, *, at: dt.datetime) -> bool:
    mine = Errand.objects.filter(pk=errand.pk, token=errand.token)
    try:
        with transaction.atomic():
            handler(errand.payload)
            if not mine.update(done_at=timezone.now(), lease_until=None, last_error=""):
                raise _LostLease
    except Exception as error:
        wait = min(dt.timedelta(seconds=30) * 2 ** min(errand.attempts - 1, 7), LONGEST_WAIT)
        mine.update(run_at=at + wait, lease_until=None, last_error=type(error).__name__[:200])
        return False
    return True


class _LostLease(Exception):
    """Another worker has taken the errand over."""
