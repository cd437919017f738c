"""Whole answers kept in the process: an answer is a function of address and stamp, so it holds until the stamp moves."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from articles.answers.sending import Plain, respond
from articles.public.pages import shell_of
from articles.public.request import ReaderRequest
from articles.stamp.shelf import Shelf

LONGEST_QUERY = 300

View = Callable[..., HttpResponse]

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
