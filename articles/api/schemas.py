"""The shapes of whole answers, as OpenAPI names them."""

from __future__ import annotations

from typing import Any

from articles.api.fields import ADDRESS, Schema, or_none


def one(name: str) -> Schema:
    """One thing of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str) -> Schema:
    """A page of things of that name."""
    return {
        "type": "object",
        "properties": {"results": {"type": "array", "items": one(name)}, "next": or_none(ADDRESS), "previous": or_none(ADDRESS)},
        "required": ["results", "next", "previous"],
        "additionalProperties": False,
    }


def resource(fields: Any) -> Schema:
    """A thing with those fields; “fields=” may leave some out."""
    return {
        "type": "object",
        "properties": {each.name: {**each.schema, "description": each.about} for each in fields},
        "minProperties": 1,
        "additionalProperties": False,
    }
