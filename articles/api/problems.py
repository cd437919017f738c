"""What went wrong, as application/problem+json (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.editions import addresses

MEDIA_TYPE = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter that is wrong."},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}


@dataclass
class Problem(Exception):
    """An answer that is none: its status, a sentence, and the parameter that it is about."""

    status: int
    detail: str
    parameter: str | None = None

    def written(self) -> dict[str, Any]:
        said = {
            "type": f"{settings.SITE_URL}{addresses.api_page_path(settings.MAIN_LANGUAGE)}#errors",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return said if self.parameter is None else {**said, "parameter": self.parameter}


def nothing_there() -> Problem:
    """404, the same for whatever is not there or not public."""
    return Problem(404, _("There is nothing at this address."))


def gone() -> Problem:
    """410: it was public once."""
    return Problem(410, _("This report is no longer public."))
