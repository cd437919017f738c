"""The stamp's one row."""

from __future__ import annotations

from articles.stamp.models import Stamp


def seed() -> None:
    """Makes the row if it is missing."""
    Stamp.objects.get_or_create(id=1)
