"""Sealing: an inquiry as JSON, padded to a few sizes, encrypted to OpenPGP certificates before any table sees it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from pysequoia import Cert, encrypt

SIZES = tuple(1024 * 2**power for power in range(2, 7))
"""4 to 64 KiB: what is sealed has one of these lengths, whatever was written. The smallest holds most inquiries, long or short."""
PADDING = "padding"


def seal(text: Mapping[str, Any], *, certificates: Sequence[bytes]) -> bytes:
    """An armoured OpenPGP message of the texts, unsigned, readable with the key of any of the certificates.

    The certificates are the `sealable` parts of examined ones. Raises ValueError without any.
    """
    if not certificates:
        msg = "there is nobody to seal to"
        raise ValueError(msg)
    return bytes(encrypt(padded(text), recipients=[Cert.from_bytes(each) for each in certificates]))


def padded(text: Mapping[str, Any]) -> bytes:
    """The texts as UTF-8 JSON with random padding, so that its length is the next of SIZES. Raises ValueError beyond the largest."""
    bare = len(json.dumps({**text, PADDING: ""}, ensure_ascii=False).encode())
    for size in SIZES:
        if bare <= size:
            filler = secrets.token_hex((size - bare) // 2 + 1)[: size - bare]
            return json.dumps({**text, PADDING: filler}, ensure_ascii=False).encode()
    msg = "the inquiry is larger than the largest size"
    raise ValueError(msg)
