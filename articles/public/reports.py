"""Reports for readers: one page, and the lists of all, of a year, of a month."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses, dates, lists
from articles.editions.models import Address, Edition
from articles.editions.pages import once_at, page_at
from articles.public.filters import chosen_filters, filters_html, selection_of
from articles.public.groups import by_day, by_month, day_of
from articles.public.kept import kept
from articles.public.pages import page_response, report_response
from articles.public.request import ReaderRequest
from articles.stamp.models import Stamp


@require_safe
def report(request: ReaderRequest, **_parts: Any) -> HttpResponse:
    """One report, page or profile by its stored path: 200, 301, 410 or 404."""
    path = full_path(request)
    page = page_at(path)
    if page:
        section = addresses.reports_path(request.language) if page.listed else path
        return report_response(request, head_html=page.head_html, main_html=page.main_html, section=section)
    once = once_at(path)
    if once is None:
        return not_found(request)
    if once.answer == Address.Answer.MOVED:
        response = HttpResponsePermanentRedirect(once.to)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response
    return gone(request)


@kept
@require_safe
def archive(request: ReaderRequest) -> HttpResponse:
    """All reports, newest first, narrowed by the filter's GET form."""
    language, path = request.language, addresses.reports_path(request.language)
    selection, given = selection_of(request)
    page = lists.page_of(selection, **keys(request)) if selection else lists.ListPage((), "", "")
    context = {
        "heading": _("Reports"),
        "groups": by_day(page.cards),
        "filters_html": filters_html(request, given, path),
        "chosen": chosen_filters(request, given, path),
        "all_path": path,
        "years": [{"year_on": dt.date(year, 1, 1), "path": addresses.year_path(language, year)} for year in years_of(language)]
        if not given
        else [],
        **pager(page, path, given),
    }
    return page_response(
        request, title=_("Reports"), template="public/report_list.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.reports_path), indexed=not given,
    )  # fmt: skip


@kept
@require_safe
def year(request: ReaderRequest, year: int) -> HttpResponse:
    """The reports of a year."""
    language = request.language
    if not 1900 <= year <= 9998:
        return not_found(request)
    path = addresses.year_path(language, year)
    since, until = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    months = [
        {"label": dates.month_name(dt.date(year, month, 1), language), "path": addresses.month_path(language, year, month)}
        for month in range(1, 13)
    ]
    above = [{"label": _("Reports"), "path": addresses.reports_path(language)}]
    return _period(request, path, since, until, heading=dates.year(since, language), above=above, periods=months, periods_label=_("Months"))


@kept
@require_safe
def month(request: ReaderRequest, year: int, month: int) -> HttpResponse:
    """The reports of a month."""
    language = request.language
    if not (1900 <= year <= 9998 and 1 <= month <= 12):
        return not_found(request)
    path = addresses.month_path(language, year, month)
    since = dt.date(year, month, 1)
    until = dt.date(year + month // 12, month % 12 + 1, 1)
    above = [
        {"label": _("Reports"), "path": addresses.reports_path(language)},
        {"label": dates.year(since, language), "path": addresses.year_path(language, year)},
    ]
    return _period(request, path, since, until, heading=dates.month(since, language), above=above, periods=[], periods_label="")


def _period(request: ReaderRequest, path: str, since: dt.date, until: dt.date, *, heading: str, **context: Any) -> HttpResponse:
    selection = lists.Selection(request.language, since=midnight(since), until=midnight(until))
    page = lists.page_of(selection, **keys(request))
    if not page.cards and not keys(request)["after"]:
        return not_found(request)
    groups = by_month(page.cards) if (until - since).days > 31 else by_day(page.cards)
    return page_response(
        request, title=heading, template="public/period_detail.html",
        context={"heading": heading, "groups": groups, **context, **pager(page, path, {})},
        section=addresses.reports_path(request.language), canonical=path,
    )  # fmt: skip


def not_found(request: ReaderRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for every address that answers 404."""
    return page_response(request, title=_("No page here"), template="404.html", context={}, status=404)


def gone(request: ReaderRequest) -> HttpResponse:
    """410 without a title; not kept by any cache."""
    return page_response(request, title=_("No longer public"), template="410.html", context={}, status=410, no_store=True)


def full_path(request: ReaderRequest) -> str:
    """The address as it is stored: with the prefix of its language."""
    return request.path


def midnight(on: dt.date) -> dt.datetime:
    """The first instant of a day in the site's zone."""
    return dt.datetime.combine(on, dt.time.min, timezone.get_default_timezone())


class Keys(TypedDict):
    after: str
    before: str


def keys(request: ReaderRequest) -> Keys:
    """Where in a list the page begins."""
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}


def pager(page: lists.ListPage, path: str, given: dict[str, str]) -> dict[str, Any]:
    """`newer` and `older` of list_main: path and the day beside it."""

    def step(name: str, key: str, index: int) -> dict[str, Any] | None:
        return {"path": f"{path}?{urlencode({**given, name: key})}", "on": day_of(page.cards[index])} if key and page.cards else None

    return {"newer": step("before", page.newer, 0), "older": step("after", page.older, -1)}


def alternates(build: Any) -> tuple[tuple[str, str], ...]:
    """The same section in every language of the site."""
    return tuple((code, build(code)) for code, _name in settings.LANGUAGES)


def years_of(language: str) -> list[int]:
    """The years between the first and the last report, newest first."""
    listed = Edition.objects.filter(language=language, listed=True).values("published_at")
    first, last = listed.order_by("published_at", "uuid")[:1], listed.order_by("-published_at", "-uuid")[:1]
    ends = Stamp.objects.annotate(first=Subquery(first), last=Subquery(last)).values_list("first", "last").first()
    if ends is None or ends[0] is None:
        return []
    first_year, last_year = (timezone.localtime(at, timezone.get_default_timezone()).year for at in ends)
    return list(range(last_year, first_year - 1, -1))
