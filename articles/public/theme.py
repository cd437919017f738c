"""The site's colours as a stylesheet at an address that its content names: kept by browsers for good."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.identity.models import Theme
from articles.public.reports import not_found
from articles.public.request import ReaderRequest

FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def theme(request: ReaderRequest, hash_: str) -> HttpResponse:
    """The stylesheet while it is the site's; other colours have another address."""
    css = Theme.objects.filter(hash=hash_).values_list("css", flat=True).first()
    if css is None or request.language != settings.MAIN_LANGUAGE:  # one address for all languages
        return not_found(request)
    response = respond(request, css.encode(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = FOR_GOOD
    return response
