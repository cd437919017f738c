"""Work to do after commit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Errand(models.Model):
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    run_at = models.DateTimeField()
    asked = models.PositiveIntegerField(default=1)
    lease_until = models.DateTimeField(null=True)
    token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["done_at", "run_at"], name="errand_due")]


class Heartbeat(models.Model):
    """When the clock last ran."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
