"""What the desk asks of django-allauth: who may log in, what is counted, and where a session begins and ends."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from articles.admin.proofs import MARK, how, is_recent, session_of
from articles.admin.sealing import box
from articles.audit.chain import record
from articles.identity.models import SiteIdentity
from articles.people import sessions
from articles.people.devices import device_named, device_of
from articles.people.models import User
from articles.people.second_factors import factors_of
from articles.people.sessions import StaffSession


class DeskAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012 - as allauth declares it
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong tries for this account: wait five minutes. A passkey works at once."),
        "rate_limited": _("Too many wrong tries: wait five minutes."),
    }

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

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """The same for every other way in, such as a passkey."""
        if not (user.is_active and user.is_staff):
            return redirect("account_login")
        return super().pre_login(request, user, **given)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        session = sessions.begin(user, device=device_of(self.get_http_user_agent(request)), how=how(request, user))
        request.session[MARK] = session.mark
        request.staff_session = session  # type: ignore[attr-defined]  # read by articles.admin.proofs

    def logout(self, request: HttpRequest) -> None:
        if session := session_of(request):
            sessions.end(session, by=session.person, why=StaffSession.Why.LOG_OUT)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """Ends the person's other sessions; Django's hash in each of them would, without saying why."""
        with transaction.atomic():
            super().set_password(user, password)
            record(by=user, verb="change_password", target=user)
            sessions.end_all(user, by=user, why=StaffSession.Why.PASSWORD, besides=session_of(self.request))

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        return not is_recent(self.request)

    def send_notification_mail(self, *_given: Any, **_more: Any) -> None:
        """None: allauth's would name the address and the agent. What was done with an account stands in the audit."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count an account, by whatever host name it is tried."""
        return str(credentials.get("username", "")).casefold()

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is counted or kept: the lockout is by account."""
        return "0.0.0.0"  # noqa: S104 - a constant in place of an address, nothing listens on it


class DeskMfaAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012 - as allauth declares it
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This is your last second factor: add another one first."),
    }

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays while the site demands one: another is added first."""
        others = factors_of(authenticator.user_id).exclude(pk=authenticator.pk)
        return settings.SECOND_FACTOR == "offered" or others.exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the host's name, and show the newsroom's."""
        name = SiteIdentity.objects.filter(id=1).values_list("organisation", flat=True).first()
        return {**super().get_public_key_credential_rp_entity(), "name": name or "Newsroom"}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a new passkey is called when nothing else is typed: the device, as far as it can be guessed."""
        return device_named(device_of(context.request.headers.get("User-Agent", "")))

    def _get_user_identifier(self, user: Any) -> str:
        """The account's name, not its e-mail address: it stands in an app on a phone."""
        return str(user.username)
