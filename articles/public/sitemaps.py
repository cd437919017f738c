"""Sitemaps (sitemaps.org), with other languages, pictures and Google's news: an index, its parts by number, the sections by language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses, news, sitemap
from articles.editions.feed_items import NOT_XML
from articles.editions.used import Used, used_in
from articles.identity.models import Shell
from articles.public.kept import kept
from articles.public.reports import not_found
from articles.public.request import ReaderRequest

XML = "application/xml; charset=utf-8"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
MOST_URLS = 50_000  # of one sitemap (sitemaps.org)
SECTIONS = (
    addresses.home_path, addresses.reports_path, addresses.regions_path, addresses.tags_path, addresses.press_path, addresses.corrections_path,
    addresses.api_page_path,
)  # fmt: skip
SUBJECTS = {"region": addresses.region_path, "tag": addresses.tag_path, "author": addresses.author_path}
NEWS_LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}
"""Google's names where they are not the language's first code."""

Languages = Iterable[tuple[str, str]]


@kept
@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """Where the sitemaps are; those of reports and pages with their last change."""
    rows: list[tuple[str, dt.datetime | None]] = [(addresses.sitemap_path(f"sections-{code}"), None) for code in _codes()]
    rows += [(addresses.sitemap_path(str(number)), at) for number, at in sitemap.parts()]
    body = "".join(f"<sitemap>{_loc(path)}{_lastmod(at)}</sitemap>" for path, at in rows)
    return _answer(request, f"<sitemapindex {SITEMAP}>{body}</sitemapindex>")


@require_safe
def part(request: ReaderRequest, number: str) -> HttpResponse:
    """Some thousand reports and pages. Not kept in the process: machines fetch each once, and lists would make room for them."""
    body = "".join(
        f"<url>{_loc(each.path)}{_lastmod(each.updated_at)}{_alternates(each.languages)}{''.join(map(_image, each.pictures))}</url>"
        for each in sitemap.part(int(number))
    )
    return _answer(request, f"<urlset {SITEMAP} {XHTML} {IMAGE}>{body}</urlset>") if body else not_found(request)


@kept
@require_safe
def sections(request: ReaderRequest, code: str) -> HttpResponse:
    """The sections of a language, and what has a list of its own there."""
    if code not in _codes():
        return not_found(request)
    body = "".join(f"<url>{_loc(path)}{_alternates(languages)}</url>" for path, languages in islice(_sections(code), MOST_URLS))
    return _answer(request, f"<urlset {SITEMAP} {XHTML}>{body}</urlset>")


@kept
@require_safe
def newest(request: ReaderRequest) -> HttpResponse:
    """Google's news sitemap: two days, a thousand reports at most."""
    names = dict(Shell.objects.values_list("language", "site_name"))
    body = "".join(_news(each, names.get(each.language, "")) for each in news.news())
    return _answer(request, f"<urlset {SITEMAP} {NEWS}>{body}</urlset>")


def _answer(request: ReaderRequest, root: str) -> HttpResponse:
    return respond(request, f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode(), content_type=XML)


def _sections(code: str) -> Iterator[tuple[str, Languages]]:
    for build in SECTIONS:
        yield build(code), [(each, build(each)) for each in _codes()]
    used: dict[tuple[str, str], list[str]] = {}
    own: list[Used] = []
    for each in _codes():
        found = used_in(each)
        own = found if each == code else own
        for subject in found:
            used.setdefault((subject.what, subject.slug), []).append(each)
    for subject in sorted((each for each in own if each.what in SUBJECTS), key=lambda each: (each.what, each.slug)):
        path = SUBJECTS[subject.what]
        yield path(code, subject.slug), [(each, path(each, subject.slug)) for each in used[subject.what, subject.slug]]


def _news(item: news.NewsItem, name: str) -> str:
    language = NEWS_LANGUAGES.get(item.language, item.language.partition("-")[0])
    return (
        f"<url>{_loc(item.path)}<news:news><news:publication><news:name>{_text(name)}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{_moment(item.published_at)}</news:publication_date>"
        f"<news:title>{_text(item.headline)}</news:title></news:news></url>"
    )


def _alternates(languages: Languages) -> str:
    """The same in every language, the page's own too; the main one is for whoever reads none of them."""
    found = list(languages)
    if len(found) < 2:
        return ""
    main = dict(found).get(settings.MAIN_LANGUAGE)
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(settings.SITE_URL + path)}/>'
        for code, path in (*found, *([("x-default", main)] if main else []))
    )


def _loc(path: str) -> str:
    return f"<loc>{escape(settings.SITE_URL + path)}</loc>"


def _lastmod(at: dt.datetime | None) -> str:
    return f"<lastmod>{_moment(at)}</lastmod>" if at else ""


def _image(path: str) -> str:
    return f"<image:image><image:loc>{escape(settings.SITE_URL + path)}</image:loc></image:image>"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(text: str) -> str:
    return escape(NOT_XML.sub("", text))


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
