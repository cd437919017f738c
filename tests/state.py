"""Everything that the newsroom has written, to compare before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, by table, as the database keeps it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("articles").get_models():
            table, key = (connection.ops.quote_name(name) for name in (model._meta.db_table, model._meta.pk.column))
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # names of our own models
            found[model._meta.db_table] = cursor.fetchall()
    return found
