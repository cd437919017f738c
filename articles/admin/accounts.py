"""Accounts of the desk: who logs in and how, what each may change of their own, and which of allauth's pages are open."""

from __future__ import annotations

import base64
from typing import Any, cast

from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles.admin.requests import who
from articles.audit.chain import record
from articles.people.models import User
from articles.people.roles import NAMES, ROLES, roles_of
from articles.text.zones import zones_by_continent


class DeskAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """An account that is deactivated or has no right to the desk fails as a wrong password does, with the same counting."""
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.is_staff and user.is_active:
            return user
        if user is not None:  # the password was right, and its try was taken off the count
            self.pre_authenticate(request, **credentials)
        return None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count an account, by whatever host name it is tried."""
        return str(credentials.get("username", "")).casefold()

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is counted or kept: the lockout is by account."""
        return "0.0.0.0"  # noqa: S104 - a constant in place of an address, nothing listens on it


class DeskMfaAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


class OwnForm(forms.Form):
    """What each person chooses for themselves: the desk's language, and the zone in which it reads and shows times."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the desk"),
        required=False,
        choices=[("", gettext_lazy("The site's main language")), *settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("You type and read times in it; UTC stands beside them. Readers' pages keep the site's own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = [
            ("", _("The site's time zone: %(zone)s") % {"zone": settings.TIME_ZONE.replace("_", " ")}),
            ("UTC", "UTC"),
            *zones_by_continent(translation.get_language() or settings.MAIN_LANGUAGE),
        ]


CHOSEN = {"language": "choose_language", "time_zone": "choose_time_zone"}


@never_cache
@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    """What a person finds of the own account: roles, the desk's language and time zone, the ways to password and second factor."""
    person = who(request)
    form = OwnForm(request.POST or None, initial={"language": person.language, "time_zone": person.time_zone})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for field, verb in CHOSEN.items():
                if field in form.changed_data:
                    setattr(person, field, form.cleaned_data[field])
                    record(by=person, verb=verb, target=person, facts={"chosen": form.cleaned_data[field]})
            person.save(update_fields=list(CHOSEN))
        with translation.override(person.language or settings.MAIN_LANGUAGE):
            messages.success(request, _("Saved. The desk speaks this language to you, and shows times so, from now on."))
        return redirect("account_own")
    held = [(NAMES[role], ROLES[role]) for role in sorted(roles_of(person))]
    return render(request, "account/own.html", {"form": form, "held": held}, status=400 if form.is_bound else 200)


def closed(_request: HttpRequest, **_rest: Any) -> HttpResponse:
    """A page of allauth that this desk does not have; its name stays, because allauth links to it."""
    raise Http404


urlpatterns = [
    path("", own_account, name="account_own"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    # accounts are made by an administrator, who also gives new passwords: there is no sign-up and no way in by mail
    path("signup/", closed, name="account_signup"),
    path("inactive/", closed, name="account_inactive"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
    path("password/set/", closed, name="account_set_password"),
    path("password/reset/", closed, name="account_reset_password"),
    path("password/reset/done/", closed, name="account_reset_password_done"),
    path("password/reset/key/<str:uidb36>-<str:key>/", closed, name="account_reset_password_from_key"),
    path("password/reset/key/done/", closed, name="account_reset_password_from_key_done"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
]


def _box() -> Fernet:
    """Fernet under a key derived from MFA_KEY, which is not in the database."""
    key = HKDF(SHA256(), 32, None, b"newsroom second factors").derive(settings.MFA_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
