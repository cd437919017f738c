"""Pages of the public side: joined as strings from what was drawn and the language's shell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from articles.answers.sending import respond
from articles.editions import linked_data
from articles.editions.page import assemble, surroundings
from articles.identity.shell import ShellPieces, shell_for
from articles.public import lite
from articles.public.request import ReaderRequest
from articles.text.data_blocks import block
from articles.text.languages import open_graph_locale

Trail = Sequence[tuple[str, str]]


class Drawn(NamedTuple):
    """What a page adds to the shell."""

    head_html: str
    main_html: str


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
    query: str = "",
    feeds_of: str = "",
    trail: Trail = (),
) -> HttpResponse:
    """A page drawn now: `template` gives the whole <main>, the language's shell the rest.

    `section` is the path of the menu item the page belongs to, `canonical` its path without idle parameters, `alternates` its
    (language, path) in all languages. `feeds_of` is the folder of its feeds, `trail` the names and paths down to it.
    `has_form` is for a page whose form posts: its browser must send an Origin. `query` is what the address asks for and the page answers, encoded.
    """
    drawn = draw(
        request, title=title, template=template, context=context, canonical=canonical, alternates=alternates, description=description,
        indexed=indexed and status == 200, feeds_of=feeds_of, trail=trail,
    )  # fmt: skip
    body = assemble(shell_of(request), drawn.head_html + head_html, drawn.main_html, section=section, query=query)
    response = send(request, body, status=status, no_store=no_store)
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
    feeds_of: str = "",
    trail: Trail = (),
) -> Drawn:
    """Head and <main> of a page, for `page_response`'s words."""
    shell = shell_of(request)
    site_name = shell.site_name
    if indexed and not description:
        description = " – ".join(dict.fromkeys((title, shell.tagline or site_name)))  # nothing was written of it: what it is, and whose
    head = {
        "title": title,
        "site_name": site_name,
        "site_address": settings.SITE_URL,
        "description": description,
        "canonical": canonical,
        "alternates": alternates,
        "indexed": indexed,
        "x_default": dict(alternates).get(settings.MAIN_LANGUAGE, "") if len(alternates) > 1 else "",
        "locale": open_graph_locale(request.language),
        "feeds_of": feeds_of,
        "trail_html": block([linked_data.breadcrumbs(trail)]) if trail else "",
    }
    main_html = render_to_string(template, {**surroundings(request.language), "site_name": site_name, "feeds_of": feeds_of, **context})
    return Drawn(render_to_string("public/_head_list.html", head), main_html)


def shell_of(request: ReaderRequest) -> ShellPieces:
    """The shell of the request's language, and the stamp with it: read once a request."""
    shell: ShellPieces | None = getattr(request, "shell", None)
    if shell is None:
        shell = shell_for(request.language)
        request.shell = shell
    return shell


def report_response(request: ReaderRequest, *, head_html: str, main_html: str, section: str = "") -> HttpResponse:
    """One report's page, from what was drawn at publication."""
    return send(request, assemble(shell_of(request), head_html, main_html, section=section))


def send(request: ReaderRequest, page: bytes, *, status: int = 200, no_store: bool = False) -> HttpResponse:
    """A whole page, or its text alone when the address asks for that: every page of the public side leaves by here."""
    if lite.is_asked_for(request):
        page = lite.text_only(page.decode()).encode() if no_store else lite.kept_text_only(page, shell_of(request).stamp)
    return respond(request, page, status=status, no_store=no_store)
