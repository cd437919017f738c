"""The first page of the desk: what waits for this person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.inquiries.models import MediaInquiry
from articles.inquiries.permissions import can_handle
from articles.people.models import User
from articles.people.roles import EDITOR, PUBLISHER, REPORTER, TRANSLATOR, holds
from articles.reports.models import EditState, PublicState, Report

SHOWN = 12


@dataclass(frozen=True)
class Need:
    """A heading, and the reports under it."""

    heading: str | Promise
    reports: list[Report]
    empty: str | Promise


def needs_of(person: User, visible: QuerySet[Report]) -> list[Need]:
    """What the person can do next, by role, the oldest first."""
    rows = visible.select_related("assigned_to").defer("body", "internal_note")
    waiting = rows.order_by("saved_at", "id")
    needs = []
    if holds(person, EDITOR):
        needs.append(Need(_("To review"), list(waiting.filter(edit_state=EditState.IN_REVIEW)[:SHOWN]), _("Nothing waits for review.")))
    if holds(person, REPORTER, TRANSLATOR, EDITOR):
        asked = list(waiting.filter(edit_state=EditState.CHANGES_REQUESTED)[:SHOWN])
        needs.append(Need(_("Changes were asked for"), asked, _("Nobody asked for changes.")))
    if holds(person, PUBLISHER):
        ready = waiting.filter(edit_state=EditState.APPROVED).exclude(public_state__in=(PublicState.LIVE, PublicState.SCHEDULED))
        needs.append(Need(_("Approved, to publish"), list(ready[:SHOWN]), _("Nothing waits to be published.")))
    scheduled = rows.filter(public_state=PublicState.SCHEDULED).order_by("publish_at", "id")
    needs.append(Need(_("Scheduled next"), list(scheduled[:SHOWN]), _("Nothing is scheduled.")))
    if holds(person, REPORTER, TRANSLATOR, EDITOR):
        drafts = rows.filter(edit_state=EditState.DRAFT).order_by("-saved_at", "-id")
        needs.append(Need(_("Drafts, newest first"), list(drafts[:SHOWN]), _("There is no draft.")))
    return needs


def inquiries_waiting(person: User) -> dict[str, Any] | None:
    """How many inquiries wait, for those who handle them; None for everyone else."""
    if not can_handle(person):
        return None
    return {"number": MediaInquiry.objects.filter(status=MediaInquiry.Status.WAITING).count()}
