"""Sealing what lies in the database and is nobody's to read there: seeds of second factors, texts that wait for a log-in."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def box() -> Fernet:
    """Fernet under a key derived from MFA_KEY, which is not in the database."""
    key = HKDF(SHA256(), 32, None, b"newsroom second factors").derive(settings.MFA_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
