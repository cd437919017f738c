"""Who has a report's form open: told to those who may read the report, in no audit and in no lock, gone by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.people.models import User
from articles.reports.models import Report
from articles.reports.presence import Presence
from articles.text.moments import moment
from articles.workflow.permissions import can, check_can_view

BEAT_SECONDS = 30
"""A page that runs its script says so often that it is there."""
KEPT_AFTER_A_BEAT = dt.timedelta(seconds=3 * BEAT_SECONDS)
KEPT_AFTER_OPENING = dt.timedelta(minutes=15)
"""Without a script no page says that it is there: it counts for so long."""
MOST_PAGES = 20


@dataclass(frozen=True)
class Writer:
    """Somebody who has the form open, and since when."""

    person: User
    since: dt.datetime
    is_asking: bool

    def __str__(self) -> str:
        """A sentence, the name isolated from its direction (U+2068, U+2069)."""
        if self.is_asking:
            return _("You have it open in another window too, since %(at)s.") % {"at": moment(self.since, "time")}
        return _("Being edited by %(name)s since %(at)s.") % {"name": f"\u2068{self.person}\u2069", "at": moment(self.since, "time")}


def open_page(report: Report, *, by: User, page: str, at: dt.datetime | None = None) -> None:
    """Notes that this person opened the form, if the person may write in it."""
    _note(report, by=by, page=page, at=at or timezone.now(), kept=KEPT_AFTER_OPENING)


def beat(report: Report, *, by: User, page: str, at: dt.datetime | None = None) -> None:
    """Notes that the page is still open; of somebody who may only read, nothing."""
    _note(report, by=by, page=page, at=at or timezone.now(), kept=KEPT_AFTER_A_BEAT)


def close_page(report: Report, *, by: User, page: str) -> None:
    """The page says that it closes."""
    Presence.objects.filter(report=report, person=by, page=page).delete()


def writers(report: Report, *, by: User, page: str = "", at: dt.datetime | None = None) -> list[Writer]:
    """Who else has the form open, longest first. To a page that says which it is, the person's own other windows are told too.

    Without `page` they are not: what was there before a reload says only afterwards that it closed. Raises Forbidden.
    """
    check_can_view(by, report)
    own = {"person": by, "page": page} if page else {"person": by}
    rows = Presence.objects.filter(report=report, until__gt=at or timezone.now(), person__is_active=True).exclude(**own)
    since: dict[int, Writer] = {}
    for row in rows.select_related("person").order_by("since", "pk"):
        since.setdefault(row.person_id, Writer(row.person, row.since, row.person_id == by.pk))
    return list(since.values())


def purge_presence(*, at: dt.datetime) -> int:
    """Deletes what is over; returns how many."""
    return Presence.objects.filter(until__lte=at).delete()[0]


def _note(report: Report, *, by: User, page: str, at: dt.datetime, kept: dt.timedelta) -> None:
    """Waits for nobody. A page that follows another of the same person goes on with its time; beyond very many none is added."""
    if by.is_machine or not can(by, "save", report):
        return
    own = Presence.objects.filter(report=report, person=by)
    if own.filter(page=page).update(until=at + kept):
        return
    open_since = list(own.filter(until__gt=at).order_by("since").values_list("since", flat=True)[:MOST_PAGES])
    if len(open_since) == MOST_PAGES:
        return
    row = Presence(report=report, person=by, page=page, since=min([*open_since, at]), until=at + kept)
    Presence.objects.bulk_create([row], update_conflicts=True, unique_fields=["report", "person", "page"], update_fields=["until"])
