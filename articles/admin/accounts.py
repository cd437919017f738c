"""Accounts of the desk: who logs in and how, what each may change of their own, and which of allauth's pages are open."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as passkeys
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

from articles.admin import factors, own_sessions
from articles.admin.held import held_view
from articles.admin.requests import who
from articles.audit.chain import record
from articles.people.roles import NAMES, ROLES, roles_of
from articles.text.zones import zones_by_continent


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
    path("ended/", own_sessions.ended, name="account_ended"),
    path("held/", held_view, name="account_held"),
    path("sessions/", own_sessions.own_sessions, name="account_sessions"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", factors.shallow(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.shallow(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/set-up/", factors.set_up, name="account_second_factor"),
    path("2fa/totp/activate/", factors.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", factors.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", factors.shallow(factors.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("2fa/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/passkeys/reauthenticate/", factors.shallow(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("login/passkey/", factors.shallow(factors.LogInByPasskey.as_view()), name="mfa_login_webauthn"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", factors.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
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
