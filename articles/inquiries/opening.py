"""Opening a sealed inquiry on the officer's own computer. Needs no database, no keys of the newsroom, no network."""

from __future__ import annotations

import json
import warnings
from typing import Any

from pysequoia import Tsk, decrypt


class CannotOpen(Exception):
    """The argument is a sentence that says why."""


def open_sealed(sealed: bytes, *, key: bytes, passphrase: str | None = None) -> dict[str, Any]:
    """The texts of an inquiry. `key` is the armoured secret key. Raises CannotOpen."""
    try:
        secret = Tsk.from_bytes(key)
    except Exception as error:
        raise CannotOpen(
            "The key file holds no OpenPGP secret key. Export it with: gpg --armor --export-secret-keys ADDRESS > key.asc"
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            decryptor = secret.decryptor(passphrase) if passphrase else secret.decryptor()
            plain = decrypt(sealed, decryptor=decryptor).bytes or b""
    except Exception as error:
        if "passphrase" in str(error).lower() or "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise CannotOpen("The key is protected by a passphrase, and this is not it.") from error
        raise CannotOpen("This key does not open the file: it was sealed to another one, or it was changed on the way.") from error
    text: dict[str, Any] = json.loads(plain)
    text.pop("padding", None)
    return text
