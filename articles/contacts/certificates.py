"""Whether an OpenPGP certificate can be sealed to, now. The library encrypts without complaint to revoked and expired keys: we read the packets.

Usable (RFC 9580, section 10.1): one certificate, no secret key, primary key neither revoked nor expired, and at least one subkey for
encryption whose latest binding has not expired and which is not revoked. Whatever is unclear counts as not usable.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pysequoia import Cert, encrypt
from pysequoia.packet import PacketPile, SignatureType, Tag

WARN_BEFORE = dt.timedelta(days=14)
LARGEST_BYTES = 200_000
SELF_SIGNATURES = (
    SignatureType.DirectKey,
    SignatureType.GenericCertification,
    SignatureType.PersonaCertification,
    SignatureType.CasualCertification,
    SignatureType.PositiveCertification,
)
SECRET = (Tag.SecretKey, Tag.SecretSubkey)


@dataclass(frozen=True)
class Verdict:
    """Whether inquiries can be sealed to a certificate; `sentence` says why not, or warns of what is near."""

    usable: bool
    sentence: str = ""
    fingerprint: str = ""
    expires_at: dt.datetime | None = None
    sealable: bytes = b""
    """The certificate with no other key for encryption than the one to use: the library cannot choose a worse one."""
    holds_secret: bool = False
    """What was pasted is a secret key: it must not be shown again."""


class _Unusable(Exception):
    """Why not, with what is known of the certificate."""

    def __init__(self, sentence: str, fingerprint: str = "", expires_at: dt.datetime | None = None) -> None:
        self.sentence, self.fingerprint, self.expires_at = sentence, fingerprint, expires_at
        super().__init__(sentence)


class _Secret(_Unusable):
    """What was given is a secret key."""


@dataclass
class _Key:
    """A key or subkey, with the signatures that follow it in the certificate."""

    packet: Any
    signatures: list[Any] = field(default_factory=list)


def examine(armoured: str, *, at: dt.datetime | None = None) -> Verdict:
    """The verdict on a pasted or stored certificate at that time. Raises nothing."""
    try:
        return _examine(armoured.strip().encode(errors="replace"), at=at or timezone.now())
    except _Unusable as why:
        return Verdict(False, why.sentence, why.fingerprint, why.expires_at, holds_secret=isinstance(why, _Secret))


def _examine(data: bytes, *, at: dt.datetime) -> Verdict:
    if not data:
        raise _Unusable(_("There is no certificate: paste the public one, from “BEGIN PGP PUBLIC KEY BLOCK” to its end."))
    if len(data) > LARGEST_BYTES:
        raise _Unusable(
            _("This is larger than a certificate: export it without other people’s signatures (gpg --export-options export-minimal).")
        )
    if b"PRIVATE KEY" in data:
        raise _Secret(_secret())
    try:
        certificates = Cert.split_bytes(data)
        packets = list(PacketPile.from_bytes(data))
        keys = _keys(packets)
    except Exception as error:
        raise _Unusable(_("This cannot be read as an OpenPGP certificate: paste it whole, with its first and last line.")) from error
    if len(certificates) != 1 or not keys:
        raise _Unusable(_("Paste one certificate; there is more than one here, or none."))
    if any(key.packet.tag in SECRET for key in keys):
        raise _Secret(_secret())
    try:
        return _judge(certificates[0], keys, head=packets[: packets.index(keys[1].packet)] if keys[1:] else [], at=at)
    except _Unusable:
        raise
    except Exception as error:  # the library raises for signatures it does not know, or no longer trusts
        raise _Unusable(
            _("The signatures in this certificate are broken, or of a kind that is no longer safe (SHA-1): ask for a new one."),
            keys[0].packet.fingerprint,
        ) from error


def _judge(certificate: Any, keys: list[_Key], *, head: list[Any], at: dt.datetime) -> Verdict:
    """`head` is the primary key with all that stands before the first subkey."""
    primary, subkeys = keys[0], keys[1:]
    mark = primary.packet.fingerprint
    if certificate.is_revoked or any(each.signature_type == SignatureType.KeyRevocation for each in primary.signatures):
        raise _Unusable(_("This certificate was revoked: ask for the new one."), mark)
    own = [each for each in primary.signatures if each.issuer_fingerprint == mark or each.issuer_key_id == primary.packet.key_id]
    binding = [each for each in own if each.signature_type in SELF_SIGNATURES and _created(each) <= at]
    if not binding:
        raise _Unusable(_("This certificate has no signature of its own: export it again."), mark)
    ends = [end for end in (_end(primary, binding), certificate.expiration) if end]
    if ends and min(ends) <= at:
        sentence = _("This certificate expired on %(day)s: ask for the renewed one.")
        raise _Unusable(sentence % {"day": min(ends).date()}, mark, min(ends))
    lasting = [(subkey, *found) for subkey in subkeys if (found := _binding(subkey, at=at))]
    if not lasting:
        raise _Unusable(
            _(
                "No key for encryption in it is valid (expired, revoked, or for signing only): ask for a certificate that can be encrypted to."
            ),
            mark,
        )
    chosen, latest, end = max(lasting, key=lambda each: each[0].packet.key_created)
    sealable = bytes(Cert.from_packets([*head, chosen.packet, latest]))
    encrypt(b"", recipients=[Cert.from_bytes(sealable)])  # raises unless the binding is the primary key's own, and trusted
    ends += [end] if end else []
    expires_at = min(ends, default=None)
    warning = ""
    if expires_at and expires_at - at < WARN_BEFORE:
        warning = _("This certificate expires on %(day)s: ask for the renewed one before that day.") % {"day": expires_at.date()}
    return Verdict(True, warning, mark, expires_at, sealable)


def _keys(packets: list[Any]) -> list[_Key]:
    """The primary key and its subkeys, each with what follows it."""
    keys: list[_Key] = []
    for packet in packets:
        if packet.tag in (Tag.PublicKey, Tag.PublicSubkey, *SECRET):
            keys.append(_Key(packet))
        elif packet.tag == Tag.Signature and keys:
            keys[-1].signatures.append(packet)
    return keys


def _binding(subkey: _Key, *, at: dt.datetime) -> tuple[Any, dt.datetime | None] | None:
    """The subkey's latest binding and when that ends; None when the subkey cannot be encrypted to at that time."""
    if any(each.signature_type == SignatureType.SubkeyRevocation for each in subkey.signatures):
        return None
    bindings = [each for each in subkey.signatures if each.signature_type == SignatureType.SubkeyBinding and _created(each) <= at]
    if not bindings:
        return None
    latest = max(bindings, key=_created)
    flags = latest.key_flags
    if not flags or not (flags.transport_encryption or flags.storage_encryption):
        return None
    end = _end(subkey, [latest])
    return (latest, end) if end is None or end > at else None


def _end(key: _Key, signatures: list[Any]) -> dt.datetime | None:
    """When the latest of the signatures ends the key (RFC 9580, 5.2.3.13: counted from the key's creation), or ends itself."""
    latest = max(signatures, key=_created)
    period = latest.key_validity_period
    ends = [key.packet.key_created + period] if period else []
    ends += [latest.signature_expiration_time] if latest.signature_validity_period else []
    return min(ends, default=None)


def _created(signature: Any) -> dt.datetime:
    created: dt.datetime | None = signature.signature_created
    return created or dt.datetime.max.replace(tzinfo=dt.UTC)


def _secret() -> str:
    return _(
        "This is a SECRET key. Do not paste it anywhere: nothing was stored. Export the public certificate (gpg --armor --export) and paste that."
    )
