"""Reports for readers: one page, and the lists of a year and of a month."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpResponse
from django.urls import is_valid_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import moved_to
from articles.editions import addresses, dates, lists, spans
from articles.editions.groups import by_day, by_month
from articles.editions.pages import Once, page_at
from articles.editions.selections import Selection
from articles.public import lite
from articles.public.framed import list_response
from articles.public.kept import kept
from articles.public.pages import page_response, report_response
from articles.public.related import with_related
from articles.public.request import ReaderRequest


@require_safe
def report(request: ReaderRequest, **_parts: Any) -> HttpResponse:
    """One report, page or profile by its stored path: 200, 301, 410 or 404."""
    path = full_path(request)
    request.shell, found = page_at(path, request.language)
    if found is None:
        return not_found(request)
    if isinstance(found, Once):
        return moved(request, found.to) if found.to else gone(request)
    section = addresses.reports_path(request.language) if found.listed else path
    main_html = with_related(found.main_html, uuid=found.uuid, language=request.language, stamp=request.shell.stamp)
    return report_response(request, head_html=found.head_html, main_html=main_html, section=section)


@kept
@require_safe
def year(request: ReaderRequest, year: str) -> HttpResponse:
    """The reports of a year."""
    language, number = request.language, int(year)
    if not spans.FIRST_YEAR <= number <= spans.LAST_YEAR:
        return not_found(request)
    path = addresses.year_path(language, number)
    heading = dates.year(dt.date(number, 1, 1), language)

    def context() -> dict[str, Any]:
        months = [
            {"label": dates.month_name(dt.date(number, month, 1), language), "path": addresses.month_path(language, number, month)}
            for month in spans.months_with_reports(language, number)
        ]
        above = [{"label": _("Reports"), "path": addresses.reports_path(language)}]
        return {"heading": heading, "above": above, "trail": _trail(above, heading, path), "periods": months, "periods_label": _("Months")}

    return _period(request, path, spans.year_span(number), by_month, title=heading, context=context)


@kept
@require_safe
def month(request: ReaderRequest, year: str, month: str) -> HttpResponse:
    """The reports of a month."""
    language, number = request.language, int(year)
    if not (spans.FIRST_YEAR <= number <= spans.LAST_YEAR and 1 <= int(month) <= 12):
        return not_found(request)
    path = addresses.month_path(language, number, int(month))
    first = dt.date(number, int(month), 1)
    heading = dates.month(first, language)

    def context() -> dict[str, Any]:
        above = [
            {"label": _("Reports"), "path": addresses.reports_path(language)},
            {"label": dates.year(first, language), "path": addresses.year_path(language, number)},
        ]
        return {"heading": heading, "above": above, "trail": _trail(above, heading, path), "periods": [], "periods_label": ""}

    return _period(request, path, spans.month_span(first), by_day, title=heading, context=context)


def _trail(above: list[dict[str, str]], heading: str, path: str) -> list[tuple[str, str]]:
    return [*((each["label"], each["path"]) for each in above), (heading, path)]


def _period(request: ReaderRequest, path: str, span: spans.Span, grouped: Any, *, title: str, context: Any) -> HttpResponse:
    page = lists.page_of(Selection(request.language, since=span[0], until=span[1]), **keys(request))
    if not page.cards:
        return not_found(request)
    return list_response(
        request, page, grouped=grouped, path=path, title=title, template="public/period_detail.html", context=context,
        section=addresses.reports_path(request.language),
    )  # fmt: skip


def not_found(request: ReaderRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for every address that answers 404. One that lacks its last slash is led to where it has it."""
    if request.method in ("GET", "HEAD") and not request.path_info.endswith("/") and is_valid_path(f"{request.path_info}/"):
        return moved(request, request.get_full_path(force_append_slash=True))
    return nothing_here(request)


def nothing_here(request: ReaderRequest) -> HttpResponse:
    """404, whatever the address."""
    return page_response(request, title=_("No page here"), template="404.html", context={}, status=404)


def moved(request: ReaderRequest, to: str) -> HttpResponse:
    """301 to another path of this site, in the same edition; not for long, for that path may be taken back."""
    return moved_to(lite.also(request, to))


def gone(request: ReaderRequest) -> HttpResponse:
    """410 without a title; not kept by any cache."""
    return page_response(request, title=_("No longer public"), template="410.html", context={}, status=410, no_store=True)


def full_path(request: ReaderRequest) -> str:
    """The address as it is stored: with the prefix of its language."""
    return request.path


class Keys(TypedDict):
    after: str
    before: str


def keys(request: ReaderRequest) -> Keys:
    """Where in a list the page begins; what has not the shape of a key counts as none."""
    return {"after": lists.own_key(request.GET.get("after", "")), "before": lists.own_key(request.GET.get("before", ""))}


def leads_nowhere(page: lists.ListPage[Any], place: Keys) -> bool:
    """Whether the page begins behind the end of its list."""
    return not page.cards and bool(place["after"] or place["before"])


def alternates(build: Any) -> tuple[tuple[str, str], ...]:
    """The same section in every language of the site."""
    return tuple((code, build(code)) for code, _name in settings.LANGUAGES)
