"""The wall in SQL: whatever a test asks of a public address runs under a guard on each statement, in its own thread or a server's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse

from newsroom.sides import is_desk

PUBLIC_ROOMS = {"editions", "taxonomy", "identity", "stamp", "contacts", "search"}
PUBLIC_MODELS = {"Byline"}
FORM_ROOMS = {"inquiries", "errands", "audit"}
"""What the inquiry's door writes."""
WITHOUT_MODEL = {"articles_deskwords"}
"""The desk's search."""
WHOLE_LISTS = re.compile(r"\bCOUNT\(|\bOFFSET\b", re.IGNORECASE)

crossings: list[str] = []
"""Each statement that was refused since the test began, with its address: a server's thread answers 500 and says no more."""


class Crossing(Exception):
    """A public address asked for a desk's table, counted a list or skipped a part of one. The statement was not run."""


class Guard:
    """A middleware of the tests, behind `newsroom.sides.Sides`, where the language's prefix is off the path (see tests/settings.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.reading = naming(desk_tables())
        self.probing = naming(desk_tables({"errands"}))
        self.sending = naming(desk_tables(FORM_ROOMS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_desk(request):
            return self.get_response(request)
        at_the_form = request.path_info == "/press/inquiry/" and request.method == "POST"
        forbidden = self.sending if at_the_form else self.probing if request.path_info == "/readyz" else self.reading

        def check(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            found = forbidden.search(sql) or (not at_the_form and WHOLE_LISTS.search(sql))
            if found:
                crossings.append(f"{request.path_info} sends {found.group()}: {sql}")
                raise Crossing(crossings[-1])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(check):
            response = self.get_response(request)
        if getattr(response, "streaming", False) and request.path_info.startswith("/api/"):
            response.streaming_content = watched(response.streaming_content, check)  # type: ignore[attr-defined]  # a stream
        return response


def watched(chunks: Iterator[bytes], check: Any) -> Iterator[bytes]:
    """The chunks of a stream, each of which is read from the database under the guard."""
    while True:
        with connection.execute_wrapper(check):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def desk_tables(also_public: Set[str] = frozenset()) -> set[str]:
    """The tables that no public page may name, but for those of the rooms given."""
    models = apps.get_models(include_auto_created=True)
    return WITHOUT_MODEL | {each._meta.db_table for each in models if not _is_public(each, PUBLIC_ROOMS | also_public)}


def naming(tables: Set[str]) -> re.Pattern[str]:
    """Finds the name of a table in a statement."""
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(tables))) + r")\b")


def _is_public(model: type, rooms: Set[str]) -> bool:
    room = model.__module__.split(".")[1] if model.__module__.startswith("articles.") else ""
    owner = model._meta.auto_created or model  # type: ignore[attr-defined]  # a model
    return room in rooms or owner.__name__ in PUBLIC_MODELS
