"""The audit's head, signed every hour and mailed off the machine to whom the newsroom names."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from articles.audit import heads
from articles.errands.queue import enqueue

ERRAND = "mail audit head"


def sign_hourly(*, at: dt.datetime) -> bool:
    """Signs the head when the last one is an hour old, and asks for its mail; whether it did."""
    last = heads.newest()
    if last and at - last.at < heads.HOUR:
        return False
    with transaction.atomic():
        head = heads.sign(at=at)
        if settings.AUDIT_HEAD_MAIL:
            enqueue(ERRAND, key=f"{ERRAND} {head.pk}", payload={"head": head.pk}, run_at=at)
    return True


def mail(payload: dict[str, Any]) -> None:
    """The errand: one mail to all addresses, the same Message-ID however often it is tried."""
    row = heads.AuditHead.objects.get(pk=payload["head"])
    head = heads.head_of(row)
    EmailMessage(
        subject=f"Audit head {head.seq}",
        body=f"Keep this mail. It proves later that nothing before it was changed: manage.py audit_head --check FILE\n\n{head.text()}\n",
        to=settings.AUDIT_HEAD_MAIL,
        headers={
            "Message-ID": f"<audit-head-{row.pk}-{row.digest[:16]}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()
