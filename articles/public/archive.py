"""The archive: all reports, newest first, narrowed by filters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses, lists, spans
from articles.editions.groups import by_day
from articles.public.filter_form import form_html
from articles.public.filter_words import address_of, chosen, looked_through, sentence
from articles.public.filters import Asked, asked_of, used
from articles.public.framed import list_response
from articles.public.kept import kept
from articles.public.nearby import nearby
from articles.public.pages import shell_of
from articles.public.reports import Keys, alternates, keys, leads_nowhere, not_found
from articles.public.request import ReaderRequest
from articles.stamp.shelf import Shelf

YEARS_BY_MONTH = 12
"""So many of the newest years are shown with their months; an older one has them on its own page."""

tallies: Shelf[lists.Tally] = Shelf(most_bytes=400_000)


@kept
@require_safe
def archive(request: ReaderRequest) -> HttpResponse:
    """All reports, newest first, narrowed by the filter's GET form."""
    language, path = request.language, addresses.reports_path(request.language)
    asked, place = asked_of(request), keys(request)
    page: lists.ListPage[lists.Card] = lists.page_of(asked.selection, **place) if asked.selection else lists.ListPage(())
    if leads_nowhere(page, place) and not _goes_on(asked, page):
        return not_found(request)
    tally = _tally(request, asked, page, place)
    said = sentence(asked, language, tally) if asked.given else ""

    def context() -> dict[str, Any]:
        return {
            "heading": _("Reports"),
            "filters_html": form_html(request, asked),
            "chosen": chosen(asked, path, language),
            "all_path": path,
            "years": [] if asked.given else _years(request),
            "said": said,
            "is_backwards": bool(asked.value("from") and asked.value("to") and asked.value("from") > asked.value("to")),
            "nearby": nearby(request, asked, path) if tally == lists.Tally(0) else [],
        }

    return list_response(
        request, page, grouped=by_day, path=path, given=asked.given, wrong=tuple(asked.wrong.items()),
        title=sentence(asked, language) if asked.given else _("Reports"), template="public/report_list.html", context=context, section=path,
        alternates=() if asked.given else alternates(addresses.reports_path), feeds_of=_feeds_of(asked, language),
        lead_html=format_html('<p class="stated in-text">{}</p>', said) if said and page.cards else "",
        end_html=_end(asked, page, place, language),
    )  # fmt: skip


def _feeds_of(asked: Asked, language: str) -> str:
    """The folder of the feeds of an archive that is narrowed to a kind alone; nothing else that it may be narrowed to has any."""
    return addresses.kind_path(language, asked.value("kind")) if [name for name, _text in asked.given] == ["kind"] else ""


def _goes_on(asked: Asked, page: lists.ListPage[lists.Card]) -> bool:
    """Whether a page without reports is still one of the list: it was read so far, or another page led here after such a one."""
    return asked.selection is not None and (page.stopped_at is not None or not asked.selection.is_plain)


def _tally(request: ReaderRequest, asked: Asked, page: lists.ListPage[lists.Card], place: Keys) -> lists.Tally | None:
    """How many there are, said on the first page: counted where that page does not tell it already, and once a stamp."""
    if not asked.given or place["after"] or place["before"]:
        return None
    if page.stopped_at:
        return lists.Tally(len(page.cards), at_least=True) if page.cards else None
    if asked.selection is None or not page.older:
        return lists.Tally(len(page.cards))
    if asked.is_foreign:  # a statement was spent on a name
        return None
    stamp, key = shell_of(request).stamp, (request.language, address_of("", asked.given))
    tally = tallies.get(stamp, key)
    if tally is None:
        tally = lists.tally_of(asked.selection)
        tallies.put(stamp, key, tally, size=sum(map(len, key)) + 100)
    return tally


def _end(asked: Asked, page: lists.ListPage[lists.Card], place: Keys, language: str) -> SafeString | str:
    """What is said behind the cards: how far the list was read, or that a page it led on to holds no more of it."""
    if text := looked_through(asked, page, **place, language=language):
        return format_html('<p class="looked in-text">{} {}</p>', text, "" if page.cards else _("None of them fits."))
    if page.cards or not (page.older or page.newer):
        return ""
    return format_html('<p class="looked in-text">{}</p>', _("No further ones: %(reports)s.") % {"reports": sentence(asked, language)})


def _years(request: ReaderRequest) -> list[dict[str, Any]]:
    """The years in which something was published, newest first, the newer ones with their months."""
    language = request.language
    times = [each.newest_at for each in used(request) if each.what in ("kind", "first")]
    months = spans.months_between(min(times), max(times), language) if times else []
    years = list(dict.fromkeys(month.year for month in months))
    return [
        {
            "year_on": dt.date(year, 1, 1),
            "path": addresses.year_path(language, year),
            "months": [{"on": on, "path": addresses.month_path(language, year, on.month)} for on in reversed(months) if on.year == year]
            if number < YEARS_BY_MONTH
            else [],
        }
        for number, year in enumerate(years)
    ]
