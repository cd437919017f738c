"""The review of a report as its pages show it: who does it, which extra ones are asked for, what was said and is open; and the same of a list's rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.utils import timezone

from articles.people.models import User
from articles.people.roles import LEGAL_REVIEWER, SAFETY_OFFICER
from articles.reports.comments import ReviewComment
from articles.reports.models import EditState, Report
from articles.reports.review_claims import ReviewClaim
from articles.safety.extra_reviews import ExtraSignOff, Review, demanded_of, standing
from articles.workflow import guards

SHOWN = 5
ROLES = {Review.LEGAL: LEGAL_REVIEWER, Review.SAFETY: SAFETY_OFFICER}
DONE_WITH = (EditState.APPROVED,)
"""A report that stands here is late no more."""


@dataclass(frozen=True)
class Extra:
    """One extra review that is asked for: who signed this text off, or who could."""

    label: str
    sign_off: ExtraSignOff | None
    people: list[str]


@dataclass(frozen=True)
class ReviewShown:
    claim: ReviewClaim | None
    extra: dict[str, Extra]
    open_comments: int
    newest: list[ReviewComment]
    any_comments: bool
    is_late: bool

    def offers(self, verb: str, *, by: User) -> bool:
        """Whether the button says something as the review stands; it can be off all the same."""
        if verb == "claim":
            return self.claim is None
        if verb in ("take_over", "give_back"):
            return self.claim is not None and (self.claim.person_id == by.pk) == (verb == "give_back")
        if review := guards.EXTRA_VERBS.get(verb):
            return review in self.extra and self.extra[review].sign_off is None
        return True


def review_of(report: Report) -> ReviewShown:
    """What the panel shows of the report's review."""
    signed = standing(report, report.content_hash)
    threads = report.review_comments.open()
    newest = list(threads.select_related("person", "revision").order_by("-at", "-id")[:SHOWN])
    return ReviewShown(
        claim=guards.claim_of(report),
        extra={
            review: Extra(str(Review(review).label), signed.get(review), [] if review in signed else _who_could(review))
            for review in demanded_of(report)
        },
        open_comments=threads.count() if len(newest) == SHOWN else len(newest),
        newest=newest,
        any_comments=bool(newest) or report.review_comments.exists(),
        is_late=is_late(report),
    )


def is_late(report: Report, *, at: dt.datetime | None = None) -> bool:
    """Whether it was due before that time (now, if None) and is still worked on."""
    return bool(report.due_at and report.due_at < (at or timezone.now()) and report.edit_state not in DONE_WITH)


def with_reviews(reports: Iterable[Report]) -> None:
    """Gives each report of a list `claimed_by`, `open_comments` and `is_late`: one statement, however many rows."""
    rows = {report.pk: report for report in reports}
    at = timezone.now()
    claimant = [f"person__{name}" for name in ("username", "first_name", "last_name")]
    claims = ReviewClaim.objects.filter(report__in=rows).order_by().values_list("report", *claimant)
    nobody = Value("", output_field=CharField())
    threads = ReviewComment.objects.open().filter(report__in=rows).order_by().values_list("report", nobody, nobody, nobody)
    for report in rows.values():
        report.claimed_by, report.open_comments, report.is_late = "", 0, is_late(report, at=at)  # type: ignore[attr-defined]  # for the templates of lists
    for key, username, first, last in claims.union(threads, all=True) if rows else ():
        if username:
            rows[key].claimed_by = str(User(username=username, first_name=first, last_name=last))  # type: ignore[attr-defined]  # as above
        else:
            rows[key].open_comments += 1  # type: ignore[attr-defined]  # as above


def _who_could(review: str) -> list[str]:
    people = User.objects.filter(is_active=True, is_machine=False, groups__name=ROLES[Review(review)])
    return [str(person) for person in people.order_by("first_name", "username")[:4]]
