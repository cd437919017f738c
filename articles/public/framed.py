"""Lists for readers: what surrounds the cards is drawn once per address and stamp; cards and pager are joined into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.loader import render_to_string

from articles.answers.sending import respond
from articles.editions.lists import Card, ListPage
from articles.editions.page import assemble
from articles.public.groups import day_of
from articles.public.pages import draw, page_response, shell_of
from articles.public.request import ReaderRequest
from articles.stamp.shelf import Shelf

LIST_MARK = "<!--newsroom:list-->"


@dataclass(frozen=True, slots=True)
class Frame:
    """A list's page without its cards and pager."""

    head_html: str
    before_html: str
    after_html: str


frames: Shelf[Frame] = Shelf(most_bytes=4_000_000)


def list_response(
    request: ReaderRequest,
    page: ListPage[Card],
    *,
    grouped: Callable[[tuple[Card, ...], str], str],
    path: str,
    given: Mapping[str, str] | None = None,
    title: str,
    template: str,
    context: Callable[[], dict[str, Any]],
    section: str,
    alternates: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """A page of a list. `path` and the filters `given` name the list; `context` is asked for when its frame has to be drawn."""
    language = request.language
    about: dict[str, Any] = {"title": title, "template": template, "canonical": path, "alternates": alternates, "indexed": not given}
    if not page.cards:
        return page_response(request, context={**context(), "list_html": ""}, section=section, **about)
    shell = shell_of(request)
    key = (path, urlencode(given or {}))
    frame = frames.get(shell.stamp, key)
    if frame is None:
        drawn = draw(request, context={**context(), "list_html": LIST_MARK}, **about)
        before, _mark, after = drawn.main_html.partition(LIST_MARK)
        frame = Frame(drawn.head_html, before, after)
        frames.put(shell.stamp, key, frame, size=len(drawn.head_html) + len(drawn.main_html))
    main_html = frame.before_html + grouped(page.cards, language) + pager_html(page, path, given or {}, language) + frame.after_html
    return respond(request, assemble(shell, frame.head_html, main_html, section=section))


def pager_html(page: ListPage[Any], path: str, given: Mapping[str, str], language: str) -> str:
    """The way to newer and older pages; "" where there is none."""
    steps = pager(page, path, given)
    return render_to_string("public/_pager.html", {**steps, "lang": language}) if any(steps.values()) else ""


def pager(page: ListPage[Any], path: str, given: Mapping[str, str]) -> dict[str, Any]:
    """`newer` and `older` of _pager.html: path and the day beside it."""

    def step(name: str, key: str, index: int) -> dict[str, Any] | None:
        return {"path": f"{path}?{urlencode({**given, name: key})}", "on": day_of(page.cards[index])} if key and page.cards else None

    return {"newer": step("before", page.newer, 0), "older": step("after", page.older, -1)}
