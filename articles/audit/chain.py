"""The only way into the audit: each act appends one link, in its own transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any, Protocol

import rfc8785
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from articles.audit.models import AuditEvent

START = "0" * 64
LOCK = 0x6E657773  # one advisory lock for the chain on PostgreSQL
CODE = re.compile(r"\A[\w.:/+-]{0,80}\Z", re.ASCII)  # no room for a name of two words, nor for an address


class Audited(Protocol):
    @property
    def audit_code(self) -> str: ...


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds; if not, at which seq it breaks first and why."""

    holds: bool
    events: int
    broken_at: int | None = None
    why: str = ""
    head: str = ""


def record(
    *, by: Audited | str, verb: str, target: Audited | str, facts: dict[str, Any] | None = None, at: dt.datetime | None = None
) -> AuditEvent:
    """Appends an event to the chain, within the transaction of the act that it tells of.

    `facts` hold numbers, booleans and short codes, never names or text. Raises ValueError on others, here or in
    verb, actor and target; TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an act and its audit event belong to one transaction")
    facts = facts or {}
    for name, value in {**facts, "verb": verb, "by": _code(by), "target": _code(target)}.items():
        if not isinstance(value, bool | int) and not (isinstance(value, str) and CODE.match(value)):
            msg = f"the audit takes numbers and codes, not {name}"
            raise ValueError(msg)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = AuditEvent.objects.order_by("-seq").first()
    event = AuditEvent(
        seq=last.seq + 1 if last else 1,
        at=at or timezone.now(),
        by=_code(by),
        verb=verb,
        target=_code(target),
        facts=facts,
        previous=last.digest if last else START,
    )
    event.digest = digest(event)
    event.save(force_insert=True)
    return event


def digest(event: AuditEvent) -> str:
    """HMAC-SHA256, keyed by AUDIT_KEY, over the event as canonical JSON (RFC 8785)."""
    row = {
        "seq": event.seq,
        "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "by": event.by,
        "verb": event.verb,
        "target": event.target,
        "facts": event.facts,
        "previous": event.previous,
    }
    return hmac.new(settings.AUDIT_KEY.encode(), rfc8785.dumps(row), hashlib.sha256).hexdigest()


def verify(anchor: tuple[int, str] | None = None) -> Verdict:
    """Reads the whole chain, oldest first. `anchor` is a (seq, digest) kept elsewhere: it shows a tail that was cut off."""
    previous, expected = START, 1
    for event in AuditEvent.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            return Verdict(False, expected - 1, expected, "the event is missing")
        if event.previous != previous:
            return Verdict(False, expected - 1, event.seq, "the event does not follow the one before it")
        if not hmac.compare_digest(event.digest, digest(event)):
            return Verdict(False, expected - 1, event.seq, "the event was changed")
        if anchor and event.seq == anchor[0] and event.digest != anchor[1]:
            return Verdict(False, expected - 1, event.seq, "the event is not the one that was anchored")
        previous, expected = event.digest, expected + 1
    if anchor and anchor[0] >= expected:
        return Verdict(False, expected - 1, expected, "the end of the chain was cut off")
    return Verdict(True, expected - 1, head=previous)


def _code(what: Audited | str) -> str:
    return what if isinstance(what, str) else what.audit_code
