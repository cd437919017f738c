"""Feeds of the newest reports, of all or of a region, tag, author or kind: `feed.*` with full texts, `summary.*` without."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.editions import addresses, words
from articles.editions.feed_lists import Subject, newest
from articles.public.feed_frames import FRAMES, TYPES, Feed
from articles.public.kept import View, kept
from articles.public.pages import shell_of
from articles.public.reports import not_found
from articles.public.request import ReaderRequest

KINDS = {addresses.kind_slug(kind): kind for kind in words.KINDS if kind not in words.PLAIN_KINDS}


def announced(view: View) -> View:
    """The view, whose answers name the hub in a header too: subscribers look there first (WebSub, section 4)."""

    @functools.wraps(view)
    def ask(request: ReaderRequest, *args: Any, **parts: Any) -> HttpResponse:
        response = view(request, *args, **parts)
        if settings.WEBSUB_HUB:
            response.headers["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{settings.SITE_URL}{request.path}>; rel="self"'
        return response

    return ask


@announced
@kept
@require_safe
def site(request: ReaderRequest, extent: str, form: str) -> HttpResponse:
    """All reports of the language. It is there before the first report is."""
    home = addresses.home_path(request.language)
    return _answer(request, Subject(request.language), extent, form, page=home, folder=home)


@kept
@require_safe
def region(request: ReaderRequest, slug: str, extent: str, form: str) -> HttpResponse:
    """The reports of all that lies in a region."""
    path = addresses.region_path(request.language, slug)
    return _answer(request, Subject(request.language, "region", slug), extent, form, page=path, folder=path)


@kept
@require_safe
def tag(request: ReaderRequest, slug: str, extent: str, form: str) -> HttpResponse:
    """The reports under a tag."""
    path = addresses.tag_path(request.language, slug)
    return _answer(request, Subject(request.language, "tag", slug), extent, form, page=path, folder=path)


@kept
@require_safe
def author(request: ReaderRequest, slug: str, extent: str, form: str) -> HttpResponse:
    """What a byline has published."""
    path = addresses.author_path(request.language, slug)
    return _answer(request, Subject(request.language, "byline", slug), extent, form, page=path, folder=path)


@kept
@require_safe
def kind(request: ReaderRequest, slug: str, extent: str, form: str) -> HttpResponse:
    """The reports of a kind: `urgent-action`, `interview`, …"""
    if slug not in KINDS:
        return not_found(request)
    page = f"{addresses.reports_path(request.language)}?{urlencode({'kind': KINDS[slug]})}"
    folder = addresses.kind_path(request.language, KINDS[slug])
    return _answer(request, Subject(request.language, "kind", KINDS[slug]), extent, form, page=page, folder=folder)


def _answer(request: ReaderRequest, subject: Subject, extent: str, form: str, *, page: str, folder: str) -> HttpResponse:
    """The feed in its folder, the feed of that page. A subject without reports has none."""
    listing = newest(subject, form, full=extent == "feed", with_gone=form == "atom")
    if subject.sort and not listing.items:
        return not_found(request)
    shell = shell_of(request)
    name = str(words.KINDS[subject.key]) if subject.sort == "kind" else listing.name
    title = f"{name} – {shell.site_name}" if name else shell.site_name
    feed = Feed(
        title=_("%(title)s (summaries)") % {"title": title} if extent == "summary" else title,
        description=shell.tagline,
        site_name=shell.site_name,
        language=subject.language,
        page=page,
        own=addresses.feed_path(folder, form, extent=extent),
        is_main=not subject.sort and extent == "feed",
        hub="" if subject.sort else settings.WEBSUB_HUB,
    )
    return respond(request, FRAMES[form](feed, listing.items, listing.gone), content_type=f"{TYPES[form]}; charset=utf-8")
