"""What a field of a resource is: declared once, with what it is made of and how machines may take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from articles.api import cursors
from articles.api.parameters import LANGUAGES, SLUG, Text
from articles.editions import addresses
from articles.editions.words import CORRECTIONS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
ID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time"}
SHORT_NAME: Schema = {"type": "string", "pattern": SLUG}
LANGUAGE: Schema = {"type": "string", "enum": LANGUAGES}
CORRECTION_KIND: Schema = {"type": "string", "enum": list(CORRECTIONS)}
YES_NO: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date"}
CURSOR: Schema = {"type": "string", "pattern": cursors.SHAPE}


def thing(**properties: Schema) -> Schema:
    """An object that has all of these and nothing else."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_none(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


@dataclass(frozen=True, eq=False)
class Field:
    """One field: what it says, its schema, how it is made, and which columns and sides of a record that takes."""

    name: str
    about: Text
    schema: Schema
    make: Callable[[Any], Any]
    columns: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def whole(path: str) -> str:
    """A path of this site with its origin."""
    return settings.SITE_URL + path


def moment(at: dt.datetime | None) -> str | None:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


def day(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None


def report_api(uuid: Any) -> str:
    return whole(addresses.api_path(f"reports/{UUID(str(uuid))}/"))


def fact(name: str, about: Text, schema: Schema, column: str = "", make: Callable[[Any], Any] = lambda value: value) -> Field:
    """A field that is one column."""
    source = column or name
    return Field(name, about, schema, lambda record: make(record.facts[source]), (source,))


def needed(fields: Iterable[Field]) -> tuple[list[str], set[str]]:
    """The columns and sides that the fields take."""
    chosen = list(fields)
    return list(dict.fromkeys(column for each in chosen for column in each.columns)), {side for each in chosen for side in each.sides}


def shaped(fields: Sequence[Field], record: Any) -> dict[str, Any]:
    """The fields of one record, by their names."""
    return {each.name: each.make(record) for each in fields}
