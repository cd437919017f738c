"""What was done at the desk: append-only, hash-chained; no foreign keys, names, addresses or text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act. `digest` is HMAC-SHA256 over the canonical row and `previous`."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=64)
    verb = models.CharField(max_length=40)
    target = models.CharField(max_length=80, db_index=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-seq"]
        verbose_name = _("audit event")
        verbose_name_plural = _("audit")
        indexes: ClassVar = [
            *(models.Index(fields=[each, "-seq"], name=f"audit_by_{each}") for each in ("by", "verb", "target")),
            models.Index(fields=["-at", "-seq"], name="audit_by_time"),
        ]


class PurgePermit(models.Model):
    """While a row stands, append-only tables let rows go; made (after its audit event: trigger) and removed in the one transaction that purges.

    `never` points to an event that cannot be. The database looks at this key at commit: no transaction ends while a permit stands.
    """

    NEVER = -1

    reason = models.CharField(max_length=80)
    never = models.ForeignKey(AuditEvent, default=NEVER, editable=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="permit_never_outlives_its_transaction", condition=models.Q(never=-1))]
