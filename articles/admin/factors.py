"""Second factors of one's own account: set up, named, removed, each with its line in the audit. The ceremonies are allauth's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.admin.proofs import prove_enrolled
from articles.admin.requests import who
from articles.audit.chain import record
from articles.people.models import User
from articles.people.second_factors import is_enrolled


def tell(person: User, verb: str, **facts: Any) -> None:
    """One line of the audit about the person's own account."""
    with transaction.atomic():
        record(by=person, verb=verb, target=person, facts=facts)


MOST_CHARACTERS = 20_000  # of what a passkey's browser sends: a few thousand
MOST_BRACKETS = 200


def shallow(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuses what no browser sends for a passkey: a parser that descends into it would run out of stack."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = request.POST.get("credential", "")
        if len(sent) > MOST_CHARACTERS or sent.count("[") + sent.count("{") > MOST_BRACKETS:
            raise BadRequest("This is no passkey.")
        return view(request, *args, **kwargs)

    return checked


class CodeForm(AuthenticateForm):
    """The code at the log-in."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        tell(self.user, "fail_second_factor", at="log-in")
        super()._emit_authentication_failed(authenticator)


class CodeAgainForm(ReauthenticateForm):
    """The code when the desk asks again."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        tell(self.user, "fail_second_factor", at="again")
        super()._emit_authentication_failed(authenticator)


@never_cache
@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Where a session without a second factor is led: what to choose from, and why."""
    if is_enrolled(who(request)):
        return redirect("mfa_index")
    return render(request, "account/set_up.html", {"demanded": settings.SECOND_FACTOR == "required"})


class ActivateApp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
            tell(who(self.request), "add_second_factor", kind="totp")
        prove_enrolled(self.request, kind="totp")
        return answer


class DeactivateApp(totp.DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            tell(who(self.request), "remove_second_factor", kind="totp")
            return super().form_valid(form)


class AddPasskey(passkeys.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
            tell(who(self.request), "add_second_factor", kind="passkey")
        prove_enrolled(self.request, kind="webauthn")
        return answer


class RemovePasskey(passkeys.RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, _("This is your last second factor: add another one first."))
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        with transaction.atomic():
            tell(who(self.request), "remove_second_factor", kind="passkey")
            return super().form_valid(form)


class LogInByPasskey(passkeys.LoginWebAuthnView):
    """Without a name and a password: no count of wrong passwords is asked, so nobody can be locked out of it."""

    def post(self, request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **words)
        except (KeyError, AttributeError, OverflowError):  # the library reads into what was sent before it knows its shape
            messages.error(request, _("That passkey was not recognised."))
            return HttpResponseRedirect(reverse("account_login"))


class NewCodes(recovery_codes.GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
            tell(who(self.request), "renew_recovery_codes")
        return answer
