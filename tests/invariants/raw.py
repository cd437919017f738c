"""Statements that go behind the workflow's back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction


def refused(sql: str, params: Sequence[Any] = (), match: str | None = None) -> None:
    """The statement fails, and nothing of it is left."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def done(sql: str, params: Sequence[Any] = ()) -> None:
    """The statement passes."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def insert(table: str, row: dict[str, Any], *, verb: str = "INSERT") -> tuple[str, list[Any]]:
    """An INSERT (or INSERT OR REPLACE) of the row, for `refused` and `done`."""
    columns = ", ".join(f'"{name}"' for name in row)
    return f"{verb} INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values())


def raw_row(table: str, where: str = "1 = 1", params: Sequence[Any] = ()) -> dict[str, Any]:
    """A row as the database has it, by column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {where}", params)
        return dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))
