"""Search for readers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.public.pages import page_response
from articles.public.request import ReaderRequest
from articles.search.query import search as find


@require_safe
def search(request: ReaderRequest) -> HttpResponse:
    """Words in headlines, standfirsts and texts; best first."""
    language, path = request.language, addresses.search_path(request.language)
    spaced = (" " if char.isspace() else char for char in request.GET.get("q", "")[:400])
    q = " ".join("".join(char for char in spaced if char.isprintable()).split())
    found = find(q, language=language, after=request.GET.get("after", "")) if q else None
    context = {
        "heading": _("Search"),
        "q": q,
        "cards_html": "".join(hit.card_html for hit in found.hits) if found else "",
        "more": {"path": f"{path}?{urlencode({'q': q, 'after': found.after})}"} if found and found.after else None,
    }
    return page_response(
        request, title=_("Search"), template="public/search.html", context=context, section=path, canonical=path, indexed=not q
    )
