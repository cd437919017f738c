"""Whole answers kept in the process: an answer is a function of address and stamp, so it holds until the stamp moves."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import HttpResponse

from articles.public.pages import Plain, respond, shell_of
from articles.public.request import ReaderRequest

LONGEST_QUERY = 300

View = Callable[..., HttpResponse]


Kept = TypeVar("Kept")


@dataclass
class Shelf(Generic[Kept]):
    """What was drawn under one stamp, the least used thrown out first when it outgrows `most_bytes`."""

    most_bytes: int = 16_000_000
    stamp: int = -1
    bytes: int = 0

    def __post_init__(self) -> None:
        self.kept: OrderedDict[tuple[str, str], tuple[Kept, int]] = OrderedDict()
        self.lock = Lock()

    def get(self, stamp: int, key: tuple[str, str]) -> Kept | None:
        with self.lock:
            if stamp != self.stamp or key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def put(self, stamp: int, key: tuple[str, str], drawn: Kept, *, size: int) -> None:
        with self.lock:
            if stamp < self.stamp:
                return  # drawn before the last change
            if stamp > self.stamp:
                self.kept.clear()
                self.stamp, self.bytes = stamp, 0
            if key not in self.kept:
                self.kept[key] = drawn, size
                self.bytes += size
            while self.bytes > self.most_bytes:
                self.bytes -= self.kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.stamp, self.bytes = -1, 0


shelf: Shelf[Plain] = Shelf()


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
            shelf.put(stamp, key, plain, size=len(plain.body))
        return response

    return ask
