"""The checklist that a newsroom starts with."""

from __future__ import annotations

from articles.reports.models import Kind
from articles.safety.checklist import RULES
from articles.safety.extra_reviews import ExtraReviewRule, Review
from articles.safety.models import Requirement
from articles.safety.requirements.headline_length import HeadlineLength

FIRST = {Review.LEGAL: ExtraReviewRule.Demanded.ALLEGATION, Review.SAFETY: ExtraReviewRule.Demanded.SEVERITY}
"""When each review is asked for, of every kind, until a newsroom decides otherwise."""


def seed() -> None:
    """Makes the requirements and rules that are missing; what a newsroom set stays as it is."""
    there = set(Requirement.objects.values_list("code", "kind"))
    Requirement.objects.bulk_create(
        Requirement(
            code=rule.code,
            kind=kind,
            level=rule.level_for(kind),
            max_characters=HeadlineLength.MAX_CHARACTERS if rule.code == HeadlineLength.code else None,
        )
        for rule in RULES
        for kind in Kind.values
        if (rule.code, kind) not in there
    )
    asked = set(ExtraReviewRule.objects.values_list("review", "kind"))
    ExtraReviewRule.objects.bulk_create(
        ExtraReviewRule(review=review, kind=kind, demanded=demanded)
        for review, demanded in FIRST.items()
        for kind in Kind.values
        if (review, kind) not in asked
    )
