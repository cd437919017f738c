"""What the API says of itself, for the page that explains it to people: taken from the declarations it reads and answers by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.api.corrections import CORRECTION_FIELDS
from articles.api.fields import Field
from articles.api.index import licence
from articles.api.operations import OPERATIONS
from articles.api.parameters import MOST_PER_PAGE, PER_PAGE, Text
from articles.api.report_fields import REPORT_FIELDS, STREAM_CURSOR
from articles.api.streams import MOST_STREAMS
from articles.api.subjects import REGION_FIELDS, TAG_FIELDS
from articles.editions import addresses
from articles.identity.texts import site_for

ORDER = (
    "api_index", "api_reports", "api_report", "api_reports_csv", "api_reports_ndjson", "api_regions", "api_tags", "api_corrections", "api_corrections_csv",
    "api_corrections_ndjson", "api_openapi",
)  # fmt: skip
"""As one meets them; the order of the document is that of the addresses."""


@dataclass(frozen=True)
class Term:
    """A name and what it means."""

    name: str
    about: Text


@dataclass(frozen=True)
class Kind:
    """A kind of thing, with its fields."""

    anchor: str
    label: Text
    fields: list[Term]


@dataclass(frozen=True)
class Place:
    """An address, what is there, and the parameters it takes."""

    path: str
    summary: Text
    about: Text
    takes: str


def described() -> dict[str, Any]:
    """Addresses, parameters, fields and limits."""
    parameters = {each.name: Term(each.name, each.about) for name in ORDER for each in OPERATIONS[name].parameters}
    return {
        "places": [_place(name) for name in ORDER],
        "parameters": list(parameters.values()),
        "kinds": [
            Kind("report", _("A report"), _terms([*REPORT_FIELDS, STREAM_CURSOR])), Kind("region", _("A region"), _terms(REGION_FIELDS)),
            Kind("tag", _("A tag"), _terms(TAG_FIELDS)), Kind("a-correction", _("A correction"), _terms(CORRECTION_FIELDS)),
        ],
        "per_page": PER_PAGE,
        "most_per_page": MOST_PER_PAGE,
        "most_streams": MOST_STREAMS,
        "licence": licence(site_for(settings.MAIN_LANGUAGE)),
    }  # fmt: skip


def _place(name: str) -> Place:
    made = OPERATIONS[name]
    return Place(addresses.api_path(made.path), made.summary, made.about, ", ".join(each.name for each in made.parameters))


def _terms(fields: Sequence[Field]) -> list[Term]:
    return [Term(each.name, each.about) for each in fields]
