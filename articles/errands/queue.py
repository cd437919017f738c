"""Errands: asked for in the transaction of an act, done after its commit, tried again when their worker dies."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, F, Subquery, Value, When
from django.utils import timezone

from articles.errands.models import Errand, Heartbeat

LEASE = dt.timedelta(minutes=5)
KEEP_DONE = dt.timedelta(days=7)
LONGEST_WAIT = dt.timedelta(hours=1)

Handler = Callable[[dict[str, Any]], object]


def enqueue(kind: str, *, key: str, payload: dict[str, Any] | None = None, run_at: dt.datetime | None = None) -> None:
    """Asks for an errand, once per key: one that waits already is left as it is, one that is done is asked for anew.

    One that is being done at this moment is done once more: it may have begun before what this act changed.
    """
    given = {"kind": kind, "payload": payload or {}, "run_at": run_at or timezone.now()}
    _errand, made = Errand.objects.get_or_create(key=key, defaults=given)
    if made:
        return
    over = {"attempts": 0, "last_error": "", "done_at": None, **given}
    Errand.objects.filter(key=key).update(  # one statement: it waits for a worker that is about to write that the errand is done
        asked=F("asked") + 1,
        **{
            name: Case(
                When(done_at__isnull=False, then=Value(value, output_field=Errand._meta.get_field(name))),  # type: ignore[arg-type]  # a field
                default=F(name),
            )
            for name, value in over.items()
        },
    )


def run(*, handlers: Mapping[str, Handler], at: dt.datetime | None = None, limit: int = 100, most_s: float = 20) -> int:
    """Does what is due, oldest first, at most `limit` errands and beginning none after `most_s` seconds; returns how many succeeded.

    Each errand is leased. Its handler runs outside a transaction, so that slow work holds no lock, and may run twice
    when a worker dies. A failure is tried again later (30 s, doubled up to an hour); only the name of the exception is kept.
    """
    at = at or timezone.now()
    end = time.monotonic() + most_s
    done = 0
    due = Errand.objects.filter(done_at__isnull=True, run_at__lte=at, kind__in=list(handlers)).order_by("run_at", "id")
    for errand in due[:limit]:
        if time.monotonic() > end:
            break
        if _lease(errand, at=at):
            done += _do(errand, handlers[errand.kind], at=at)
    return done


def failing() -> list[Errand]:
    """The errands that failed when they were last tried and wait to be tried again, the most stubborn first."""
    return list(Errand.objects.filter(done_at__isnull=True).exclude(last_error="").order_by("-attempts", "id")[:5])


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


def last_beat(name: str) -> Subquery:
    """When the process last said that it is alive, as a column of somebody else's question; NULL if it never did."""
    return Subquery(Heartbeat.objects.filter(name=name).values("at")[:1])


def _lease(errand: Errand, *, at: dt.datetime) -> bool:
    if errand.lease_until and errand.lease_until > at:
        return False
    token = secrets.token_hex(16)
    mine = Errand.objects.filter(pk=errand.pk, token=errand.token, done_at__isnull=True).update(
        token=token, lease_until=max(at, timezone.now()) + LEASE, attempts=errand.attempts + 1
    )
    if not mine:
        return False
    errand.refresh_from_db()
    return errand.token == token


def _do(errand: Errand, handler: Handler, *, at: dt.datetime) -> bool:
    """Whether it succeeded. A worker that lost its lease meanwhile writes nothing: the errand is another's."""
    mine = Errand.objects.filter(pk=errand.pk, token=errand.token)
    try:
        handler(errand.payload)
    except Exception as error:
        wait = min(dt.timedelta(seconds=30) * 2 ** min(errand.attempts - 1, 7), LONGEST_WAIT)
        mine.update(run_at=at + wait, lease_until=None, last_error=type(error).__name__[:200])
        return False
    if mine.filter(asked=errand.asked).update(done_at=timezone.now(), lease_until=None, last_error=""):
        return True
    mine.update(attempts=0, lease_until=None, last_error="")  # asked for again meanwhile: it stays due
    return True
