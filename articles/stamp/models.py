"""The number that grows by one in the transaction of every public change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Stamp(models.Model):
    """One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_stamp", condition=models.Q(id=1))]
