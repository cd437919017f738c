"""The rules of approval: four eyes in force, alone not."""

from __future__ import annotations

from articles.reports.models import ApprovalRule


def seed() -> None:
    """Makes the rules that are missing; one that was switched stays as it is."""
    ApprovalRule.objects.get_or_create(code=ApprovalRule.FOUR_EYES, defaults={"in_force": True})
    ApprovalRule.objects.get_or_create(code=ApprovalRule.ALONE, defaults={"in_force": False})
