"""Notes for readers beside a live text: with an update, or without any change of it (an apology, a retraction); one may replace another."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.corrections.models import Correction
from articles.editions.models import Edition, EditionCorrection
from articles.editions.redraw import draw_again
from articles.people.models import User
from articles.reports.models import Report, Revision
from articles.stamp.number import count_up
from articles.text.sanitise import without_controls
from articles.workflow import guards
from articles.workflow.locks import locked_with_languages
from articles.workflow.permissions import check_can
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if
from articles.workflow.transitions import TRANSITIONS

LONGEST = 2000


def noted(report: Report, *, kind: str, text: str, position: str, supersedes: str = "") -> Correction:
    """An unsaved note. `supersedes` is the uuid of the note of this report that it replaces. Raises Refused."""
    text = without_controls(text).strip()
    if kind not in Correction.Kind.values:
        raise Refused([Reason(_("Say what this is: an update, a correction, a clarification, an apology or a retraction."), "change")])
    if position not in Correction.Position.values:
        raise Refused([Reason(_("Say where the note stands: above the text or below it."), "position")])
    if not text:
        raise Refused([Reason(_("Tell readers what changed: a sentence is needed."), "correction")])
    if len(text) > LONGEST:
        raise Refused([Reason(_("Keep the sentence for readers under 2,000 characters."), "correction")])
    replaced = _replaced(report, supersedes) if supersedes else None
    if replaced and replaced.kind == Correction.Kind.RETRACTION and kind != Correction.Kind.RETRACTION:
        raise Refused([Reason(_("A retraction is for good: only another retraction replaces it."), "supersedes")])
    return Correction(kind=kind, text=text, position=position, supersedes=replaced)


def standing(report: Report) -> QuerySet[Correction]:
    """The notes of the report that no later one replaces, the newest first."""
    replaced = Correction.objects.filter(report=report, supersedes__isnull=False).values("supersedes")
    return Correction.objects.filter(report=report).exclude(pk__in=replaced)


def write_note(report: Report, note: Correction, *, edition: Edition, from_revision: Revision | None, to_revision: Revision) -> None:
    """Writes the note at the desk and beside the edition, whose own row the caller saves."""
    note.report, note.from_revision, note.to_revision = report, from_revision, to_revision
    note.save(force_insert=True)
    EditionCorrection.objects.create(
        uuid=note.uuid,
        report_uuid=report.uuid,
        language=edition.language,
        path=edition.path,
        kind=note.kind,
        text=note.text,
        position=note.position,
        published_at=note.published_at,
        supersedes=note.supersedes.uuid if note.supersedes else None,
    )
    if note.kind != Correction.Kind.UPDATE:
        edition.corrected_at = note.published_at


def add_note(
    report: Report,
    *,
    by: User,
    change: str,
    correction: str,
    position: str = Correction.Position.TOP,
    supersedes: str = "",
    version: int | None = None,
    at: dt.datetime | None = None,
) -> Correction:
    """Puts a note beside the live text, which stays as it is, whatever is being written on. `change` is a `Correction.Kind`."""
    check_can(by, "add_note", report)
    at = at or timezone.now()
    with transaction.atomic():
        fresh = locked_with_languages(report)
        if version is not None and fresh.lock_version != version:
            raise Conflict([CHANGED_MEANWHILE])
        refuse_if(guards.state_reasons(fresh, TRANSITIONS["add_note"]))
        note = noted(fresh, kind=change, text=correction, position=position, supersedes=supersedes)
        refuse_if(guards.note_reasons(fresh, field="correction", text=note.text))
        note.published_at, note.decided_by = at, by
        revision = fresh.revisions.filter(kind=Revision.Kind.PUBLISH).latest("number")
        edition = Edition.objects.get(uuid=fresh.uuid)
        write_note(fresh, note, edition=edition, from_revision=revision, to_revision=revision)
        edition.updated_at = at
        draw_again(edition, "updated_at", "corrected_at")
        fresh.lock_version += 1
        fresh.save(update_fields=["lock_version"])
        record(by=by, verb="add_note", target=fresh, facts={"kind": note.kind}, at=at)
        count_up()
    return note


def _replaced(report: Report, uuid: str) -> Correction:
    try:
        return standing(report).get(uuid=UUID(uuid))
    except (ValueError, Correction.DoesNotExist):
        raise Refused(
            [Reason(_("Choose a note of this report that stands: that one is another's, or was replaced already."), "supersedes")]
        ) from None
