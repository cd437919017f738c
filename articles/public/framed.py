"""Lists for readers: what surrounds the cards is drawn once per address and stamp; cards and pager are joined into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles.editions.lists import Card, ListPage, own_key, time_of
from articles.editions.page import assemble
from articles.editions.subjects import pinned_html
from articles.public.pages import draw, page_response, send, shell_of
from articles.public.request import ReaderRequest
from articles.stamp.shelf import Shelf

LIST_MARK = "<!--newsroom:list-->"
PLACE_MARK = "newsroom-place"
"""Where in the canonical address it is said at which place of the list the page begins."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A list's page without its cards and pager, and its place in the canonical address; `pinned` stand above the list, and not in it once more."""

    head_html: str
    before_html: str
    after_html: str
    pinned: frozenset[UUID] = frozenset()


frames: Shelf[Frame] = Shelf(most_bytes=4_000_000)


def list_response(
    request: ReaderRequest,
    page: ListPage[Card],
    *,
    grouped: Callable[[tuple[Card, ...], str], str],
    path: str,
    given: Pairs = (),
    wrong: Pairs = (),
    title: str,
    template: str,
    context: Callable[[], dict[str, Any]],
    section: str,
    alternates: tuple[tuple[str, str], ...] = (),
    feeds_of: str = "",
    lead_html: str = "",
    end_html: str = "",
) -> HttpResponse:
    """A page of a list. `path`, the filters `given` and those that are `wrong` name it; `context` is asked for when its frame has to be drawn;
    its `trail` leads to the list, its `description` is what was written of it. `lead_html` stands before the cards, `end_html` behind them: what is said
    of this page and not of the whole list.
    """
    language, shell = request.language, shell_of(request)
    address = f"{path}?{urlencode(given)}" if given else path
    about: dict[str, Any] = {
        "title": title,
        "template": template,
        "alternates": alternates,
        "indexed": not given and not wrong,
        "feeds_of": feeds_of,
    }
    if not page.cards and not end_html:
        return page_response(
            request, context={**context(), "list_html": ""}, section=section, canonical=address, query=asked(request, given), **about
        )
    is_first = not page.newer
    key = (path, f"{is_first:d} {urlencode([*given, *wrong])}")
    frame = frames.get(shell.stamp, key)
    if frame is None:
        frame = _frame(request, context(), is_first=is_first, canonical=address + PLACE_MARK, **about)
        frames.put(shell.stamp, key, frame, size=len(frame.head_html) + len(frame.before_html) + len(frame.after_html))
    cards = tuple(card for card in page.cards if card.uuid not in frame.pinned)
    main_html = "".join(
        [frame.before_html, lead_html, grouped(cards, language), end_html, pager_html(page, path, given, language), frame.after_html]
    )
    head_html = frame.head_html.replace(PLACE_MARK, _place(request, given))
    return send(request, assemble(shell, head_html, main_html, section=section, query=asked(request, given)))


def _frame(request: ReaderRequest, said: dict[str, Any], *, is_first: bool, **about: Any) -> Frame:
    pins = said.get("pins", ()) if is_first else ()
    above_html = pinned_html(pins, said.get("pinned_heading", ""), request.language)
    drawn = draw(
        request,
        context={**said, "list_html": above_html + LIST_MARK},
        trail=said.get("trail", ()),
        description=said.get("description", ""),
        **about,
    )
    before, _mark, after = drawn.main_html.partition(LIST_MARK)
    return Frame(drawn.head_html, before, after, frozenset(card.uuid for card in pins))


def asked(request: ReaderRequest, given: Pairs = ()) -> str:
    """What the address asks for, encoded: the filters that the list goes by, and where in it the page begins."""
    return urlencode([*given, *_keys(request)])


def _place(request: ReaderRequest, given: Pairs) -> str:
    """What the canonical address says of the place, as it stands in an attribute: a page that begins elsewhere is another page."""
    place = urlencode(_keys(request)[-1:])
    return f"{'&amp;' if given else '?'}{place}" if place else ""


def _keys(request: ReaderRequest) -> Pairs:
    """Where the page begins: after a place, or before one, which counts if both are named."""
    return tuple((name, key) for name in ("after", "before") if (key := own_key(request.GET.get(name, ""))))


def pager_html(page: ListPage[Any], path: str, given: Pairs, language: str) -> str:
    """The way to newer and older pages; "" where there is none."""
    steps = pager(page, path, given)
    return render_to_string("public/_pager.html", {**steps, "lang": language}) if any(steps.values()) else ""


def pager(page: ListPage[Any], path: str, given: Pairs) -> dict[str, Any]:
    """`newer` and `older` of _pager.html: path and the day beside it; `is_further` where the list was not read to the end of the page."""

    def step(name: str, key: str) -> dict[str, Any] | None:
        if not key:
            return None
        at = time_of(key)
        on = timezone.localtime(at, timezone.get_default_timezone()).date()
        return {"path": f"{path}?{urlencode([*given, (name, key)])}", "on": on, "is_further": at == page.stopped_at}

    return {"newer": step("before", page.newer), "older": step("after", page.older)}
