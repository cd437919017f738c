"""A database that fails where a test wants it to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from articles.migrations._invariants import _builders


@contextmanager
def failing(table: str, event: str = "INSERT", condition: str = "TRUE") -> Iterator[None]:
    """Within it the database refuses such a statement, as a full disk or a lost connection would."""
    sqlite = connection.vendor == "sqlite"
    refuse = _builders.refuse_sqlite if sqlite else _builders.refuse_postgresql
    rules = {"fault_of_a_test": (event, condition, "the disk is full")}
    statements = [each for each in refuse(table, rules) if "_truncate" not in each]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        yield
        if not sqlite:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in _builders.drops(statements):
            cursor.execute(statement)
        if not sqlite:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
