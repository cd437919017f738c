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
from django.utils import timezone, translation

from articles.admin.door import Door
from articles.answers.sending import PROTECTION
from articles.text.zones import zone_named

DESK = "/desk/"
PREVIEW = "/desk/preview/"
"""What people without an account are shown: no session, user, cookie or message there either."""
PREFIXES = {code for code, _name in settings.LANGUAGES if code != settings.MAIN_LANGUAGE}
WITHOUT_LANGUAGE = {
    "desk", "static", "media", "sitemap.xml", "sitemaps", "news-sitemap.xml", "robots.txt", "humans.txt", "oembed", ".well-known", "healthz", "readyz",
}  # fmt: skip
"""First segments of what has one address for all languages: behind a prefix there is nothing."""
API = "api/v1/"
"""As above; the page that explains it has its languages."""
DESK_PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, noarchive",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ON_PREVIEWS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
"""On every answer there, whatever page it is: a token stands in the address."""


def is_desk(request: HttpRequest) -> bool:
    """Whether the address belongs to the desk."""
    return request.path_info.startswith(DESK)


def has_session(request: HttpRequest) -> bool:
    """Whether who asks there is looked for."""
    return is_desk(request) and not request.path_info.startswith(PREVIEW)


def desk_only(middleware: type) -> type:
    """A middleware that public addresses and previews pass by."""

    class DeskOnly(middleware):  # type: ignore[misc]  # the base is a parameter
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return super().__call__(request) if has_session(request) else self.get_response(request)

        def process_view(self, request: HttpRequest, *rest: Any) -> HttpResponse | None:
            inner = getattr(super(), "process_view", None)
            return inner(request, *rest) if inner and has_session(request) else None

    DeskOnly.__name__ = f"Desk{middleware.__name__}"
    return DeskOnly


class Language:
    """The desk speaks the language its user chose; to who is not logged in, what their browser asks for. None of its pages is kept by a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        if user and user.is_authenticated:
            code = user.language or settings.MAIN_LANGUAGE
        else:  # the log-in, and why one was logged out
            code = translation.get_language_from_request(request)
        with translation.override(code):
            return self.get_response(request)


class Zone:
    """The desk reads and shows times in the zone its user chose; what readers get is drawn in the site's, whoever publishes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_named(getattr(getattr(request, "user", None), "time_zone", "")) or timezone.get_default_timezone()):
            return self.get_response(request)


DeskSession = desk_only(SessionMiddleware)
DeskCsrf = desk_only(CsrfViewMiddleware)
DeskAuthentication = desk_only(AuthenticationMiddleware)
DeskDoor = desk_only(Door)
DeskLanguage = desk_only(Language)
DeskZone = desk_only(Zone)
DeskMessages = desk_only(MessageMiddleware)
DeskCSP = desk_only(CSPMiddleware)


class Sides:
    """Strips the language's prefix from a public address, before anything else looks at it; protects every answer, errors and files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = is_desk(request)
        language = settings.MAIN_LANGUAGE if desk else self._language(request)
        request.language = language  # type: ignore[attr-defined]  # every public view reads it, and the page that says that there is none
        with translation.override(language):
            response = self.get_response(request)
        if desk and not has_session(request):
            for name, value in ON_PREVIEWS.items():
                response[name] = value
        for name, value in (DESK_PROTECTION if has_session(request) else PROTECTION).items():
            response.setdefault(name, value)
        return response

    def _language(self, request: HttpRequest) -> str:
        """The language that the address names; its prefix is taken off the path that is routed."""
        first, slash, rest = request.path_info[1:].partition("/")
        if not slash or first not in PREFIXES:
            return settings.MAIN_LANGUAGE
        if rest.partition("/")[0] not in WITHOUT_LANGUAGE and not rest.startswith(API):
            request.path_info = f"/{rest}"
        return first
