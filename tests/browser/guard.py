"""The wall, in the threads of the served site: a public address at which a statement names a desk's table answers 500 and is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from newsroom.sides import is_desk
from tests.wall import naming_the_desk

crossings: list[str] = []
"""Each statement that would have crossed the wall since the test began, with its address."""


class Crossing(Exception):
    """A public address asked for a desk's table. The statement was not run."""


class Guard:
    """Stands behind `newsroom.sides.Sides`, where the language's prefix is off the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.reading = naming_the_desk()
        self.sending = naming_the_desk(at_the_form=True)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_desk(request):
            return self.get_response(request)
        forbidden = self.sending if request.path_info == "/press/inquiry/" and request.method == "POST" else self.reading

        def check(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if found := forbidden.search(sql):
                crossings.append(f"{request.path_info} reads the desk's {found.group()}: {sql}")
                raise Crossing(crossings[-1])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(check):
            return self.get_response(request)
