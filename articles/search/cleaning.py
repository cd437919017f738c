"""Withdrawn words leave SQLite's file: FTS5 marks them as gone and keeps them until it merges its segments by itself, which may be never.

From 3.42 SQLite removes them at once, by an option of the table; older ones are made to merge, in steps, after the withdrawal.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.errands.queue import enqueue

REMOVES_AT_ONCE = (3, 42)
PAGES = 500
"""How much one step merges: some tens of milliseconds, in which nobody else writes."""
SOON = dt.timedelta(seconds=30)
STEPS = 2000


def ask() -> None:
    """Sees to it that what is deleted from the index next leaves the file. Within the act."""
    if removes_at_once():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_searchwords (articles_searchwords, rank) VALUES ('secure-delete', 1)")
    else:
        enqueue("clean search", key="clean search", run_at=timezone.now() + SOON)


def removes_at_once() -> bool:
    return sqlite3.sqlite_version_info >= REMOVES_AT_ONCE


def clean() -> int:
    """Merges the whole index step by step, so that nothing deleted is left in it; returns the steps. PostgreSQL's vacuum needs no help."""
    if connection.vendor != "sqlite":
        return 0
    steps = 0
    with connection.cursor() as cursor:
        pages = -PAGES  # the first step, below nought, has all segments merged and not only those that are due
        while steps < STEPS:
            with transaction.atomic():
                before = _changes(cursor)
                cursor.execute("INSERT INTO articles_searchwords (articles_searchwords, rank) VALUES ('merge', %s)", [pages])
                merged = _changes(cursor) - before
            steps, pages = steps + 1, PAGES
            if merged < 2:
                break
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return steps


def run_errand(payload: dict[str, Any]) -> None:
    clean()


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
