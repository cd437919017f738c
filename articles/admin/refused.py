"""The pages of requests that the desk cannot take."""

from __future__ import annotations

import re

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

from articles.admin.site import desk

DRAINED = 64_000_000
"""So much of what a browser still sends is read and forgotten: it shows an answer only once it has sent everything."""


UNSHOWN = re.compile(r"(?i)token|passw|^code$|secret|_FORMS$|version$|^next$|-id$|-ORDER$|-DELETE$")
"""Fields that are no text of anybody: what a page after a failure does not show back."""


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's token does not fit the login any more (another tab logged out, the browser lost its cookie): what was typed is shown."""
    return render(request, "admin/without_token.html", {"typed": _typed(request)}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with a sentence for what a person's role at the desk does not allow; what was typed is shown."""
    if not request.path.startswith(reverse("admin:index")):
        return defaults.permission_denied(request, exception)
    return render(request, "admin/forbidden.html", {**desk.each_context(request), "typed": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The texts of the form that was sent, but for what is nobody's text."""
    return [(name, text) for name, texts in request.POST.lists() if not UNSHOWN.search(name) for text in texts if len(text) > 1]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 with a sentence when more was sent to the desk than it takes; Django's own page for all else."""
    if not (isinstance(exception, RequestDataTooBig) and request.path.startswith(reverse("admin:index"))):
        return defaults.bad_request(request, exception)
    left = DRAINED
    while left > 0 and (chunk := request.read(65_536)):
        left -= len(chunk)
    response = render(request, "admin/too_large.html", status=413)
    response.headers["Connection"] = "close"
    return response
