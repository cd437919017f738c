"""Comments on a report: said, answered, resolved, opened again. None changes the report, and none is ever rewritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.notices.models import Event
from articles.people.models import User
from articles.reports.comments import Field, ReviewComment
from articles.reports.models import Report, Revision
from articles.text import anchors
from articles.workflow.permissions import check_can_comment
from articles.workflow.refusals import Reason, Refused, refuse_if
from articles.workflow.telling import tell

LONGEST = 4000


def comment(
    report: Report,
    *,
    by: User,
    text: str,
    field: str = "",
    revision: Revision | None = None,
    place: int | None = None,
    at: dt.datetime | None = None,
) -> ReviewComment:
    """Begins a thread on the whole report, on a field, or on a paragraph: `place` counts those of the body of the `revision` that was read."""
    at = at or timezone.now()
    with transaction.atomic():
        fresh = _locked(report, by=by)
        newest = fresh.revisions.order_by("-number")[0]
        read = revision or newest
        text = _said(text)
        refuse_if([] if field in ("", *Field.values) and read.report_id == fresh.pk else [Reason(_("Choose what the comment is about."))])
        made = ReviewComment(report=fresh, revision=read, person=by, text=text, at=at, field=field)
        if field == Field.BODY:
            read_texts = anchors.paragraphs(str(read.content.get("public", {}).get("body", "")))
            if place is None or not 0 <= place < len(read_texts):
                raise Refused([Reason(_("This paragraph is no longer there: open the page again and choose another."))])
            made.quoted = made.anchor = read_texts[place]
            texts = anchors.paragraphs(fresh.body)
            made.place = anchors.found(texts, made.quoted, near=place)
            if made.place is not None:
                made.anchor = texts[made.place]
        made.save(force_insert=True)
        _tell(made, "comment", by=by, at=at)
    return made


def reply(thread: ReviewComment, *, by: User, text: str, at: dt.datetime | None = None) -> ReviewComment:
    """Answers in a thread; one that was resolved is open again."""
    at = at or timezone.now()
    with transaction.atomic():
        fresh = _thread(thread, by=by)
        text = _said(text)
        newest = fresh.report.revisions.order_by("-number")[0]
        made = ReviewComment.objects.create(report=fresh.report, revision=newest, person=by, text=text, at=at, parent=fresh)
        if fresh.resolved_at:
            _set_resolved(fresh, None, at=None)
        _tell(made, "comment", by=by, at=at)
    return made


def resolve(thread: ReviewComment, *, by: User, at: dt.datetime | None = None) -> ReviewComment:
    """Says that nothing of the thread is left to do."""
    at = at or timezone.now()
    with transaction.atomic():
        fresh = _thread(thread, by=by)
        refuse_if([Reason(_("This comment is resolved already."))] if fresh.resolved_at else [])
        _set_resolved(fresh, by, at=at)
        record(by=by, verb="resolve_comment", target=fresh.report, at=at)
    return fresh


def reopen(thread: ReviewComment, *, by: User, at: dt.datetime | None = None) -> ReviewComment:
    """Says that there is something left to do after all."""
    with transaction.atomic():
        fresh = _thread(thread, by=by)
        refuse_if([] if fresh.resolved_at else [Reason(_("This comment is open already."))])
        _set_resolved(fresh, None, at=None)
        record(by=by, verb="reopen_comment", target=fresh.report, at=at)
    return fresh


def _locked(report: Report, *, by: User) -> Report:
    fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_can_comment(by, fresh)
    return fresh


def _thread(thread: ReviewComment, *, by: User) -> ReviewComment:
    report = _locked(thread.report, by=by)
    fresh = ReviewComment.objects.filter(report=report, parent=None).get(pk=thread.pk)
    fresh.report = report
    return fresh


def _said(text: str) -> str:
    text = text.replace("\x00", "").strip()
    refuse_if([] if text else [Reason(_("Write the comment first."), "text")])
    refuse_if([] if len(text) <= LONGEST else [Reason(_("Keep the comment under 4,000 characters."), "text")])
    return text


def _set_resolved(thread: ReviewComment, by: User | None, *, at: dt.datetime | None) -> None:
    thread.resolved_by, thread.resolved_at = by, at
    thread.save(update_fields=["resolved_by", "resolved_at"])


def _tell(made: ReviewComment, verb: str, *, by: User, at: dt.datetime) -> None:
    record(by=by, verb=verb, target=made.report, at=at)
    root = made.parent or made
    talking = {root.person_id, *root.replies.values_list("person", flat=True)}
    tell(made.report, Event.COMMENTED, by=by, at=at, concerned=talking)
