"""The mark by which a demo knows its own database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DemoMark(models.Model):
    """One row, in a database that the demo filled."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_demo_mark", condition=models.Q(id=1))]
