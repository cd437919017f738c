"""Triggers that keep what must never be false, a module for each room. `apply` puts them up, `lift` takes them down (to flush a test's tables)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

TABLE = re.compile(r"CREATE TRIGGER \w+ BEFORE .*? ON (\w+) FOR EACH")


def apply(connection: Any) -> None:
    """Creates every trigger, in place of one of the same name."""
    lift(connection)
    _run(connection, "SQLITE", "POSTGRESQL")


def lift(connection: Any) -> None:
    """Drops every trigger."""
    _run(connection, "SQLITE_DROP", "POSTGRESQL_DROP")


def _run(connection: Any, sqlite: str, postgresql: str) -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for module in _modules():
            if not _is_there(getattr(module, "NEEDS", ""), there, connection, cursor):  # what its triggers name is of a later migration
                continue
            for statement in getattr(module, sqlite if connection.vendor == "sqlite" else postgresql):
                found = TABLE.match(statement)
                if found is None or found[1] in there:  # a table of a later migration gets its triggers with that one
                    cursor.execute(statement)


def _is_there(needs: str, tables: set[str], connection: Any, cursor: Any) -> bool:
    """Whether a table, or a `table.column`, stands already."""
    table, _dot, column = needs.partition(".")
    if not table or table not in tables or not column:
        return not table or table in tables
    return column in {each.name for each in connection.introspection.get_table_description(cursor, table)}


def _modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            yield importlib.import_module(f"{__name__}.{found.name}")
