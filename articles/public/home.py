"""The front page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.blocks import shape_of
from articles.editions.front_page import front_context
from articles.public.kept import kept
from articles.public.pages import page_response, shell_of
from articles.public.reports import alternates
from articles.public.request import ReaderRequest


@kept
@require_safe
def home(request: ReaderRequest) -> HttpResponse:
    """What editors put on the front page of the language; without a word from them the newest reports. Four statements in all."""
    language = request.language
    shape = shape_of(language)
    path = addresses.home_path(language)
    return page_response(
        request, title=shell_of(request).site_name, template="public/home.html",
        context=front_context(language, shape.shapes, shape.chosen), section=path, canonical=path,
        alternates=alternates(addresses.home_path), description=shape.tagline,
    )  # fmt: skip
