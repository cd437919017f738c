"""Accounts of the desk: sign-up is closed, only staff log in, second factors are kept encrypted."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from articles.people.models import User


class DeskAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """An account without the desk's right fails as a wrong password does, after the same counting."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) and user.is_staff else None

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is counted or kept: the lockout is by account."""
        return "0.0.0.0"  # noqa: S104 - a constant in place of an address, nothing listens on it


class DeskMfaAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    """Fernet under a key derived from MFA_KEY, which is not in the database."""
    key = HKDF(SHA256(), 32, None, b"newsroom second factors").derive(settings.MFA_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
