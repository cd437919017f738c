"""For newsrooms and archives: each live report as ninjs, text and Markdown, a page to copy it from, and its press kit."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import CACHEABLE, respond
from articles.editions import addresses
from articles.editions.models import Edition
from articles.editions.pages import Once, page_at
from articles.editions.parts import load
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import full_path, gone, moved, not_found
from articles.public.request import ReaderRequest
from articles.syndication import kit
from articles.syndication.forms import as_html, as_markdown, as_text
from articles.syndication.ninjs import as_ninjs
from articles.syndication.piece import Piece, piece_of

Form = Callable[[ReaderRequest, Piece], Any]


def of_report(form: Form) -> Callable[..., Any]:
    """A view of a live report in another form, at the report's path and `name`: 301, 410 and 404 as the report itself."""

    @functools.wraps(form)
    @require_safe
    def view(request: ReaderRequest, name: str, **_parts: Any) -> Any:
        path = full_path(request).removesuffix(name)
        request.shell, found = page_at(path, request.language)
        if isinstance(found, Once):
            return moved(request, found.to + name) if found.to else gone(request)
        edition = Edition.objects.select_related("dateline_region", "contact").filter(path=path).first() if found else None
        if edition is None:
            return not_found(request)
        return form(request, piece_of(load(edition)))

    return view


def is_the_reports(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, whose answers name the report as the original: search engines are sent there (RFC 6596, RFC 8288)."""

    @functools.wraps(view)
    def ask(request: ReaderRequest, name: str, **parts: Any) -> Any:
        response = view(request, name=name, **parts)
        if response.status_code in (200, 304):
            path = full_path(request).removesuffix(name)
            response.headers["Link"] = f'<{settings.SITE_URL}{path}>; rel="canonical"'
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return ask


@is_the_reports
@kept
@of_report
def text(request: ReaderRequest, piece: Piece) -> HttpResponse:
    """Plain text."""
    return respond(request, as_text(piece).encode(), content_type="text/plain; charset=utf-8")


@is_the_reports
@kept
@of_report
def markdown(request: ReaderRequest, piece: Piece) -> HttpResponse:
    """Markdown (RFC 7763)."""
    return respond(request, as_markdown(piece).encode(), content_type="text/markdown; charset=utf-8; variant=CommonMark")


@is_the_reports
@kept
@of_report
def ninjs(request: ReaderRequest, piece: Piece) -> HttpResponse:
    """The IPTC's news in JSON."""
    return respond(request, json.dumps(as_ninjs(piece), ensure_ascii=False).encode(), content_type="application/json")


@kept
@of_report
def republish(request: ReaderRequest, piece: Piece) -> HttpResponse:
    """The licence, what is asked, and the text to copy: without a script, without anything that would tell who reads it elsewhere."""
    edition = piece.parts.edition
    context = {
        "heading": _("Republish this report"),
        "edition": edition,
        "piece": piece,
        "site": piece.parts.site,
        "terms": piece.parts.site.terms or kit.terms(piece),
        "report_path": edition.path,
        "forms": [
            {"path": addresses.form_path(edition.path, name), "label": label}
            for name, label in (
                (addresses.TEXT, _("Plain text")),
                (addresses.MARKDOWN, "Markdown"),
                (addresses.NINJS, "ninjs (JSON)"),
                (addresses.KIT, _("Press kit (ZIP)")),
            )
        ],
        "html": as_html(piece),
        "text": as_text(piece),
    }
    return page_response(
        request, title=f"{_('Republish this report')}: {edition.headline}", template="public/republish.html", context=context,
        section=addresses.reports_path(request.language), canonical=addresses.form_path(edition.path, addresses.REPUBLISH), indexed=False,
    )  # fmt: skip


@is_the_reports
@of_report
def press_kit(request: ReaderRequest, piece: Piece) -> Any:
    """The press kit, written while it is sent."""
    made = kit.kit_of(piece)
    etag = f'"{made.mark}"'
    headers = {
        "Cache-Control": CACHEABLE,
        "ETag": etag,
        "Content-Disposition": f'attachment; filename="{made.folder}.zip"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if {etag, "*"} & {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}:
        return HttpResponseNotModified(headers=headers)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    try:
        return StreamingHttpResponse(kit.written(made), content_type="application/zip", headers=headers)
    except FileNotFoundError:  # taken back between two reads
        return not_found(request)
