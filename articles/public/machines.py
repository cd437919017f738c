"""What machines ask for: sitemap, robots, security contact, health."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.models import Edition
from articles.editions.words import PLAIN_KINDS
from articles.errands.queue import silent_for
from articles.public.kept import kept
from articles.public.pages import respond
from articles.public.reports import midnight
from articles.public.request import ReaderRequest

XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS = 50_000  # of one sitemap (sitemaps.org)
CLOCK_SILENT_AFTER = dt.timedelta(minutes=2)


@kept
@require_safe
def sitemap(request: ReaderRequest) -> HttpResponse:
    """An index with one sitemap a month; `?month=2023-10` is one of them, `?month=sections` the sections."""
    month = request.GET.get("month", "")
    if month == "sections":
        return _urlset(request, [(path, None) for path in _sections()])
    if since := _month(month):
        until = (since + dt.timedelta(days=32)).replace(day=1)
        return _urlset(request, _published(midnight(since), midnight(until)))
    parts = "".join(f"<sitemap><loc>{settings.SITE_URL}/sitemap.xml?month={name}</loc></sitemap>" for name in ["sections", *_months()])
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{NAMESPACE}">{parts}</sitemapindex>\n'
    return respond(request, body.encode(), content_type=XML)


@require_safe
def robots(request: ReaderRequest) -> HttpResponse:
    """Everything public may be read; the desk is not mentioned."""
    body = f"User-agent: *\nDisallow: /search/\nDisallow: /press/inquiry/\nSitemap: {settings.SITE_URL}/sitemap.xml\n"
    return respond(request, body.encode(), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: ReaderRequest) -> HttpResponse:
    """security.txt (RFC 9116). Its expiry is a setting: time does not change a public page by itself."""
    contact = settings.SECURITY_CONTACT or f"{settings.SITE_URL}{addresses.inquiry_path(settings.MAIN_LANGUAGE)}"
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    body = (
        f"Contact: {contact}\nExpires: {settings.SECURITY_TXT_EXPIRES}\nPreferred-Languages: {languages}\n"
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt\n"
    )
    return respond(request, body.encode(), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: ReaderRequest) -> HttpResponse:
    """The process answers."""
    return respond(request, b"ok\n", content_type="text/plain; charset=utf-8", no_store=True)


@require_safe
def readyz(request: ReaderRequest) -> HttpResponse:
    """The database answers and the clock runs; 503 with the reason otherwise."""
    try:
        silence = silent_for("clock")
    except DatabaseError:
        return respond(request, b"the database does not answer\n", content_type="text/plain; charset=utf-8", status=503, no_store=True)
    if silence is None or silence > CLOCK_SILENT_AFTER:
        return respond(request, b"the clock is silent\n", content_type="text/plain; charset=utf-8", status=503, no_store=True)
    return respond(request, b"ready\n", content_type="text/plain; charset=utf-8", no_store=True)


def _urlset(request: ReaderRequest, rows: list[tuple[str, dt.datetime | None]]) -> HttpResponse:
    urls = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc>" + (f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else "") + "</url>"
        for path, at in rows
    )
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{NAMESPACE}">{urls}</urlset>\n'
    return respond(request, body.encode(), content_type=XML)


def _sections() -> list[str]:
    builds = (
        addresses.home_path, addresses.reports_path, addresses.regions_path, addresses.tags_path, addresses.press_path, addresses.corrections_path,
    )  # fmt: skip
    return [build(code) for code, _name in settings.LANGUAGES for build in builds]


def _published(since: dt.datetime, until: dt.datetime) -> list[tuple[str, dt.datetime | None]]:
    """(path, last change) of what was first published in the span: language by language, by the index of its lists."""
    rows: list[tuple[str, dt.datetime | None]] = []
    for selected in _selections():
        found = selected.filter(published_at__gte=since, published_at__lt=until).order_by("published_at", "uuid")
        rows += found.values_list("path", "updated_at")[:MOST_URLS]
    return rows[:MOST_URLS]


def _months() -> list[str]:
    """The months from the first edition to the last, newest first: the two ends of each index, no walk."""
    ends = []
    for selected in _selections():
        ordered = selected.order_by("published_at", "uuid").values_list("published_at", flat=True)
        ends += [*ordered[:1], *ordered.reverse()[:1]]
    if not ends:
        return []
    zone = timezone.get_default_timezone()
    first, last = timezone.localtime(min(ends), zone).date(), timezone.localtime(max(ends), zone).date()
    months = range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1)
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in months]


def _selections() -> list[QuerySet[Edition]]:
    """Listed reports language by language, then pages and profiles."""
    listed = [Edition.objects.filter(language=code, listed=True) for code, _name in settings.LANGUAGES]
    return [*listed, Edition.objects.filter(language__in=dict(settings.LANGUAGES), kind__in=PLAIN_KINDS)]


def _month(text: str) -> dt.date | None:
    try:
        return (
            dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
            if len(text) == 7 and not text.startswith(("0", "9999"))
            else None
        )
    except ValueError:
        return None
