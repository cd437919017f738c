"""What a person has typed and not saved: kept beside the report for that person alone, in no chain and in no state."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Draftlet, Report
from articles.workflow.permissions import check_can
from articles.workflow.refusals import Conflict, Forbidden, Reason, Refused, refuse_if

MOST_CHARACTERS = 1_500_000
KEPT = dt.timedelta(days=30)
TOO_LONG = Reason(_("This is too long to be kept as you type: save it."))
ANOTHER_WAITS = Reason(_("An earlier draft of yours waits here, or is open in another window: open the report again to take it up."))
NO_MACHINE = Reason(_("Only a person types."))

Typed = Mapping[str, Sequence[str]]


def autosave(report: Report, *, by: User, page: str, version: int, typed: Typed, at: dt.datetime | None = None) -> Draftlet:
    """Keeps what was typed in this page (`page` names it) over what the same page kept before; changes nothing of the report.

    Raises Conflict when another page's draft waits: a draft that was acknowledged is never overwritten by a page that does not hold it.
    """
    if by.is_machine:
        raise Forbidden([NO_MACHINE])
    fields = {name: [each.replace("\x00", "") for each in values] for name, values in typed.items()}
    refuse_if([TOO_LONG] if len(json.dumps(fields, ensure_ascii=False)) > MOST_CHARACTERS else [])
    with transaction.atomic():
        fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        check_can(by, "save", fresh)
        kept = draft_of(fresh, by=by)
        if kept and kept.content["page"] != page:
            raise Conflict([ANOTHER_WAITS])
        if version > fresh.lock_version:
            raise Refused([Reason(_("Open the report again: this form is none of it."))])
        facts: dict[str, Any] = {"content": {"page": page, "fields": fields}, "lock_version": version, "at": at or timezone.now()}
        return Draftlet.objects.update_or_create(report=fresh, person=by, defaults=facts)[0]


def draft_of(report: Report, *, by: User) -> Draftlet | None:
    """What this person has typed and not saved; nobody else reads it."""
    return Draftlet.objects.filter(report=report, person=by).first()


def discard(report: Report, *, by: User, page: str) -> None:
    """Throws this person's draft away, if it is still the one that this page kept."""
    Draftlet.objects.filter(report=report, person=by, content__page=page).delete()


def purge_drafts(*, at: dt.datetime) -> int:
    """Deletes drafts that are old, and those of people who were deactivated; returns how many."""
    return Draftlet.objects.filter(Q(at__lt=at - KEPT) | Q(person__is_active=False)).delete()[0]
