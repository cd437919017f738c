"""What machines ask for by a name of its own: robots, security contact, who we are, health."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from articles.answers.sending import HTML, respond
from articles.editions import addresses
from articles.errands.queue import silent_for
from articles.identity.shell import shell_for
from articles.public.kept import kept
from articles.public.request import ReaderRequest

BROKEN = "Something broke here, and it is our fault. Please try again in a few minutes."
TEXT = "text/plain; charset=utf-8"
CLOCK_SILENT_AFTER = dt.timedelta(minutes=2)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@require_safe
def robots(request: ReaderRequest) -> HttpResponse:
    """Everything public may be read but what has no end and what takes a form; the desk is not mentioned."""
    closed = [build(code) for code in LANGUAGES for build in (addresses.search_path, addresses.inquiry_path)]
    body = (
        "User-agent: *\n"
        + "".join(f"Disallow: {path}\n" for path in closed)
        + "".join(f"Sitemap: {settings.SITE_URL}/{name}\n" for name in ("sitemap.xml", "news-sitemap.xml"))
    )
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


@kept
@require_safe
def humans(request: ReaderRequest) -> HttpResponse:
    """humans.txt: who stands behind the site, and where to find them. It names nobody."""
    shell, main = shell_for(settings.MAIN_LANGUAGE), settings.MAIN_LANGUAGE
    about = shell.site_name + (f" – {shell.tagline}" if shell.tagline else "")
    body = (
        f"/* TEAM */\n{about}\nContact: {settings.SITE_URL}{addresses.press_path(main)}\nCorrections: {settings.SITE_URL}{addresses.corrections_path(main)}\n\n"
        f"/* SITE */\nLanguages: {', '.join(LANGUAGES)}\nFeeds: {settings.SITE_URL}{addresses.feed_path(addresses.home_path(main), 'rss')}\n"
        "No cookie, no script, no other site.\nSoftware: Newsroom\n"
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
    """500: asks nothing of the database. Programs are answered as they are elsewhere below the API's address (RFC 9457)."""
    if request.path.startswith(addresses.api_path()):
        said = {"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": BROKEN}
        return respond(request, json.dumps(said).encode(), content_type="application/problem+json", status=500, no_store=True)
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
