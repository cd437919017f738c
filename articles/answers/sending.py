"""Answers of the public doors: the same bytes for every reader, compressed and tagged, with the headers that protect one."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import escape_uri_path

HTML = "text/html; charset=utf-8"
CACHEABLE = "public, max-age=0, s-maxage=60, must-revalidate"
NO_STORE = "no-store"
PROTECTION = {
    "Content-Security-Policy": (  # connect-src: no script runs, but checkers of pages fetch robots.txt in the page's name
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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
LEAST_TO_COMPRESS = 500
MOST_KEPT = 8_000_000  # bytes of ready compressed answers a process keeps


class Plain(NamedTuple):
    """An answer before it is compressed and tagged."""

    body: bytes
    content_type: str


_kept: OrderedDict[str, bytes] = OrderedDict()
_kept_bytes = 0
_lock = Lock()


def respond(request: HttpRequest, body: bytes, *, content_type: str = HTML, status: int = 200, no_store: bool = False) -> HttpResponse:
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
    if len(body) >= LEAST_TO_COMPRESS and accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        body = _compressed(tag, body)
        headers["Content-Encoding"] = "gzip"
        tag += "-gz"
    headers["ETag"] = etag = f'"{tag}"'
    if status == 200 and {etag, "*"} & known_tags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        headers.pop("Content-Encoding", None)
        response = HttpResponse(status=304, headers=headers)
    else:
        response = _answer(request, body, content_type, status, headers)
    response.plain = plain  # type: ignore[attr-defined]  # what public.kept keeps
    return response


def moved_to(to: str) -> HttpResponse:
    """301 to another path of this site; not for long, for that path may be taken back."""
    return HttpResponsePermanentRedirect(to, headers={"Cache-Control": "public, max-age=60"})


def _answer(request: HttpRequest, body: bytes, content_type: str, status: int, headers: dict[str, str]) -> HttpResponse:
    headers["Content-Length"] = str(len(body))
    return HttpResponse(b"" if request.method == "HEAD" else body, content_type=content_type, status=status, headers=headers)


def accepts_gzip(accepted: str) -> bool:
    """Whether the header allows gzip (RFC 9110, 12.5.3); `q=0` forbids it."""
    for part in accepted.lower().split(","):
        coding, _semicolon, quality = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def known_tags(header: str) -> set[str]:
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
