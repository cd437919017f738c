"""The desk's door: a session is open, not too old, used lately, and has shown a second factor; or the answer says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin import held, refused
from articles.admin.proofs import MARK, has_second_factor
from articles.admin.requests import who
from articles.people import sessions
from articles.people.second_factors import is_enrolled

TO_ALL = {"account_login", "account_ended", "account_logout", "mfa_login_webauthn", "mfa_authenticate", "admin:jsi18n"}
"""Addresses that need no session, by name: not by path, of which there is more than one spelling."""
ENROLLING = {
    "account_second_factor",
    "account_reauthenticate",
    "account_logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "admin:jsi18n",
}
"""What a session may open while its account has no second factor and the site demands one."""

A_FEW_WORDS = 20


class Door:
    """Stands right behind Django's authentication: nothing has looked at the user yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.over = ""  # type: ignore[attr-defined]  # why the session that came with the request is over
        if request.session.get(SESSION_KEY):
            session = sessions.find(request.session.get(MARK))
            request.staff_session = session  # type: ignore[attr-defined]  # read by articles.admin.proofs
            request.over = session.why_over(timezone.now()) if session else "unknown"  # type: ignore[attr-defined]  # as above
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _words: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.over:  # type: ignore[attr-defined]  # set above
            return self.end(request, request.over, name)  # type: ignore[attr-defined]  # as above
        if not request.user.is_authenticated:
            return refused.without_token(request) if is_lost(request, name) else None
        if not getattr(view, "counts_as_idle", False):
            request.staff_session.see(timezone.now())  # type: ignore[attr-defined]  # set above: nobody is logged in without
        return self.second_factor(request, name)

    def second_factor(self, request: HttpRequest, name: str) -> HttpResponse | None:
        """None where the session has shown one, or need not."""
        if has_second_factor(request) or name == "account_logout":
            return None
        if is_enrolled(who(request)):  # the account has one, this session never gave it
            return self.end(request, sessions.StaffSession.Why.UNPROVEN, name)
        if settings.SECOND_FACTOR == "offered" or name in ENROLLING:
            return None
        if is_asked_by_script(request):
            return JsonResponse({"why": _("Set up a second factor first: open the desk in this window.")}, status=401)
        return HttpResponseRedirect(reverse("account_second_factor"))

    def end(self, request: HttpRequest, why: str, name: str) -> HttpResponse | None:
        """Says that the session is over and why. What was sent with the request waits for the same person's next log-in."""
        if is_asked_by_script(request) and name not in TO_ALL:  # the page stays, and its next request is told in full
            return JsonResponse({"why": _("You are logged out: save, and log in again. What you typed is kept.")}, status=401)
        session = request.staff_session  # type: ignore[attr-defined]  # set in __call__
        if session is not None:
            sessions.end(session, by=session.person, why=why)
        kept = held.keep(request, of=session.person_id) if session is not None and name not in TO_ALL else None
        logout(request)
        if name in TO_ALL:
            return None
        follows = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("admin:index")
        if kept:
            request.session[held.KEY] = kept
            follows = reverse("account_held")
        return HttpResponseRedirect(f"{reverse('account_ended')}?{urlencode({'why': why, 'next': follows})}")


def is_lost(request: HttpRequest, name: str) -> bool:
    """Whether a text was sent that the way to the log-in would throw away: the session is gone, and whose it was is not known."""
    texts = (len(text) for field, text in held.typed(request) if not refused.UNSHOWN.search(field)) if request.method == "POST" else ()
    return not name.startswith(("account_", "mfa_")) and max(texts, default=0) > A_FEW_WORDS


def is_asked_by_script(request: HttpRequest) -> bool:
    """Whether a script or a picture asks in the background, to which a page is no answer."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
