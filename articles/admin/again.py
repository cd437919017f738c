"""Asking again who it is before what cannot be undone, and then going on with what was sent: same address, same request, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin import held
from articles.admin.factors import CodeAgainForm
from articles.admin.proofs import is_recent
from articles.admin.requests import who

SIGNED = "held-request"
"""The field that carries the request."""

View = Callable[..., HttpResponse]


def asks_again(when: Callable[..., bool]) -> Callable[[View], View]:
    """A view that asks who it is before a POST of which `when`, called like the view, is true, unless that was proved lately."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asking(*given: Any, **words: Any) -> HttpResponse:
            first = 0 if isinstance(given[0], HttpRequest) else 1  # a method's comes after itself
            request: HttpRequest = given[first]
            if request.method != "POST":
                return view(*given, **words)
            if SIGNED in request.POST:
                answer = proved(request)
                if answer is not None:
                    return answer
            elif when(*given[first:], **words) and not is_recent(request):
                return page(request, held.sign(request))
            return view(*given, **words)

        return asking

    return decorate


def proved(request: HttpRequest) -> HttpResponse | None:
    """None when the proof holds: the request is then what was sent at first. Else the page again, or back to where it began."""
    signed = request.POST[SIGNED]
    try:
        sent = held.unsign(request, signed)
    except BadSignature:
        messages.error(request, _("Nothing was done: this page was too old, or another person's. Repeat the step."))
        return HttpResponseRedirect(reverse("admin:index"))
    form = form_of(request)
    if form is None or not form.is_valid():
        return page(request, signed, wrong=form)
    if isinstance(form, ReauthenticateForm):
        reauthenticate_by_password(request)
    else:
        form.save()
    request.POST = sent  # type: ignore[assignment]  # a QueryDict, as it came
    return None


def form_of(request: HttpRequest) -> Any:
    """The form of the way that was taken."""
    ways = {"password": ReauthenticateForm, "code": CodeAgainForm, "credential": ReauthenticateWebAuthnForm}
    return next((form(request.POST, user=who(request)) for field, form in ways.items() if field in request.POST), None)


def page(request: HttpRequest, signed: str, *, wrong: Any = None) -> HttpResponse:
    """Every way that the person has, on one page; each form carries the request."""
    person, kinds = who(request), set(Authenticator.objects.filter(user=who(request)).values_list("type", flat=True))
    context = {
        "signed": signed,
        "field": SIGNED,
        "minutes": settings.REAUTHENTICATE_AFTER_MINUTES,
        "wrong": wrong,
        "password": person.has_usable_password(),
        "code": Authenticator.Type.TOTP in kinds or Authenticator.Type.RECOVERY_CODES in kinds,
        "js_data": {"request_options": begin_authentication(person)} if Authenticator.Type.WEBAUTHN in kinds else None,
    }
    answer = TemplateResponse(request, "account/again.html", context, status=403)
    answer.headers["Cache-Control"] = "no-store"
    return answer
