"""Opening a sealed inquiry on the officer's own computer. Needs no database, no keys of the newsroom, no network."""

from __future__ import annotations

import json
import warnings
from typing import Any

from pysequoia import Tsk, decrypt

from articles.inquiries.sealing import PADDING

FIRST, LAST = b"-----BEGIN PGP MESSAGE-----", b"-----END PGP MESSAGE-----"

NO_KEY = (
    "The key file holds no secret key for decryption that is valid today. Export it with: gpg --armor --export-secret-keys ADDRESS > key.asc. "
    "If it expired since, gpg still opens the file: gpg --decrypt INQUIRY.asc"
)
OTHER_KEY = (
    "This key does not open the file: it was sealed to another one, or it was changed on the way. "
    "If it was sealed to a subkey that you replaced since, gpg still opens it: gpg --decrypt INQUIRY.asc"
)


class CannotOpen(Exception):
    """The argument is a sentence that says why."""


class NeedsPassphrase(CannotOpen):
    """The key is protected, and no passphrase was given."""


def open_sealed(sealed: bytes, *, key: bytes, passphrase: str | None = None) -> dict[str, Any]:
    """The texts of an inquiry. `key` is the armoured secret key. Raises CannotOpen, NeedsPassphrase."""
    if FIRST not in sealed or LAST not in sealed:  # the library panics at a cut message
        raise CannotOpen("The inquiry's file is not whole: fetch it again from the queue. It runs from “BEGIN PGP MESSAGE” to its end.")
    plain = _decrypt(sealed, secret=_secret_key(key), passphrase=passphrase)
    try:
        text: dict[str, Any] = json.loads(plain)
        text.pop(PADDING, None)
    except (ValueError, TypeError, AttributeError) as error:
        raise CannotOpen("The key opens this file, but it holds no inquiry: read it with gpg --decrypt.") from error
    return text


def _secret_key(key: bytes) -> Any:
    try:
        return Tsk.from_bytes(key)
    except Exception as error:
        raise CannotOpen(
            "The key file holds no OpenPGP secret key. Export it with: gpg --armor --export-secret-keys ADDRESS > key.asc"
        ) from error


def _decrypt(sealed: bytes, *, secret: Any, passphrase: str | None) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            decryptor = secret.decryptor(passphrase)
    except Exception as error:
        reason = _reason(error)
        if "not encrypted" in reason and passphrase:
            return _decrypt(sealed, secret=secret, passphrase=None)
        if "encrypted" in reason:
            raise NeedsPassphrase("The key is protected by a passphrase: give it.") from error
        if "No suitable" in reason:
            raise CannotOpen(NO_KEY) from error
        raise CannotOpen("This is not the passphrase of the key.") from error
    try:
        return decrypt(sealed, decryptor=decryptor).bytes or b""
    except Exception as error:
        raise CannotOpen(OTHER_KEY) from error


def _reason(error: Exception) -> str:
    """The library's own sentence, without its backtrace."""
    return str(error).partition("\n")[0]
