"""Reading and raising the stamp."""

from __future__ import annotations

from django.db.models import F

from articles.stamp.models import Stamp


def current() -> int:
    """The stamp: what readers get is a function of the address and this number."""
    return Stamp.objects.values_list("number", flat=True).filter(id=1).first() or 0


def count_up() -> None:
    """Raise the stamp by one; call it in the transaction of the public change, late: the row stays locked until commit."""
    if not Stamp.objects.filter(id=1).update(number=F("number") + 1):
        Stamp.objects.create(id=1, number=1)
