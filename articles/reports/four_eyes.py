"""The second pair of eyes, switched on and off: whether one person may approve what they wrote."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, QuerySet

from articles.audit.chain import record
from articles.people.models import User
from articles.reports.models import ApprovalRule


def are_off() -> bool:
    """Whether one person alone may write and approve."""
    return _alone().exists()


def off() -> Exists:
    """The same as an expression, for a statement that is asked anyway."""
    return Exists(_alone())


def _alone() -> QuerySet[ApprovalRule]:
    return ApprovalRule.objects.filter(code=ApprovalRule.ALONE, in_force=True)


def switch(*, on: bool, by: User) -> None:
    """Demands a second person for each approval, or no longer. Audited first: a trigger lets no other way in."""
    if on != are_off():
        return
    with transaction.atomic():
        record(by=by, verb="four_eyes_on" if on else "four_eyes_off", target="approval-rule:alone")
        ApprovalRule.objects.filter(code=ApprovalRule.ALONE).update(in_force=not on)
