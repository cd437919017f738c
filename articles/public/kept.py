"""Whole answers kept in the process: an answer is a function of address and stamp, so it holds until the stamp moves."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from articles.public.pages import Plain, respond, shell_of
from articles.public.request import ReaderRequest

LONGEST_QUERY = 300

View = Callable[..., HttpResponse]


@dataclass
class Shelf:
    """Answers of one stamp, the least used thrown out first when they outgrow `most_bytes`."""

    most_bytes: int = 16_000_000
    stamp: int = -1
    bytes: int = 0

    def __post_init__(self) -> None:
        self.plain: OrderedDict[tuple[str, str], Plain] = OrderedDict()
        self.lock = Lock()

    def get(self, stamp: int, key: tuple[str, str]) -> Plain | None:
        with self.lock:
            if stamp != self.stamp or key not in self.plain:
                return None
            self.plain.move_to_end(key)
            return self.plain[key]

    def put(self, stamp: int, key: tuple[str, str], plain: Plain) -> None:
        with self.lock:
            if stamp < self.stamp:
                return  # drawn before the last change
            if stamp > self.stamp:
                self.plain.clear()
                self.stamp, self.bytes = stamp, 0
            if key not in self.plain:
                self.plain[key] = plain
                self.bytes += len(plain.body)
            while self.bytes > self.most_bytes:
                self.bytes -= len(self.plain.popitem(last=False)[1].body)

    def clear(self) -> None:
        with self.lock:
            self.plain.clear()
            self.stamp, self.bytes = -1, 0


shelf = Shelf()


def kept(view: View) -> View:
    """The view, asked once per address and stamp: its answer of 200 is kept; one statement finds it again."""

    @functools.wraps(view)
    def ask(request: ReaderRequest, *args: Any, **parts: Any) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if not settings.KEEP_PAGES or request.method not in ("GET", "HEAD") or len(query) > LONGEST_QUERY:
            return view(request, *args, **parts)
        stamp = shell_of(request).stamp
        key = (request.path, query)
        if plain := shelf.get(stamp, key):
            return respond(request, plain.body, content_type=plain.content_type)
        response = view(request, *args, **parts)
        if plain := getattr(response, "plain", None):
            shelf.put(stamp, key, plain)
        return response

    return ask
