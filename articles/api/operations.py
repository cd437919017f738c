"""One address of the API: what it takes and gives, declared once. It reads the request by that, and the OpenAPI document is made of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from articles.answers.sending import Plain, respond
from articles.api import problems
from articles.api.parameters import Parameter, Text, Wrong, read_all
from articles.api.problems import Problem
from articles.api.streams import Rows, stream_response
from articles.editions import addresses
from articles.editions.sought import Sought, sought
from articles.stamp.shelf import Shelf

JSON = "application/json"
METHODS = "GET, HEAD, OPTIONS"
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
TOLD = {**OPEN, "Access-Control-Expose-Headers": "ETag, Link"}
PREFLIGHT = {
    **OPEN,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
LONGEST_QUERY = 600


@dataclass(frozen=True)
class Answer:
    """JSON, and where its list goes on: (relation, address) of the Link header (RFC 8288)."""

    content: Any
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the values of its parameters, and what the operation's first statement found."""

    path: str
    values: dict[str, Any]
    given: dict[str, str]
    found: Any

    @property
    def ids(self) -> list[int | None]:
        """The ids of all that the address names by a short name."""
        named = [("region", [self.found.region]), ("tag", self.found.tags), ("author", [self.found.author])]
        return [each for name, ids in named if name in self.values for each in ids]

    def page(self, results: list[dict[str, Any]], *, next_: str, previous: str) -> Answer:
        """A page of a list, with the addresses of its neighbours; a cursor that is "" leads nowhere."""
        steps = {name: self.address(cursor=cursor) if cursor else None for name, cursor in (("next", next_), ("previous", previous))}
        relations = {"next": "next", "previous": "prev"}
        links = tuple((relations[name], address) for name, address in steps.items() if address)
        return Answer({"results": results, **steps}, links)

    def address(self, **changes: str) -> str:
        """This address with other parameters, whole; one that is "" is left out."""
        query = urlencode({name: text for name, text in {**self.given, **changes}.items() if text})
        return f"{settings.SITE_URL}{self.path}{'?' if query else ''}{query}"


Sent = TypeVar("Sent", bound=HttpResponseBase)
View = Callable[..., "Answer | Rows"]


@dataclass(frozen=True)
class Operation:
    """What one address takes and gives. `path` is as OpenAPI writes it; `answer` gives a schema for each media type.

    `first` is the first statement: it gives the stamp, and with it what the view would ask for next.
    """

    name: str
    path: str
    summary: Text
    about: Text
    answer: dict[str, dict[str, Any]]
    parameters: tuple[Parameter, ...] = ()
    places: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = (400, 405)
    view: View = field(repr=False, kw_only=True)
    first: Callable[..., Any] = field(repr=False, default=lambda values, **_parts: by_slug(values))

    @property
    def gives_json(self) -> bool:
        return JSON in self.answer


OPERATIONS: dict[str, Operation] = {}
"""Every address of the API by its name, in the order they are told."""
shelf: Shelf[tuple[Plain, str]] = Shelf()


def operation(name: str, path: str, summary: Text, about: Text, **declared: Any) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Makes a view of a function that gives an Answer, or Rows to stream."""

    def declare(view: View) -> Callable[..., HttpResponseBase]:
        made = OPERATIONS[name] = Operation(name, path, summary, about, view=view, **declared)

        @functools.wraps(view)
        def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            try:
                return _answered(made, request, parts)
            except Problem as problem:
                return refused(request, problem)

        return answer

    return declare


def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A problem as an answer."""
    body = written(problem.written())
    response = respond(request, body, content_type=problems.MEDIA_TYPE, status=problem.status, no_store=problem.status not in (400, 404))
    headers = {**TOLD, **{405: {"Allow": METHODS}, 503: {"Retry-After": "60"}}.get(problem.status, {})}
    return _with(response, headers)


def written(content: Any) -> bytes:
    """The bytes of JSON; texts that are translated when they are read are read now."""
    return orjson.dumps(content, default=str)


def preflight() -> HttpResponse:
    """What a browser asks before it lets another site's page read us: anybody may."""
    return HttpResponse(status=204, headers={**PREFLIGHT, "Allow": METHODS})


def check_method(request: HttpRequest) -> None:
    """Raises Problem for a method that changes something: nothing here can be changed."""
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, _("This address is read with GET or HEAD."))


def _answered(made: Operation, request: HttpRequest, parts: dict[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return preflight()
    check_method(request)
    try:
        values, given = read_all(request, made.parameters)
    except Wrong as wrong:
        raise Problem(400, wrong.sentence, wrong.parameter or None) from None
    found = made.first(values, **parts)
    asked = Asked(request.path, values, given, found)
    query = request.META.get("QUERY_STRING", "")
    is_kept = settings.KEEP_PAGES and len(query) <= LONGEST_QUERY
    key = (request.path, query)
    if is_kept and (ready := shelf.get(found.stamp, key)):
        return _told(respond(request, ready[0].body, content_type=ready[0].content_type), ready[1])
    answer = made.view(asked, **parts)
    if isinstance(answer, Rows):
        return _with(stream_response(request, answer, seed=f"{found.stamp} {request.path}?{query}"), TOLD)
    body, link = written(answer.content), ", ".join(f'<{address}>; rel="{relation}"' for relation, address in answer.links)
    response = respond(request, body, content_type=JSON)
    if is_kept and (plain := getattr(response, "plain", None)):
        shelf.put(found.stamp, key, (plain, link), size=len(body))
    return _told(response, link)


def _told(response: HttpResponse, link: str) -> HttpResponse:
    return _with(response, {**TOLD, "Link": link} if link else TOLD)


def _with(response: Sent, headers: dict[str, str]) -> Sent:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def by_slug(values: dict[str, Any]) -> Sought:
    """The stamp, and the ids of the region, tags and author that the values name."""
    return sought(region=values.get("region", ""), tags=values.get("tag", ()), author=values.get("author", ""))


def path_of(name: str, **parts: str) -> str:
    """The address of an operation, whole."""
    return settings.SITE_URL + addresses.api_path(OPERATIONS[name].path.format(**parts))
