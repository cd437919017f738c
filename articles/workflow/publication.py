"""Over the wall and back: the only writer of editions. The slow work is done first, without a lock; then lock, compare, write, commit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.audit.purge import purging
from articles.corrections.models import Correction
from articles.editions import files
from articles.editions.drawing import draw, placard_facts
from articles.editions.finishing import ask_to_finish
from articles.editions.models import Address, Edition, EditionVersion
from articles.editions.placards.placard import keep_what_still_holds
from articles.editions.redraw import redraw_siblings
from articles.identity import policies
from articles.images import renditions
from articles.notices.models import Event
from articles.people.models import User
from articles.reports import revisions
from articles.reports.embargo_groups import EmbargoMember, keys_with
from articles.reports.models import PublicState, Report, Revision, Withdrawal
from articles.reports.snapshot import content_hash, snapshot
from articles.safety import gate
from articles.search import index
from articles.stamp.number import count_up, current
from articles.workflow import guards
from articles.workflow.claiming import end_claim
from articles.workflow.composition import Composition, compose
from articles.workflow.locks import lock_families, locked_with_languages
from articles.workflow.noting import noted, write_note
from articles.workflow.permissions import check_can
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if
from articles.workflow.telling import tell
from articles.workflow.transitions import TRANSITIONS

OLDEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


def publish(
    report: Report,
    *,
    by: User,
    version: int | None = None,
    first_published_at: dt.datetime | None = None,
    expire_at: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> Edition:
    """Makes the approved revision public. `first_published_at` dates an older text, in the past; it counts once only.

    `expire_at` says when it is withdrawn by itself; without it, what the report says stands.
    """
    check_can(by, "publish", report)
    return _go_public(report, "publish", by=by, version=version, first_published_at=first_published_at, expire_at=expire_at, at=at)


def publish_update(
    report: Report,
    *,
    by: User,
    change: str,
    correction: str = "",
    position: str = Correction.Position.TOP,
    supersedes: str = "",
    version: int | None = None,
    at: dt.datetime | None = None,
) -> Edition:
    """Replaces the live edition by the newly approved text. `change` is `silent` (a typing error) or a `Correction.Kind`, with its text."""
    check_can(by, "publish_update", report)
    if change == "silent" and correction.replace("\x00", "").strip():
        raise Refused([Reason(_("A silent update tells readers nothing: say what this update is, or take the sentence out."), "change")])
    if change == "silent" and supersedes:
        raise Refused([Reason(_("A silent update replaces no note: say what this update is."), "change")])
    note = noted(report, kind=change, text=correction, position=position, supersedes=supersedes) if change != "silent" else None
    return _go_public(report, "publish_update", by=by, version=version, note=note, at=at)


def _go_public(
    report: Report,
    verb: str,
    *,
    by: User,
    version: int | None = None,
    first_published_at: dt.datetime | None = None,
    expire_at: dt.datetime | None = None,
    note: Correction | None = None,
    at: dt.datetime | None = None,
) -> Edition:
    at = at or timezone.now()
    refuse_if(guards.alone_reasons(report))
    ready = make_ready(report, verb, by=by, version=version, first_published_at=first_published_at, expire_at=expire_at, note=note, at=at)
    return put_out([ready], by=by, at=at)[0]


@dataclass(frozen=True)
class Ready:
    """A report that may go public, composed, scanned and drawn, its pictures copied: what is left is to lock, compare and write."""

    seen: Report
    verb: str
    content: dict[str, Any]
    hash_: str
    composition: Composition
    files: list[str]
    scanned_under: int | str
    drawn_at_stamp: int
    note: Correction | None
    facts: dict[str, Any]


def make_ready(
    report: Report,
    verb: str,
    *,
    by: User,
    version: int | None = None,
    first_published_at: dt.datetime | None = None,
    expire_at: dt.datetime | None = None,
    note: Correction | None = None,
    facts: dict[str, Any] | None = None,
    at: dt.datetime,
) -> Ready:
    """The slow part of going public, without a lock. Raises Refused when a gate is closed."""
    seen = Report.objects.get(pk=report.pk)
    seen.expire_at = expire_at or seen.expire_at
    with _about(seen):
        return _made_ready(seen, verb, by, version, first_published_at, note, facts or {}, at)


def _made_ready(
    seen: Report,
    verb: str,
    by: User,
    version: int | None,
    first_published_at: dt.datetime | None,
    note: Correction | None,
    facts: dict[str, Any],
    at: dt.datetime,
) -> Ready:
    if version is not None and seen.lock_version != version:
        raise Conflict([CHANGED_MEANWHILE])
    refuse_if(guards.state_reasons(seen, TRANSITIONS[verb]))
    refuse_if(guards.publish_reasons(seen, at=at))
    refuse_if(guards.note_reasons(seen, field="correction", text=note.text) if note else [])
    published_at = _first_published(seen, first_published_at, at=at)
    scanned_under = gate.VERSION
    content = snapshot(seen)
    hash_ = content_hash(content["public"])
    composition = compose(seen, content["public"], hash_=hash_, published_at=published_at, at=at)
    _refuse_foreign_path(composition.edition)
    drawn_at_stamp = _draw(composition)
    public_files = files.names_of(composition.images)
    with _pictures_at_hand():
        files.copy_to_public(public_files)
    if note:
        note.published_at, note.decided_by = at, by
    return Ready(seen, verb, content, hash_, composition, public_files, scanned_under, drawn_at_stamp, note, facts)


def put_out(ready: Sequence[Ready], *, by: User, at: dt.datetime) -> list[Edition]:
    """The short part: all of them in one transaction and under one stamp, or none. What fails names its report as `report_id`."""
    with transaction.atomic():
        lock_families([each.seen.translation_group for each in ready])
        fresh = Report.objects.in_bulk([each.seen.pk for each in ready])
        for each in ready:
            with _about(each.seen):
                _compare(each, fresh[each.seen.pk], ready, at=at)
        if not renditions.hold({name for each in ready for name in each.files}):
            raise Conflict([CHANGED_MEANWHILE])  # a picture was cut anew since
        with _pictures_at_hand():
            files.hold({name for each in ready for name in each.files})  # all of them in one order, before any is registered
        for each in ready:
            with _about(each.seen):
                _write(each, fresh[each.seen.pk], by=by, at=at)
        if len(ready) > 1:
            EmbargoMember.objects.filter(report__in=fresh).delete()
        for each in ready:
            record(by=by, verb=each.verb, target=each.seen, facts={"hash": each.hash_, **each.facts}, at=at)
            tell(fresh[each.seen.pk], Event.UPDATED if each.verb == "publish_update" else Event.PUBLISHED, by=by, at=at)
            ask_to_finish(fresh[each.seen.pk].uuid)
        for edition in _to_redraw(ready):
            redraw_siblings(edition)
        count_up()
    return [each.composition.edition for each in ready]


def _compare(each: Ready, fresh: Report, ready: Sequence[Ready], *, at: dt.datetime) -> None:
    """Under lock: it is what was scanned, its gates are still open, and nobody is left behind with whom it goes out."""
    if (fresh.lock_version, fresh.content_hash, gate.VERSION) != (each.seen.lock_version, each.hash_, each.scanned_under):
        raise Conflict([CHANGED_MEANWHILE])
    if not set(keys_with(fresh)) <= {other.seen.pk for other in ready}:
        raise Conflict([CHANGED_MEANWHILE])
    refuse_if(guards.checklist_reasons(fresh, at=at))  # an assurance may have been taken back since
    refuse_if(guards.extra_review_reasons(fresh, each.hash_))


def _write(each: Ready, fresh: Report, *, by: User, at: dt.datetime) -> None:
    composition = each.composition
    revision = revisions.add(fresh, content=each.content, content_hash=each.hash_, by=by, kind=Revision.Kind.PUBLISH, at=at)
    if each.note:
        before = fresh.revisions.filter(kind=Revision.Kind.PUBLISH, number__lt=revision.number).order_by("-number").first()
        write_note(fresh, each.note, edition=composition.edition, from_revision=before, to_revision=revision)
    if each.note or current() != each.drawn_at_stamp:  # something that it shows may have changed: a name, a translation, a correction
        _draw(composition)
    _write_edition(composition, at=at)
    if composition.edition.kind == "page":
        policies.page_stands_at(composition.edition.uuid, composition.edition.path)
    with _pictures_at_hand():
        placard = composition.edition.placard
        files.register(composition.edition, [*each.files, placard] if placard else each.files)
    fresh.expire_at = each.seen.expire_at
    _write_report(fresh, composition.edition)


def _to_redraw(ready: Sequence[Ready]) -> Iterator[Edition]:
    """Of each family the first two: each redraws all but itself, so that all of them link to all."""
    told: Counter[UUID] = Counter()
    for each in ready:
        told[each.seen.translation_group] += 1
        if told[each.seen.translation_group] <= 2:
            yield each.composition.edition


@contextmanager
def _about(report: Report) -> Iterator[None]:
    """Of several reports, says of which one a failure tells."""
    try:
        yield
    except Exception as error:
        error.report_id = report.pk  # type: ignore[attr-defined]  # read by who holds the others back
        raise


def withdraw(report: Report, *, by: User, reason: str, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Takes a live report off the public side, quietly and reversibly: its address answers 410."""
    check_can(by, "withdraw", report)
    return _go_dark(report, "withdraw", by=by, kind=Withdrawal.Kind.WITHDRAWN, reason=reason, version=version, at=at)


def take_down(report: Report, *, by: User, reason: str, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Takes a report down at once and for good: approvals are void, and only two people together can reinstate it."""
    check_can(by, "take_down", report)
    return _go_dark(report, "take_down", by=by, kind=Withdrawal.Kind.TAKEN_DOWN, reason=reason, version=version, at=at)


def _go_dark(
    report: Report, verb: str, *, by: User, kind: Withdrawal.Kind, reason: str, version: int | None = None, at: dt.datetime | None = None
) -> Report:
    at = at or timezone.now()
    reason = reason.replace("\x00", "").strip()
    refuse_if([] if reason or by.is_machine else [Reason(_("Give the reason: colleagues will ask for it."), "reason")])
    refuse_if([] if len(reason) <= 2000 else [Reason(_("Keep the reason under 2,000 characters."), "reason")])
    with transaction.atomic():
        fresh = locked_with_languages(report)
        if version is not None and fresh.lock_version != version:
            raise Conflict([CHANGED_MEANWHILE])
        refuse_if(guards.state_reasons(fresh, TRANSITIONS[verb]))
        revision = fresh.revisions.filter(kind=Revision.Kind.PUBLISH).latest("number")
        Withdrawal.objects.create(report=fresh, revision=revision, kind=kind, reason=reason, person=by, at=at)
        names = _erase_edition(fresh, by=by, at=at) if fresh.public_state == PublicState.LIVE else []
        if kind == Withdrawal.Kind.TAKEN_DOWN:
            guards.approved_sign_offs(fresh).update(voided_at=at)
            fresh.extra_sign_offs.filter(voided_at=None).update(voided_at=at)
            end_claim(fresh)
        fresh.public_state = TRANSITIONS[verb].to_public or fresh.public_state
        fresh.edit_state = TRANSITIONS[verb].to_edit or fresh.edit_state
        fresh.live_hash = ""
        fresh.lock_version += 1
        fresh.save(update_fields=["public_state", "edit_state", "live_hash", "lock_version"])
        record(by=by, verb=verb, target=fresh, at=at)
        tell(fresh, Event.TAKEN_DOWN if kind == Withdrawal.Kind.TAKEN_DOWN else Event.WITHDRAWN, by=by, at=at)
        count_up()
        files.unlink_after_commit(names)
    return fresh


@contextmanager
def _pictures_at_hand() -> Iterator[None]:
    """Says in a sentence that a file of a picture could not be read or copied. Strays are swept when the act fails after this."""
    try:
        yield
    except OSError as error:
        sentence = _("A picture could not be copied to the public side. Try again; if it fails once more, upload the picture anew.")
        raise Refused([Reason(sentence, "images")]) from error


def _erase_edition(report: Report, *, by: User, at: dt.datetime) -> list[str]:
    """Deletes the edition with its rows and search rows; returns the public files that nobody uses any more."""
    edition = Edition.objects.get(uuid=report.uuid)
    names = files.release(edition)
    index.remove(edition)
    edition.delete()
    with purging("withdrawal", by=by):
        EditionVersion.objects.filter(report_uuid=report.uuid).delete()
    Address.objects.filter(report_uuid=report.uuid).update(answer=Address.Answer.GONE, to="", since=at)
    redraw_siblings(edition)
    if edition.kind == "page":
        policies.page_stands_at(report.uuid, "")
    return names


def _first_published(report: Report, wish: dt.datetime | None, *, at: dt.datetime) -> dt.datetime:
    if report.published_at:
        return report.published_at
    if wish and wish > at:
        raise Refused(
            [Reason(_("The date of first publication cannot lie in the future: schedule the report instead."), "first_published_at")]
        )
    if wish and wish < OLDEST:
        raise Refused([Reason(_("The date of first publication lies before 1900: look at its year."), "first_published_at")])
    return wish or at


def _refuse_foreign_path(edition: Edition) -> None:
    if Address.objects.filter(path=edition.path).exclude(report_uuid=edition.uuid).exists():
        raise Refused([Reason(_("This address belongs to another report for good: choose another short name."), "slug")])


def _draw(composition: Composition) -> int:
    """Draws the edition; returns the stamp under which it is drawn so."""
    stamp, edition = current(), composition.edition
    standing = Edition.objects.filter(uuid=edition.uuid).values("corrected_at", "placard", "placard_of").first()
    edition.corrected_at = edition.corrected_at or (standing and standing["corrected_at"])
    parts = composition.parts()
    keep_what_still_holds(edition, standing, placard_facts(parts))
    draw(parts)
    return stamp


def _write_edition(composition: Composition, *, at: dt.datetime) -> None:
    edition = composition.edition
    last = EditionVersion.objects.filter(report_uuid=edition.uuid).order_by("-number").first()
    old = Edition.objects.filter(uuid=edition.uuid).first()
    if old:
        for standing in (old.edition_regions, old.edition_tags, old.edition_bylines, old.edition_citations, old.edition_images):
            standing.all().delete()
    edition.save(force_insert=old is None, force_update=old is not None)
    fresh: tuple[list[Any], ...] = (composition.regions, composition.tags, composition.bylines, composition.citations, composition.images)
    for rows in fresh:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
    EditionVersion.objects.create(
        report_uuid=edition.uuid,
        number=last.number + 1 if last else 1,
        content_hash=edition.content_hash,
        headline=edition.headline,
        standfirst=edition.standfirst,
        body=edition.body,
        published_at=at,
    )
    _write_address(edition, at=at)
    index.put(edition)


def _write_address(edition: Edition, *, at: dt.datetime) -> None:
    live = {"answer": Address.Answer.LIVE, "to": "", "since": at}
    address, made = Address.objects.get_or_create(path=edition.path, report_uuid=edition.uuid, defaults=live)
    if not made:
        Address.objects.filter(pk=address.pk).update(**live)
    Address.objects.filter(report_uuid=edition.uuid).exclude(pk=address.pk).update(answer=Address.Answer.MOVED, to=edition.path, since=at)


def _write_report(report: Report, edition: Edition) -> None:
    report.public_state = PublicState.LIVE
    report.published_at, report.path, report.live_hash = edition.published_at, edition.path, edition.content_hash
    report.publish_at, report.scheduled_by, report.scheduled_hash, report.release_alert = None, None, "", ""
    report.lock_version += 1
    report.save(
        update_fields=[
            "public_state", "published_at", "path", "live_hash",
            "publish_at", "scheduled_by", "scheduled_hash", "release_alert", "expire_at", "lock_version",
        ]
    )  # fmt: skip
