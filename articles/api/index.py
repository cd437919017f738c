"""Where everything of the API is; and the document that describes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy

from articles.answers.sending import moved_to
from articles.api import openapi
from articles.api.fields import ADDRESS, LANGUAGE, TEXT, listed, or_none, thing, whole
from articles.api.operations import JSON, Answer, Asked, check_method, operation, path_of, preflight, refused
from articles.api.parameters import LANGUAGES
from articles.api.problems import Problem, nothing_there
from articles.api.schemas import one
from articles.editions import addresses
from articles.identity.texts import Site, site_for

LICENCE = or_none(thing(name=TEXT, address=or_none(ADDRESS)))
LINKED = ("reports", "reports_csv", "reports_ndjson", "regions", "tags", "corrections", "corrections_csv", "corrections_ndjson", "openapi")
INDEX = thing(
    organisation=TEXT, site=ADDRESS, about=ADDRESS, languages=listed(thing(code=LANGUAGE, site=ADDRESS)), licence=LICENCE,
    addresses=thing(**dict.fromkeys(LINKED, ADDRESS)),
)  # fmt: skip


@operation(
    "api_index", "", gettext_lazy("Begin here"), gettext_lazy("Whose newsroom this is, in what languages, under what licence, and where everything is."),
    answer={JSON: one("Index")},
)  # fmt: skip
def index(asked: Asked) -> Answer:
    """The index."""
    site = site_for(settings.MAIN_LANGUAGE)
    return Answer(
        {
            "organisation": site.name,
            "site": whole(addresses.home_path(settings.MAIN_LANGUAGE)),
            "about": whole(addresses.api_page_path(settings.MAIN_LANGUAGE)),
            "languages": [{"code": code, "site": whole(addresses.home_path(code))} for code in LANGUAGES],
            "licence": licence(site),
            "addresses": {name: path_of(f"api_{name}") for name in LINKED},
        }
    )


@operation(
    "api_openapi",
    "openapi.json",
    gettext_lazy("Read this description"),
    gettext_lazy("Everything here, in OpenAPI 3.1."),
    answer={JSON: {"type": "object"}},
)
def description(asked: Asked) -> Answer:
    """The OpenAPI document."""
    site = site_for(settings.MAIN_LANGUAGE)
    return Answer(openapi.document(organisation=site.name, licence=licence(site), index=INDEX))


def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Any other address below the API: the same answer for each. One that lacks its last slash is led to where it has it."""
    if request.method == "OPTIONS":
        return preflight()
    try:
        check_method(request)
        if is_address(f"{rest}/"):
            return _moved(request)
        raise nothing_there()
    except Problem as problem:
        return refused(request, problem)


def is_address(rest: str) -> bool:
    """Whether something stands at that address of the API."""
    try:
        return resolve(addresses.api_path(rest)).url_name != "api_nothing"
    except Resolver404:
        return False


def _moved(request: HttpRequest) -> HttpResponse:
    return moved_to(request.get_full_path(force_append_slash=True))


def licence(site: Site) -> dict[str, Any] | None:
    """Under what licence the newsroom gives its texts away, if it says so."""
    return {"name": site.licence, "address": site.licence_address or None} if site.licence else None
