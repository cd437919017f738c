"""Reviews and who does them: claiming one, and signing off what the law or somebody's safety asks for.

A claim tells colleagues who looks at a report. It locks nothing: anybody else may take it over, approve, or ask for changes.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.reports.models import ApprovalRule, Report
from articles.reports.review_claims import ReviewClaim
from articles.safety.extra_reviews import ExtraReviewRule, ExtraSignOff
from articles.workflow import guards
from articles.workflow.permissions import check_can, check_can_set_requirements
from articles.workflow.refusals import CHANGED_MEANWHILE, Conflict, Reason, Refused, refuse_if
from articles.workflow.transitions import TRANSITIONS


def claim(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> ReviewClaim:
    """Says that this person reviews the report. Which version they saw is no matter: a claim is of no text."""
    return _claimed(report, "claim", by=by, at=at)


def take_over(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> ReviewClaim:
    """Puts this person in the place of the one who claimed the review."""
    return _claimed(report, "take_over", by=by, at=at)


def give_back(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> None:
    """Ends this person's claim: the report waits for a reviewer again."""
    with transaction.atomic():
        fresh = _locked(report, "give_back", by=by)
        refuse_if(guards.claim_reasons(fresh, "give_back", by=by))
        end_claim(fresh)
        record(by=by, verb="give_back", target=fresh, at=at)


def end_claim(report: Report, *, of: User | None = None) -> None:
    """Ends the claim on the report, or only that `of` the person; in the caller's transaction, whose act the audit tells."""
    rows = ReviewClaim.objects.filter(report=report)
    (rows if of is None else rows.filter(person=of)).delete()


def sign_off_legal(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> ExtraSignOff:
    """Signs off the legal review of exactly this text."""
    return _signed_off(report, "sign_off_legal", by=by, version=version, at=at)


def sign_off_safety(report: Report, *, by: User, version: int | None = None, at: dt.datetime | None = None) -> ExtraSignOff:
    """Signs off the safety review of exactly this text."""
    return _signed_off(report, "sign_off_safety", by=by, version=version, at=at)


def set_extra_review(rule: ExtraReviewRule, *, by: User, demanded: str) -> ExtraReviewRule:
    """Sets when a review is asked for of a kind of report. What is live stays; each act that makes public asks anew."""
    check_can_set_requirements(by)
    with transaction.atomic():
        fresh = ExtraReviewRule.objects.select_for_update().get(pk=rule.pk)
        if demanded not in ExtraReviewRule.Demanded.values:
            raise Refused([Reason(_("Choose when it is asked for."), "demanded")])
        fresh.demanded = demanded
        fresh.save(update_fields=["demanded"])
        record(by=by, verb="set_extra_review", target=fresh, facts={"demanded": demanded})
    return fresh


def _claimed(report: Report, verb: str, *, by: User, at: dt.datetime | None) -> ReviewClaim:
    at = at or timezone.now()
    with transaction.atomic():
        fresh = _locked(report, verb, by=by)
        refuse_if(guards.claim_reasons(fresh, verb, by=by))
        made, _new = ReviewClaim.objects.update_or_create(report=fresh, defaults={"person": by, "at": at})
        record(by=by, verb=verb, target=fresh, at=at)
    return made


def _signed_off(report: Report, verb: str, *, by: User, version: int | None, at: dt.datetime | None) -> ExtraSignOff:
    at, review = at or timezone.now(), guards.EXTRA_VERBS[verb]
    with transaction.atomic():
        fresh = _locked(report, verb, by=by, version=version)
        refuse_if(guards.extra_sign_off_reasons(fresh, review, by=by))
        wrote = bool(guards.own_part_reasons(fresh, by=by, besides=fresh.content_hash))
        made = ExtraSignOff.objects.create(
            report=fresh,
            review=review,
            person=by,
            revision=fresh.revisions.order_by("-number")[0],
            content_hash=fresh.content_hash,
            rule_id=ApprovalRule.ALONE if wrote else ApprovalRule.FOUR_EYES,
            at=at,
        )
        record(by=by, verb=verb, target=fresh, facts={"hash": fresh.content_hash, "alone": wrote}, at=at)
    return made


def _locked(report: Report, verb: str, *, by: User, version: int | None = None) -> Report:
    fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_can(by, verb, fresh)
    if version is not None and fresh.lock_version != version:
        raise Conflict([CHANGED_MEANWHILE])
    refuse_if(guards.state_reasons(fresh, TRANSITIONS[verb]))
    return fresh
