"""Signed heads of the audit: who holds the public key can tell, from a head kept off the machine, that nothing before it was changed.

The chain's own digests are keyed (HMAC): whoever takes over the machine has the key and can write the whole chain anew. A head that
left the machine before cannot be written anew, and one key that signs and another that checks let anybody keep heads and check them.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.audit.chain import START, Verdict, verify
from articles.audit.models import AuditEvent

HOUR = dt.timedelta(hours=1)
BEGIN, END = "-----BEGIN AUDIT HEAD-----", "-----END AUDIT HEAD-----"
FIELDS = ("seq", "digest", "at", "key", "signature")


class AuditHead(models.Model):
    """The newest event at one moment, signed. Append-only."""

    seq = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(unique=True)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"


@dataclass(frozen=True)
class Head:
    """A head as it is written on paper or in a mail. `key` is the public key, `signature` Ed25519 (RFC 8032), both base64url."""

    seq: int
    digest: str
    at: str
    key: str
    signature: str

    def text(self) -> str:
        """The head as lines between two marks, for a mail or a file."""
        return "\n".join([BEGIN, *(f"{name}: {getattr(self, name)}" for name in FIELDS), END])


class NoHead(ValueError):
    """The text holds no head, or one that was damaged."""


def sign(*, at: dt.datetime | None = None) -> AuditHead:
    """Signs the chain's newest event and keeps the head. An empty chain has the head 0."""
    at = at or timezone.now()
    last = AuditEvent.objects.order_by("-seq").first()
    seq, digest = (last.seq, last.digest) if last else (0, START)
    key = _private_key()
    signature = key.sign(_signed(seq=seq, digest=digest, at=_iso(at)))
    return AuditHead.objects.create(seq=seq, digest=digest, at=at, key=_public_text(key.public_key()), signature=_b64(signature))


def newest() -> AuditHead | None:
    """The head that was signed last."""
    return AuditHead.objects.order_by("-at").first()


def head_of(row: AuditHead) -> Head:
    """A kept head as it is given away."""
    return Head(row.seq, row.digest, _iso(row.at), row.key, row.signature)


def public_key() -> str:
    """The key that checks this newsroom's heads (32 bytes, base64url): to be kept where the heads are kept."""
    return _public_text(_private_key().public_key())


def read(text: str) -> Head:
    """The head in a text, such as a mail with quotation marks before its lines. Raises NoHead."""
    found = dict(re.findall(r"^[>\s]*(seq|digest|at|key|signature): *([\w.:+=-]+)\s*$", text, re.M | re.A))
    if (
        set(found) != set(FIELDS)
        or not found["seq"].isdecimal()
        or len(found["seq"]) > 18
        or not re.fullmatch("[0-9a-f]{64}", found["digest"])
    ):
        raise NoHead("There is no whole head in this text: it has the lines seq, digest, at, key and signature.")
    return Head(int(found["seq"]), found["digest"], found["at"], found["key"], found["signature"])


def is_signed(head: Head, *, by: str) -> bool:
    """Whether the head bears a signature of this public key. Needs neither the chain nor any secret."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_unb64(by))
        key.verify(_unb64(head.signature), _signed(seq=head.seq, digest=head.digest, at=head.at))
    except (InvalidSignature, ValueError):
        return False
    return head.key == by


def check(head: Head) -> Verdict:
    """Whether today's chain holds and still has, at the head's place, the event that the head names."""
    if head.seq == 0:
        return verify()
    return verify((head.seq, head.digest))


def _private_key() -> Ed25519PrivateKey:
    """Derived from AUDIT_KEY (HKDF, RFC 5869): one key less to lose. Who has that one can forge the chain anyway, but no head that left before."""
    seed = HKDF(hashes.SHA256(), 32, salt=None, info=b"newsroom audit head 1").derive(settings.AUDIT_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _signed(*, seq: int, digest: str, at: str) -> bytes:
    return rfc8785.dumps({"newsroom audit head": 1, "seq": seq, "digest": digest, "at": at})


def _public_text(key: Ed25519PublicKey) -> str:
    return _b64(key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def _iso(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
