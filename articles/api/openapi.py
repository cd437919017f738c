"""The OpenAPI 3.1 document, made of the operations as they are declared: it says what they read, and cannot say anything else."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.api import problems
from articles.api.corrections import CORRECTION_FIELDS
from articles.api.fields import Schema
from articles.api.operations import METHODS, OPERATIONS, Operation
from articles.api.parameters import Parameter
from articles.api.report_fields import REPORT_FIELDS
from articles.api.schemas import resource
from articles.api.subjects import REGION_FIELDS, TAG_FIELDS
from articles.editions import addresses

VERSION = "1.0.0"
ETAG = {"description": "Send it back in If-None-Match: 304 says that nothing has changed.", "schema": {"type": "string"}}
LINK = {"description": "The neighbouring pages (RFC 8288).", "schema": {"type": "string"}}


def document(*, organisation: str, licence: dict[str, Any] | None, index: Schema) -> dict[str, Any]:
    """The whole document; texts may be translated when it is written."""
    info: dict[str, Any] = {
        "title": _("%(organisation)s: what it has published") % {"organisation": organisation},
        "version": VERSION,
        "description": _("Everything that readers may see, for machines to read. Nothing can be written here, and no key is needed."),
    }
    if licence:
        info["license"] = {"name": licence["name"], **({"url": licence["address"]} if licence["address"] else {})}
    paths: dict[str, Any] = {}
    for each in sorted(OPERATIONS.values(), key=lambda made: made.path):
        paths.setdefault(f"/{each.path}", {})["get"] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": settings.SITE_URL + addresses.api_path().rstrip("/")}],
        "externalDocs": {"url": settings.SITE_URL + addresses.api_page_path(settings.MAIN_LANGUAGE)},
        "paths": paths,
        "components": {
            "schemas": {
                "Report": resource(REPORT_FIELDS), "Region": resource(REGION_FIELDS), "Tag": resource(TAG_FIELDS), "Correction": resource(CORRECTION_FIELDS),
                "Index": index, "Problem": problems.SCHEMA,
            },
            "responses": {str(status): _refusal(status) for status in (400, 404, 405, 410, 503)},
        },
    }  # fmt: skip


def _operation(made: Operation) -> dict[str, Any]:
    headers = {"ETag": ETAG, **({"Link": LINK} if any(each.name == "cursor" for each in made.parameters) and made.gives_json else {})}
    answers: dict[str, Any] = {
        "200": {
            "description": made.summary, "headers": headers,
            "content": {media_type: {"schema": schema} for media_type, schema in made.answer.items()},
        },
        "304": {"description": _("Nothing has changed since the answer with that ETag.")},
    }  # fmt: skip
    answers |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in made.errors}
    return {
        "operationId": made.name.removeprefix("api_"),
        "summary": made.summary,
        "description": made.about,
        "parameters": [*(_parameter(each, "path") for each in made.places), *(_parameter(each, "query") for each in made.parameters)],
        "responses": answers,
    }


def _parameter(each: Parameter, where: str) -> dict[str, Any]:
    example: Any = int(each.example) if each.schema["type"] == "integer" else each.example.split(",") if each.is_list else each.example
    said = {"name": each.name, "in": where, "description": each.about, "schema": each.schema, "example": example}
    if where == "path":
        said["required"] = True
    return {**said, "style": "form", "explode": False} if each.is_list else said


def _refusal(status: int) -> dict[str, Any]:
    headers = {
        405: {"Allow": {"description": METHODS, "schema": {"type": "string"}}},
        503: {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}},
    }
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": HTTPStatus(status).phrase, "content": content, **({"headers": headers[status]} if status in headers else {})}
