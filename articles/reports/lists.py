"""The lists of reports that the desk asks for: an index for each, in its order."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

INDEXES = [
    models.Index(fields=["edit_state", "-saved_at", "-id"], name="report_by_edit_state"),
    *(
        models.Index(fields=[each, "-saved_at", "-id"], name=f"report_list_by_{each}"[:30])
        for each in ("public_state", "kind", "language", "assigned_to", "created_by")
    ),
    models.Index(fields=["-saved_at", "-id"], name="report_list"),
    models.Index(fields=["public_state", "publish_at"], name="report_by_public_state"),
    models.Index(fields=["public_state", "expire_at"], name="report_by_expiry"),
    models.Index(fields=["assigned_to", "edit_state", "due_at"], name="report_due"),
    models.Index(fields=["created_by", "edit_state", "-saved_at", "-id"], name="report_own_by_edit_state"),
    models.Index(fields=["edit_state", "public_state", "-saved_at", "-id"], name="report_by_both_states"),
    *(
        models.Index(fields=[whose, each, "-saved_at", "-id"], name=f"report_{whose}_{each}"[:30])
        for whose, each in (
            ("created_by", "public_state"),
            ("created_by", "kind"),
            ("created_by", "language"),
            ("assigned_to", "edit_state"),
            ("language", "edit_state"),
            ("language", "public_state"),
            ("language", "kind"),
        )
    ),
    models.Index(
        fields=["edit_state", "public_state", "-saved_at", "-id"],
        condition=~models.Q(content_hash=models.F("live_hash")),
        name="report_differs",
    ),
    *(
        models.Index(fields=[each, "id"], condition=models.Q((f"{each}__isnull", False)), name=f"report_day_of_{each}"[:30])
        for each in ("due_at", "embargo_until", "expire_at", "published_at")
    ),
]


def differing(rows: Rows) -> Rows:
    """Of the reports those whose text is not the one that is live."""
    return rows.filter(~models.Q(content_hash=models.F("live_hash")))
