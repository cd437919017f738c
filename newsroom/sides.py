"""Two sides: public addresses get their language from the address and no session, user, cookie or message; the desk gets Django's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

DESK = "/desk/"
PREFIXES = {code for code, _name in settings.LANGUAGES if code != settings.MAIN_LANGUAGE}


def is_desk(request: HttpRequest) -> bool:
    """Whether the address belongs to the desk."""
    return request.path_info.startswith(DESK)


def desk_only(middleware: type) -> type:
    """A middleware that public addresses pass by."""

    class DeskOnly(middleware):  # type: ignore[misc]  # the base is a parameter
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return super().__call__(request) if is_desk(request) else self.get_response(request)

        def process_view(self, request: HttpRequest, *rest: Any) -> HttpResponse | None:
            inner = getattr(super(), "process_view", None)
            return inner(request, *rest) if inner and is_desk(request) else None

    DeskOnly.__name__ = f"Desk{middleware.__name__}"
    return DeskOnly


class Language:
    """The desk speaks the language its user chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        code = (user.is_authenticated and user.language) or settings.MAIN_LANGUAGE if user else settings.MAIN_LANGUAGE
        with translation.override(code):
            return self.get_response(request)


DeskSession = desk_only(SessionMiddleware)
DeskCsrf = desk_only(CsrfViewMiddleware)
DeskAuthentication = desk_only(AuthenticationMiddleware)
DeskLanguage = desk_only(Language)
DeskMessages = desk_only(MessageMiddleware)
DeskCSP = desk_only(CSPMiddleware)


class Sides:
    """Strips the language's prefix from a public address, before anything else looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = settings.MAIN_LANGUAGE
        if is_desk(request):
            request.language = language  # type: ignore[attr-defined]  # for the page that says that there is none
            return self.get_response(request)
        first, slash, rest = request.path_info[1:].partition("/")
        if slash and first in PREFIXES:
            language, request.path_info = first, f"/{rest}"
        request.language = language  # type: ignore[attr-defined]  # every public view reads it
        with translation.override(language):
            return self.get_response(request)
