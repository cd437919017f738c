"""When a report leaves the public side by itself: said with its publication, or later by who may withdraw it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.reports.models import PublicState, Report
from articles.workflow.actions import _locked
from articles.workflow.refusals import Reason, refuse_if


def set_expiry(
    report: Report, *, by: User, expire_at: dt.datetime | None = None, version: int | None = None, at: dt.datetime | None = None
) -> Report:
    """Says when the report expires; None: never. No approval falls and no text changes: it is a withdrawal to come, or one called off."""
    at = at or timezone.now()
    with transaction.atomic():
        report = _locked(report, "set_expiry", by=by, version=version)
        refuse_if(_reasons(report, expire_at, at=at))
        report.expire_at = expire_at
        report.lock_version += 1
        report.save(update_fields=["expire_at", "lock_version"])
        record(
            by=by,
            verb="set_expiry",
            target=report,
            facts={"expire_at": f"{expire_at.astimezone(dt.UTC):%FT%TZ}" if expire_at else ""},
            at=at,
        )
    return report


def _reasons(report: Report, wish: dt.datetime | None, *, at: dt.datetime) -> list[Reason]:
    if wish and wish <= at:
        return [Reason(_("Choose a time in the future; to take the report off now, withdraw it."), "expire_at")]
    if wish and report.public_state == PublicState.SCHEDULED and report.publish_at and wish <= report.publish_at:
        return [Reason(_("It would expire before it is published: choose a later time."), "expire_at")]
    return []
