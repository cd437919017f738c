"""Fields as columns of a table: one that is an object has a column for each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from articles.api.fields import Field


@dataclass(frozen=True)
class Column:
    """A column: its name, the field it is taken from, and its value in that field's."""

    name: str
    field: Field
    value: Callable[[Any], Any]


def columns_of(fields: Iterable[Field]) -> list[Column]:
    """The columns of the fields, in their order."""
    return [column for each in fields for column in _columns(each)]


def _columns(field: Field) -> list[Column]:
    schemas = field.schema.get("oneOf", [field.schema])
    parts = next((list(each["properties"]) for each in schemas if each.get("type") == "object"), [])
    if not parts:
        return [Column(field.name, field, lambda value: value)]
    return [Column(f"{field.name}_{part}", field, _part(part)) for part in parts]


def _part(name: str) -> Callable[[Any], Any]:
    def value(whole: dict[str, Any] | None) -> Any:
        part = whole[name] if whole else None
        return part["slug"] if isinstance(part, dict) and "slug" in part else part

    return value
