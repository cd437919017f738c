"""Answers of the public side: joined as strings, the same bytes for every reader, with the headers that protect one."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

from articles.editions import addresses, line
from articles.editions.page import assemble
from articles.identity.shell import ShellPieces, shell_for
from articles.public.request import ReaderRequest
from articles.text.languages import direction

HTML = "text/html; charset=utf-8"
CACHEABLE = "public, max-age=0, s-maxage=60, must-revalidate"
NO_STORE = "no-store"
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noarchive",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), "
        "usb=(), web-share=(), xr-spatial-tracking=(), browsing-topics=(), interest-cohort=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECTIONS = ("home", "reports", "regions", "tags", "search", "corrections", "press", "inquiry")
LEAST_TO_COMPRESS = 500
MOST_KEPT = 8_000_000  # bytes of ready compressed answers a process keeps


class Plain(NamedTuple):
    """An answer before it is compressed and tagged."""

    body: bytes
    content_type: str


class Drawn(NamedTuple):
    """What a page adds to the shell."""

    head_html: str
    main_html: str


_kept: OrderedDict[str, bytes] = OrderedDict()
_kept_bytes = 0
_lock = Lock()


def page_response(
    request: ReaderRequest,
    *,
    title: str,
    template: str,
    context: dict[str, Any],
    head_html: str = "",
    status: int = 200,
    no_store: bool = False,
    section: str = "",
    canonical: str = "",
    alternates: tuple[tuple[str, str], ...] = (),
    description: str = "",
    indexed: bool = True,
    has_form: bool = False,
) -> HttpResponse:
    """A page drawn now: `template` gives the whole <main>, the language's shell the rest.

    `section` is the path of the menu item the page belongs to, `canonical` its path without idle parameters, `alternates` its
    (language, path) in all languages. `has_form` is for a page whose form posts: its browser must send an Origin.
    """
    drawn = draw(
        request, title=title, template=template, context=context, canonical=canonical, alternates=alternates, description=description,
        indexed=indexed and status == 200,
    )  # fmt: skip
    body = assemble(shell_of(request), drawn.head_html + head_html, drawn.main_html, section=section)
    response = respond(request, body, status=status, no_store=no_store)
    if has_form:
        response.headers["Referrer-Policy"] = "same-origin"
        response.plain = None  # type: ignore[attr-defined]  # its headers are its own
    return response


def draw(
    request: ReaderRequest,
    *,
    title: str,
    template: str,
    context: dict[str, Any],
    canonical: str = "",
    alternates: tuple[tuple[str, str], ...] = (),
    description: str = "",
    indexed: bool = True,
) -> Drawn:
    """Head and <main> of a page, for `page_response`'s words."""
    site_name = shell_of(request).site_name
    head = {
        "title": title,
        "site_name": site_name,
        "site_address": settings.SITE_URL,
        "description": description,
        "canonical": canonical,
        "alternates": alternates,
        "indexed": indexed,
    }
    main_html = render_to_string(template, {**surroundings(request.language), "site_name": site_name, **context})
    return Drawn(render_to_string("public/_head_list.html", head), main_html)


def shell_of(request: ReaderRequest) -> ShellPieces:
    """The shell of the request's language, and the stamp with it: read once a request."""
    shell: ShellPieces | None = getattr(request, "shell", None)
    if shell is None:
        shell = shell_for(request.language)
        request.shell = shell
    return shell


@lru_cache(maxsize=32)
def surroundings(language: str) -> dict[str, Any]:
    """What every template of the public side may use: language, direction, the axis of the line, and the paths of the sections."""
    with override(language):
        axis = line.axis(language)
    sections = {name: getattr(addresses, f"{name}_path")(language) for name in SECTIONS}
    return {"lang": language, "dir": direction(language), "axis": axis, "paths": sections}


def report_response(request: ReaderRequest, *, head_html: str, main_html: str, section: str = "") -> HttpResponse:
    """One report's page, from what was drawn at publication."""
    shell = shell_of(request)
    return respond(request, assemble(shell, head_html, main_html, section=section))


def respond(request: ReaderRequest, body: bytes, *, content_type: str = HTML, status: int = 200, no_store: bool = False) -> HttpResponse:
    """The bytes with the headers of the public side; compressed, or 304, when the browser asks for it."""
    headers = dict(PROTECTION)
    headers["Cache-Control"] = NO_STORE if no_store else CACHEABLE
    if settings.ONION_URL and request.is_secure() and request.META.get("HTTP_HOST", "") != urlsplit(settings.ONION_URL).netloc:
        headers["Onion-Location"] = settings.ONION_URL + escape_uri_path(request.path)
    if no_store:
        return _answer(request, body, content_type, status, headers)
    headers["Vary"] = "Accept-Encoding"
    plain = Plain(body, content_type) if status == 200 else None
    tag = hashlib.sha256(body).hexdigest()[:32]
    if len(body) >= LEAST_TO_COMPRESS and _accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        body = _compressed(tag, body)
        headers["Content-Encoding"] = "gzip"
        tag += "-gz"
    headers["ETag"] = etag = f'"{tag}"'
    if status == 200 and {etag, "*"} & _tags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        headers.pop("Content-Encoding", None)
        response = HttpResponse(status=304, headers=headers)
    else:
        response = _answer(request, body, content_type, status, headers)
    response.plain = plain  # type: ignore[attr-defined]  # what public.kept keeps
    return response


def _answer(request: ReaderRequest, body: bytes, content_type: str, status: int, headers: dict[str, str]) -> HttpResponse:
    headers["Content-Length"] = str(len(body))
    return HttpResponse(b"" if request.method == "HEAD" else body, content_type=content_type, status=status, headers=headers)


def _accepts_gzip(accepted: str) -> bool:
    """Whether the header allows gzip (RFC 9110, 12.5.3); `q=0` forbids it."""
    for part in accepted.lower().split(","):
        coding, _semicolon, quality = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _tags(header: str) -> set[str]:
    """The entity tags of If-None-Match, compared weakly as RFC 9110, 13.1.2 asks."""
    return {part.strip().removeprefix("W/") for part in header.split(",")} if header else set()


def _compressed(tag: str, body: bytes) -> bytes:
    """The body in gzip, the same bytes each time: no time, no name. Kept by content, so it can never be stale."""
    global _kept_bytes
    if not settings.KEEP_PAGES:
        return gzip.compress(body, 6, mtime=0)
    if (ready := _kept.get(tag)) is not None:
        return ready
    made = gzip.compress(body, 6, mtime=0)
    with _lock:
        if tag not in _kept:
            _kept[tag] = made
            _kept_bytes += len(made)
        while _kept_bytes > MOST_KEPT:
            _kept_bytes -= len(_kept.popitem(last=False)[1])
    return made
