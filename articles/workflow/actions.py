"""The desk's acts on a report up to its approval, and the way back out of sight. Each is one transaction with its audit event.

Every act takes `by=` the person and `version=` the lock_version that the person saw (None: whatever it is now), raises
Forbidden, Conflict or Refused with sentences, and then has written nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.notices.models import Event
from articles.people.models import User
from articles.reports import revisions, words
from articles.reports.comments import ReviewComment, anchor_again
from articles.reports.models import ApprovalRule, EditState, PublicState, Report, Revision, SignOff
from articles.reports.snapshot import content_hash, snapshot
from articles.workflow import guards, sharing
from articles.workflow.assigning import record_assignment
from articles.workflow.claiming import end_claim
from articles.workflow.drafting import discard
from articles.workflow.permissions import check_can, check_can_create
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if
from articles.workflow.telling import tell
from articles.workflow.transitions import TRANSITIONS
from articles.workflow.writing import set_fields, write_parts


def create(*, by: User, language: str, translation_group: UUID | None = None, at: dt.datetime | None = None, **changes: Any) -> Report:
    """A new draft with its first revision. `changes` as for `save`."""
    check_can_create(by, language=language)
    if language not in dict(settings.LANGUAGES):
        raise Refused([Reason(_("Choose one of the site's languages."), "language")])
    report = Report(language=language, created_by=by)
    if translation_group:
        if Report.objects.filter(translation_group=translation_group, language=language).exists():
            raise Refused([Reason(_("This report has a version in this language already: open that one."), "language")])
        report.translation_group = translation_group
    with _one_slug():
        set_fields(report, changes)
        report.save(force_insert=True)
        write_parts(report, changes)
        _keep(report, by=by, kind=Revision.Kind.SAVE, at=at or timezone.now())
        record(by=by, verb="create", target=report, facts={"hash": report.content_hash}, at=at)
        if report.assigned_to_id:
            tell(report, Event.ASSIGNED, by=by, at=at)
    return report


def save(
    report: Report,
    *,
    by: User,
    version: int | None = None,
    page: str = "",
    at: dt.datetime | None = None,
    restored: int | None = None,
    **changes: Any,
) -> Report:
    """Writes fields and parts of the working copy; never touches what is public. An approval falls only if the content hash changed.

    Fields by name; `regions` (with `primary_region`), `tags`, `credits`, `citations`, `images` replace the rows there are,
    as lists of objects (regions, tags) or of dictionaries. What `page` kept as this person's draft goes with it.
    `restored` is the number of the revision that they are taken from.
    """
    with _one_slug():
        others = sharing.lock_if_shared(report, changes, by=by)
        report = _locked(report, "save", by=by, version=version)
        refuse_if(guards.expiry_reasons(report, changes.get("expire_at", report.expire_at), by=by))
        refuse_if(guards.risk_reasons(report, changes, by=by))
        before = report.assigned_to_id, report.due_at
        set_fields(report, changes)
        report.lock_version += 1
        report.save(update_fields=[*(changes.keys() & {field.name for field in Report._meta.concrete_fields}), "lock_version", "saved_at"])
        write_parts(report, changes)
        _keep(report, by=by, kind=Revision.Kind.SAVE, at=at or timezone.now())
        discard(report, by=by, page=page)
        facts = {"hash": report.content_hash, **({} if restored is None else {"restored": restored})}
        record(by=by, verb="save", target=report, facts=facts, at=at)
        keep = partial(_keep, by=by, kind=Revision.Kind.SAVE, at=at or timezone.now())
        sharing.spread(others, report.embargo_until, by=by, keep=keep, at=at)
        record_assignment(report, before=before, by=by, at=at)
    return report


def submit(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Hands the report to review. Proposes the slug from the headline when there is none."""
    with _one_slug():
        report = _locked(report, "submit", by=by, version=version)
        if not report.slug and report.headline:
            report.slug = guards.free_slug(report)
        refuse_if(guards.submit_reasons(report, by=by))
        report.edit_state = EditState.IN_REVIEW
        report.lock_version += 1
        report.save(update_fields=["slug", "edit_state", "lock_version", "saved_at"])
        _keep(report, by=by, kind=Revision.Kind.SUBMIT, at=at or timezone.now())
        record(by=by, verb="submit", target=report, facts={"hash": report.content_hash}, at=at)
        tell(report, Event.SUBMITTED, by=by, at=at)
    return report


def request_changes(report: Report, *, by: User, comment: str, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Sends the report back to its writers with a comment."""
    comment = comment.replace("\x00", "").strip()
    at = at or timezone.now()
    with transaction.atomic():
        report = _locked(report, "request_changes", by=by, version=version)
        refuse_if([] if comment else [Reason(_("Say what should change: a comment is needed."), "comment")])
        refuse_if([] if len(comment) <= 4000 else [Reason(_("Keep the comment under 4,000 characters."), "comment")])
        _set_states(report, edit=EditState.CHANGES_REQUESTED)
        ReviewComment.objects.create(report=report, revision=_latest(report), person=by, text=comment, at=at)
        end_claim(report)
        record(by=by, verb="request_changes", target=report, at=at)
        tell(report, Event.CHANGES_REQUESTED, by=by, at=at)
    return report


def approve(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Signs the report off: the approval names its content hash and opens the next round."""
    at = at or timezone.now()
    with transaction.atomic():
        report = _locked(report, "approve", by=by, version=version)
        refuse_if(guards.approve_reasons(report, by=by))
        wrote = bool(guards.own_part_reasons(report, by=by))
        rule = ApprovalRule.ALONE if wrote else ApprovalRule.FOUR_EYES
        SignOff.objects.create(
            report=report,
            round=report.round,
            person=by,
            part=SignOff.Part.APPROVED,
            revision=_latest(report),
            content_hash=report.content_hash,
            rule_id=rule,
            at=at,
        )
        end_claim(report)
        report.round += 1
        _set_states(report, "round", edit=EditState.APPROVED)
        record(by=by, verb="approve", target=report, facts={"hash": report.content_hash, "alone": wrote}, at=at)
        tell(report, Event.APPROVED, by=by, at=at)
    return report


def schedule(
    report: Report,
    *,
    by: User,
    publish_at: dt.datetime,
    expire_at: dt.datetime | None = None,
    version: int | None = None,
    at: dt.datetime | None = None,
) -> Report:
    """Binds the approved revision to a time of release (UTC), and says when it expires; without that, what the report says stands."""
    at = at or timezone.now()
    with transaction.atomic():
        report = _locked(report, "schedule", by=by, version=version)
        report.expire_at = expire_at or report.expire_at
        refuse_if([*guards.alone_reasons(report), *guards.publish_reasons(report, at=publish_at)])
        refuse_if([] if publish_at > at else [Reason(_("Choose a time in the future, or publish now."), "publish_at")])
        bind_to_time(report, by=by, publish_at=publish_at, at=at)
    return report


def bind_to_time(report: Report, *, by: User, publish_at: dt.datetime, at: dt.datetime | None) -> None:
    """Writes the time of release to a report that is locked and may be scheduled."""
    report.publish_at, report.scheduled_by, report.scheduled_hash, report.release_alert = publish_at, by, report.content_hash, ""
    _set_states(report, "publish_at", "scheduled_by", "scheduled_hash", "release_alert", "expire_at", public=PublicState.SCHEDULED)
    record(by=by, verb="schedule", target=report, facts={"hash": report.content_hash}, at=at)
    tell(report, Event.SCHEDULED, by=by, at=at)


def unschedule(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Takes a scheduled report off the clock; its approval stands."""
    with transaction.atomic():
        report = _locked(report, "unschedule", by=by, version=version)
        refuse_if(guards.alone_reasons(report))
        take_off_the_clock(report, by=by, at=at)
    return report


def take_off_the_clock(report: Report, *, by: User, at: dt.datetime | None) -> None:
    """Unschedules a report that is locked and scheduled."""
    report.publish_at, report.scheduled_by, report.scheduled_hash, report.release_alert = None, None, "", ""
    _set_states(report, "publish_at", "scheduled_by", "scheduled_hash", "release_alert", public=PublicState.UNPUBLISHED)
    record(by=by, verb="unschedule", target=report, at=at)


def _locked(report: Report, verb: str, *, by: User, version: int | None) -> Report:
    """The report's row as it is now, locked to the end of the transaction, when this person may do this with it as it stands."""
    fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_can(by, verb, fresh)
    if version is not None and fresh.lock_version != version:
        raise Conflict([CHANGED_MEANWHILE])
    refuse_if(guards.state_reasons(fresh, TRANSITIONS[verb]))
    return fresh


@contextmanager
def _one_slug() -> Iterator[None]:
    """A transaction that says in a sentence when somebody else took the short name, or the language, at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "slug_once_per_language" in str(error):
            raise Conflict(
                [Reason(_("Another report in this language has this short name in its address: choose another."), "slug")]
            ) from error
        if "one_report_per_language_of_a_group" in str(error):
            raise Conflict([Reason(_("This report has a version in this language already: open that one."), "language")]) from error
        raise


def _set_states(report: Report, *changed: str, edit: EditState | None = None, public: PublicState | None = None) -> None:
    report.edit_state = edit or report.edit_state
    report.public_state = public or report.public_state
    report.lock_version += 1
    report.save(update_fields=[*changed, "edit_state", "public_state", "lock_version"])


def _latest(report: Report) -> Revision:
    return report.revisions.order_by("-number")[0]


def _keep(report: Report, *, by: User, kind: Revision.Kind, at: dt.datetime) -> None:
    """Indexes the headline and adds the revision; when what a reader would get has changed, notes who wrote and lets an approval fall."""
    words.put(report)
    content = snapshot(report)
    fresh = content_hash(content["public"])
    if fresh != report.content_hash:
        end_claim(report, of=by)
        live = report.live_hash if report.public_state == PublicState.LIVE else ""
        report.extra_sign_offs.filter(voided_at=None).exclude(content_hash=live).update(voided_at=at)
        anchor_again(report)
        report.content_hash = fresh
        if report.edit_state == EditState.APPROVED:
            report.edit_state = EditState.DRAFT
        report.save(update_fields=["content_hash", "edit_state"])
        SignOff.objects.get_or_create(
            report=report,
            round=report.round,
            person=by,
            defaults={"part": SignOff.Part.WROTE, "rule_id": ApprovalRule.FOUR_EYES, "at": at},
        )
    revisions.add(report, content=content, content_hash=fresh, by=by, kind=kind, at=at)
