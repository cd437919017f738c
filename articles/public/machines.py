"""What machines ask for: sitemap, robots, security contact, health."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Subquery
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from articles.answers.sending import HTML, respond
from articles.editions import addresses, spans
from articles.editions.models import Edition
from articles.editions.used import used_in
from articles.editions.words import PLAIN_KINDS
from articles.errands.queue import silent_for
from articles.public.kept import kept
from articles.public.request import ReaderRequest
from articles.stamp.models import Stamp

TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MONTH = re.compile(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")
MOST_URLS = 50_000  # of one sitemap (sitemaps.org)
CLOCK_SILENT_AFTER = dt.timedelta(minutes=2)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@kept
@require_safe
def sitemap(request: ReaderRequest) -> HttpResponse:
    """An index with one sitemap a month; `?month=2023-10` is one of them, `?month=sections` all that is not a report."""
    month = request.GET.get("month", "")
    if month == "sections":
        return _urlset(request, _sections())
    if since := _month(month):
        return _urlset(request, _published(spans.month_span(since)))
    names = ["sections", *(f"{first:%Y-%m}" for first in _months())]
    parts = "".join(f"<sitemap><loc>{settings.SITE_URL}/sitemap.xml?month={name}</loc></sitemap>" for name in names)
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{NAMESPACE}">{parts}</sitemapindex>\n'
    return respond(request, body.encode(), content_type=XML)


@require_safe
def robots(request: ReaderRequest) -> HttpResponse:
    """Everything public may be read but what has no end and what takes a form; the desk is not mentioned."""
    closed = [build(code) for code in LANGUAGES for build in (addresses.search_path, addresses.inquiry_path)]
    body = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed) + f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    return respond(request, body.encode(), content_type=TEXT)


@require_safe
def security(request: ReaderRequest) -> HttpResponse:
    """security.txt (RFC 9116). Its expiry is a setting: time does not change a public page by itself."""
    contact = settings.SECURITY_CONTACT or f"{settings.SITE_URL}{addresses.inquiry_path(settings.MAIN_LANGUAGE)}"
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"  # section 2.5.3 asks for a URI
    body = (
        f"Contact: {contact}\nExpires: {settings.SECURITY_TXT_EXPIRES}\nPreferred-Languages: {', '.join(LANGUAGES)}\n"
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt\n"
    )
    return respond(request, body.encode(), content_type=TEXT)


@require_safe
def healthz(request: ReaderRequest) -> HttpResponse:
    """The process answers."""
    return respond(request, b"ok\n", content_type=TEXT, no_store=True)


@require_safe
def readyz(request: ReaderRequest) -> HttpResponse:
    """The database answers and is up to date, and the clock runs; 503 with the reason otherwise."""
    reason = _not_ready()
    body = f"{reason or 'ready'}\n".encode()
    return respond(request, body, content_type=TEXT, status=503 if reason else 200, no_store=True)


def broken(request: ReaderRequest) -> HttpResponse:
    """500: asks nothing of the database."""
    return respond(request, render_to_string("500.html").encode(), content_type=HTML, status=500, no_store=True)


def _not_ready() -> str:
    try:
        if _written_migrations() - MigrationRecorder(connection).applied_migrations().keys():
            return "the database lacks migrations"
        silence = silent_for("clock")
    except Error:
        return "the database does not answer"
    return "the clock is silent" if silence is None or silence > CLOCK_SILENT_AFTER else ""


@cache
def _written_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that the code has; read once, for they change only with it."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _urlset(request: ReaderRequest, rows: Iterable[tuple[str, dt.datetime | None]]) -> HttpResponse:
    urls = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc>" + (f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else "") + "</url>"
        for path, at in islice(rows, MOST_URLS)
    )
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{NAMESPACE}">{urls}</urlset>\n'
    return respond(request, body.encode(), content_type=XML)


def _sections() -> Iterator[tuple[str, dt.datetime | None]]:
    """The sections, pages, profiles, and what has a list of its own, language by language."""
    builds = (
        addresses.home_path, addresses.reports_path, addresses.regions_path, addresses.tags_path, addresses.press_path, addresses.corrections_path,
    )  # fmt: skip
    subjects = {"region": addresses.region_path, "tag": addresses.tag_path, "author": addresses.author_path}
    for code in LANGUAGES:
        yield from ((build(code), None) for build in builds)
        yield from sorted(Edition.objects.filter(language=code, kind__in=PLAIN_KINDS).order_by().values_list("path", "updated_at"))
        yield from sorted((subjects[each.what](code, each.slug), None) for each in used_in(code) if each.what in subjects)


def _published(span: spans.Span) -> Iterator[tuple[str, dt.datetime]]:
    """(path, last change) of what was first published in the span: language by language, by the index of its lists."""
    since, until = span
    for code in LANGUAGES:
        found = Edition.objects.filter(language=code, listed=True, published_at__gte=since, published_at__lt=until)
        yield from found.order_by("published_at", "uuid").values_list("path", "updated_at")[:MOST_URLS]


def _months() -> list[dt.date]:
    """The months with reports, newest first."""
    listed = {code: Edition.objects.filter(language=code, listed=True).values("published_at") for code in LANGUAGES}
    ends = {f"first_{number}": Subquery(listed[code].order_by("published_at", "uuid")[:1]) for number, code in enumerate(LANGUAGES)}
    ends |= {f"last_{number}": Subquery(listed[code].order_by("-published_at", "-uuid")[:1]) for number, code in enumerate(LANGUAGES)}
    found = [at for at in Stamp.objects.annotate(**ends).values_list(*ends).first() or () if at]
    if not found:
        return []
    months = {month for code in LANGUAGES for month in spans.months_between(min(found), max(found), code)}
    return sorted(months, reverse=True)


def _month(text: str) -> dt.date | None:
    if not MONTH.match(text) or not spans.FIRST_YEAR <= int(text[:4]) <= spans.LAST_YEAR:
        return None
    return dt.date(int(text[:4]), int(text[5:]), 1)
