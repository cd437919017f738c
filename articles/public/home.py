"""The front page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.editions import addresses, lists
from articles.editions.front import front
from articles.editions.groups import by_day, day_of
from articles.editions.selections import Selection
from articles.identity.models import SiteText
from articles.public.kept import kept
from articles.public.pages import page_response, shell_of
from articles.public.reports import alternates
from articles.public.request import ReaderRequest

LATEST = 13


@kept
@require_safe
def home(request: ReaderRequest) -> HttpResponse:
    """The newest reports, the line they come from, and the way to everything else."""
    language = request.language
    page = lists.page_of(Selection(language), limit=LATEST)
    first, rest = (page.cards[0], page.cards[1:]) if page.cards else (None, ())
    newest = front(language)
    tagline = SiteText.objects.filter(language=language).values_list("tagline", flat=True).first() or ""
    path = addresses.home_path(language)
    context = {
        "dial": newest.dial,
        "latest": {"on": day_of(first), "card_html": first.html} if first else None,
        "list_html": by_day(rest, language),
        "regions": newest.regions,
    }
    return page_response(
        request, title=shell_of(request).site_name, template="public/home.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.home_path), description=tagline,
    )  # fmt: skip
