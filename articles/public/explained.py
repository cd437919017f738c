"""The page that explains the API to people. What it explains is handed to it, for a door knows no other (newsroom/urls.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import alternates
from articles.public.request import ReaderRequest


@kept
@require_safe
def api(request: ReaderRequest, describe: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Addresses, filters, fields and limits, with examples to copy."""
    path = addresses.api_page_path(request.language)
    errors = f"{settings.SITE_URL}{addresses.api_page_path(settings.MAIN_LANGUAGE)}#errors"
    context = {"heading": _("For machines"), "base": settings.SITE_URL + addresses.api_path(), "errors": errors}
    return page_response(
        request, title=_("For machines"), template="public/api.html", context={**context, **describe()}, section=path, canonical=path,
        description=_("Everything that we have published, as JSON, CSV and lines of JSON."), alternates=alternates(addresses.api_page_path),
    )  # fmt: skip
