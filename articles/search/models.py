"""The search's own tables. SQLite keeps the words in an FTS5 table beside them, PostgreSQL in the tsvector column `vector`; both keep the
vocabulary in `articles_searchword` (migrations/_tables/search_words.py)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchEntry(models.Model):
    """One edition; `id` grows with its time of publication, so that “the newest matches” is the order of the key.

    `facts` are the marks by which matches are narrowed and counted; `weights` says how much of the edition each word and stem is (`terms.weighed`).
    """

    id = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField(unique=True)
    format = models.PositiveSmallIntegerField(default=0)
    facts = models.TextField(default="")
    weights = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["format", "id"], name="search_by_format")]
