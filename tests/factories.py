"""What tests write about: reports in each state, made by the same acts that the desk uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.migrations import _invariants
from articles.people.models import User
from articles.reports.models import Report
from articles.taxonomy.models import Region
from articles.workflow import actions, publication

BODY = "<p>Two families were told to leave the valley by Friday.</p><p>“We were given no paper,” a neighbour says.</p>"


def region(alpha2: str = "NG") -> Region:
    return Region.objects.get(iso_alpha2=alpha2)


def draft(by: User, **changes: Any) -> Report:
    """A complete draft: all that submitting and publishing ask for."""
    given = {
        "language": "en",
        "headline": "Two families told to leave the valley",
        "standfirst": "The order came on a Tuesday and named no reason.",
        "body": BODY,
        "dateline_on": dt.date(2026, 3, 4),
        "dateline_place": "Jos",
        "dateline_region": region(),
        "regions": [region()],
        **changes,
    }
    return actions.create(by=by, **given)


def in_review(by: User, **changes: Any) -> Report:
    return actions.submit(draft(by, **changes), by=by)


def approved(by: User, approver: User, **changes: Any) -> Report:
    return actions.approve(in_review(by, **changes), by=approver)


def live(by: User, approver: User, publisher: User, *, at: dt.datetime | None = None, **changes: Any) -> Report:
    report = approved(by, approver, **changes)
    publication.publish(report, by=publisher, first_published_at=at)
    return Report.objects.get(pk=report.pk)


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Within it rows are made as no act makes them: dates of long ago, corrections by the dozen. The triggers stand again after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _invariants.lift(connection)
        yield
        _invariants.apply(connection)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def in_a_week() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=7)
