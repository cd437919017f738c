"""The checklist that a newsroom starts with."""

from __future__ import annotations

from articles.reports.models import Kind
from articles.safety.checklist import RULES
from articles.safety.models import Requirement
from articles.safety.requirements.headline_length import HeadlineLength


def seed() -> None:
    """Makes the requirements that are missing; what a newsroom set stays as it is."""
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
