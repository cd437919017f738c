"""The pages of requests that the desk cannot take."""

from __future__ import annotations

import re

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

DRAINED = 64_000_000
"""So much of what a browser still sends is read and forgotten: it shows an answer only once it has sent everything."""


UNSHOWN = re.compile(r"(?i)token|passw|^code$|secret|_FORMS$|version$|^next$|-id$|-ORDER$|-DELETE$")
"""Fields that are no text of anybody: what a page after a failure does not show back."""


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's token does not fit the login any more (another tab logged out, the browser lost its cookie): what was typed is shown."""
    typed = [(name, text) for name, texts in request.POST.lists() if not UNSHOWN.search(name) for text in texts if len(text) > 1]
    return render(request, "admin/without_token.html", {"typed": typed}, status=403)


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
