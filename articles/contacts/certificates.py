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
from pysequoia import Cert
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


@dataclass
class _Key:
    """A key or subkey, with the signatures that follow it in the certificate."""

    packet: Any
    signatures: list[Any] = field(default_factory=list)


def examine(armoured: str, *, at: dt.datetime | None = None) -> Verdict:
    """The verdict on a pasted or stored certificate at that time. Raises nothing."""
    at = at or timezone.now()
    data = armoured.strip().encode()
    if not data:
        return Verdict(False, _("There is no certificate: paste the public one, from “BEGIN PGP PUBLIC KEY BLOCK” to its end."))
    if len(data) > LARGEST_BYTES:
        return Verdict(
            False,
            _("This is larger than a certificate: export it without other people’s signatures (gpg --export-options export-minimal)."),
        )
    if b"PRIVATE KEY" in data:
        return Verdict(False, _secret())
    try:
        certificates = Cert.split_bytes(data)
        if len(certificates) != 1:
            return Verdict(False, _("Paste one certificate; there is more than one here, or none."))
        keys = _keys(PacketPile.from_bytes(data))
        certificate = Cert.from_bytes(data)
    except Exception:
        return Verdict(False, _("This cannot be read as an OpenPGP certificate: paste it whole, with its first and last line."))
    if any(key.packet.tag in SECRET for key in keys):
        return Verdict(False, _secret())
    return _judge(certificate, keys, at=at)


def _judge(certificate: Any, keys: list[_Key], *, at: dt.datetime) -> Verdict:
    primary, subkeys = keys[0], keys[1:]
    mark = primary.packet.fingerprint
    own = [each for each in primary.signatures if each.issuer_fingerprint == mark or each.issuer_key_id == primary.packet.key_id]
    if certificate.is_revoked or any(each.signature_type == SignatureType.KeyRevocation for each in primary.signatures):
        return Verdict(False, _("This certificate was revoked: ask for the new one."), mark)
    binding = [each for each in own if each.signature_type in SELF_SIGNATURES and _created(each) <= at]
    if not binding:
        return Verdict(False, _("This certificate has no signature of its own: export it again."), mark)
    ends = [end for end in (_end(primary, binding), certificate.expiration) if end]
    if ends and min(ends) <= at:
        return Verdict(
            False, _("This certificate expired on %(day)s: ask for the renewed one.") % {"day": min(ends).date()}, mark, min(ends)
        )
    encrypting = [_subkey_end(subkey, primary, at=at) for subkey in subkeys]
    lasting = [end for usable, end in encrypting if usable]
    if not lasting:
        return Verdict(
            False,
            _(
                "No key for encryption in it is valid (expired, revoked, or for signing only): ask for a certificate that can be encrypted to."
            ),
            mark,
        )
    last = max((end or dt.datetime.max.replace(tzinfo=dt.UTC) for end in lasting), default=None)
    ends += [last] if last and last.year < 9999 else []
    expires_at = min(ends) if ends else None
    warning = ""
    if expires_at and expires_at - at < WARN_BEFORE:
        warning = _("This certificate expires on %(day)s: ask for the renewed one before that day.") % {"day": expires_at.date()}
    return Verdict(True, warning, mark, expires_at)


def _keys(packets: Any) -> list[_Key]:
    """The primary key and its subkeys, each with what follows it."""
    keys: list[_Key] = []
    for packet in packets:
        if packet.tag in (Tag.PublicKey, Tag.PublicSubkey, *SECRET):
            keys.append(_Key(packet))
        elif packet.tag == Tag.Signature and keys:
            keys[-1].signatures.append(packet)
    return keys


def _subkey_end(subkey: _Key, primary: _Key, *, at: dt.datetime) -> tuple[bool, dt.datetime | None]:
    """Whether the subkey can be encrypted to at that time, and when that ends."""
    if any(each.signature_type == SignatureType.SubkeyRevocation for each in subkey.signatures):
        return False, None
    bindings = [each for each in subkey.signatures if each.signature_type == SignatureType.SubkeyBinding and _created(each) <= at]
    if not bindings:
        return False, None
    latest = max(bindings, key=_created)
    flags = latest.key_flags
    if not flags or not (flags.transport_encryption or flags.storage_encryption):
        return False, None
    end = _end(subkey, [latest])
    return end is None or end > at, end


def _end(key: _Key, signatures: list[Any]) -> dt.datetime | None:
    """When the key ends by the latest of the signatures (RFC 9580, 5.2.3.13: counted from the key's creation)."""
    latest = max(signatures, key=_created)
    period = latest.key_validity_period
    return key.packet.key_created + period if period else None


def _created(signature: Any) -> dt.datetime:
    created: dt.datetime | None = signature.signature_created
    return created or dt.datetime.max.replace(tzinfo=dt.UTC)


def _secret() -> str:
    return _(
        "This is a SECRET key. Do not paste it anywhere: nothing was stored. Export the public certificate (gpg --armor --export) and paste that."
    )
