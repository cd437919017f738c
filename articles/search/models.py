"""The search's own table. SQLite keeps the words in an FTS5 table beside it, PostgreSQL in its tsvector column `vector` (see _invariants/search.py)."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """One edition; `id` grows with its time of publication, so that “the newest matches” is the order of the key."""

    id = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField(unique=True)
