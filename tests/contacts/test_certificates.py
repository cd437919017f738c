"""What an OpenPGP certificate is worth: each case made by gpg, judged at a given day."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from pysequoia import Cert, Profile, Tsk, encrypt

from articles.contacts.certificates import LARGEST_BYTES, examine
from tests.contacts.keys import certificate, gpg

EARLY = dt.datetime(2023, 1, 10, tzinfo=dt.UTC)
LATE = dt.datetime(2049, 12, 31, tzinfo=dt.UTC)
NO_KEY = "No key for encryption in it is valid (expired, revoked, or for signing only): ask for a certificate that can be encrypted to."


def key_ids(sealed: bytes) -> list[str]:
    """The keys that a message is encrypted to, as gpg reads them."""
    listed = gpg("--list-packets", given=sealed).stdout.decode()
    return re.findall(r":pubkey enc packet:.*keyid ([0-9A-F]{16})", listed)


def subkeys(name: str) -> list[str]:
    """The key ids of a certificate's subkeys, in their order."""
    listed = gpg("--show-keys", "--with-colons", given=certificate(name).encode()).stdout.decode()
    return re.findall(r"^sub:[^:]*:[^:]*:[^:]*:([0-9A-F]{16})", listed, re.MULTILINE)


@pytest.mark.parametrize("name", ["valid", "second", "rsa", "protected", "renewed", "rotated", "lapsed-newer", "ending"])
def test_a_usable_certificate_is_sealed_to(name):
    verdict = examine(certificate(name), at=LATE)
    assert (verdict.usable, verdict.sentence) == (True, "")
    assert verdict.fingerprint == Cert.from_bytes(certificate(name).encode()).fingerprint
    assert encrypt(b"?", recipients=[Cert.from_bytes(verdict.sealable)])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("expired-primary", "This certificate expired on 2023-01-31: ask for the renewed one."),
        ("expired-subkey", NO_KEY),
        ("shortened", NO_KEY),
        ("revoked-subkey", NO_KEY),
        ("signing-only", NO_KEY),
        ("no-subkey", NO_KEY),
        ("revoked", "This certificate was revoked: ask for the new one."),
        ("two", "Paste one certificate; there is more than one here, or none."),
        ("weak", "The signatures in this certificate are broken, or of a kind that is no longer safe (SHA-1): ask for a new one."),
    ],
)
def test_an_unusable_certificate_is_refused_with_its_reason(name, sentence):
    verdict = examine(certificate(name), at=LATE)
    assert (verdict.usable, verdict.sentence, verdict.sealable) == (False, sentence, b"")


@pytest.mark.parametrize("name", ["expired-primary", "expired-subkey", "shortened", "revoked"])
def test_the_library_alone_would_seal_to_it(name):
    assert encrypt(b"?", recipients=[Cert.from_bytes(certificate(name).encode())])


@pytest.mark.parametrize("name", ["valid-secret-test-only", "protected-secret-test-only"])
def test_a_secret_key_is_refused_in_armour_and_without(name):
    armoured = certificate(name)
    disguised = armoured.replace("PRIVATE", "PUBLIC")
    assert [examine(text, at=LATE).sentence[:24] for text in (armoured, disguised)] == ["This is a SECRET key. Do"] * 2
    assert not examine(armoured, at=LATE).usable


def test_what_ends_is_usable_until_that_day_and_warns_two_weeks_before():
    end = dt.datetime(2055, 1, 1, tzinfo=dt.UTC)  # of its subkey; the primary key lasts five years longer
    days = {days: examine(certificate("ending"), at=end - dt.timedelta(days=days)) for days in (15, 13, 0)}
    assert {left: (verdict.usable, verdict.expires_at) for left, verdict in days.items()} == {
        15: (True, end),
        13: (True, end),
        0: (False, None),
    }
    assert days[15].sentence == ""
    assert days[13].sentence == "This certificate expires on 2055-01-01: ask for the renewed one before that day."
    assert [examine(certificate(name), at=EARLY).usable for name in ("expired-primary", "expired-subkey", "rotated")] == [True] * 3


def test_a_certificate_that_begins_later_is_not_usable_yet():
    assert not examine(certificate(), at=dt.datetime(2022, 12, 31, tzinfo=dt.UTC)).usable


@pytest.mark.parametrize(("name", "place"), [("rotated", 2), ("lapsed-newer", 0), ("renewed", 0)])
def test_of_several_subkeys_the_valid_one_is_sealed_to_and_no_other(name, place):
    sealed = encrypt(b"?", recipients=[Cert.from_bytes(examine(certificate(name), at=LATE).sealable)])
    assert key_ids(sealed) == [subkeys(name)[place]]


def test_a_forged_later_binding_revives_nothing():
    armoured = gpg("--dearmor", given=certificate("renewed").encode()).stdout
    forged = bytearray(armoured)
    forged[-1] ^= 1  # the last bytes are the signature of the binding that renews the subkey
    verdict = examine(_armour(bytes(forged)), at=LATE)
    assert (verdict.usable, verdict.sentence[:47], verdict.sealable) == (False, "The signatures in this certificate are broken, ", b"")


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "Dear desk, here is my key.", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----", "\x00\ud800"],
)
def test_what_is_no_certificate_is_refused(text):
    verdict = examine(text, at=LATE)
    assert not verdict.usable and verdict.sentence


def test_a_cut_padded_or_doubled_certificate_is_refused_and_raises_nothing():
    whole = certificate("rsa")
    assert not any(examine(whole[:length], at=LATE).usable for length in range(0, len(whole) - 40, 97))
    assert not examine(whole + certificate("second"), at=LATE).usable
    assert not examine(whole + whole, at=LATE).usable
    assert examine("x" * (LARGEST_BYTES + 1), at=LATE).sentence.startswith("This is larger than a certificate")


def test_what_mail_does_to_a_certificate_is_forgiven():
    whole = certificate()
    for text in (
        whole.replace("\n", "\r\n"),
        f"\n\n  {whole}\n",
        f"Hello,\n\n{whole}\nYours",
        "\n".join(f"> {line}" for line in whole.splitlines()),
    ):
        assert examine(text, at=LATE).usable


def test_keys_of_the_newest_standard_are_usable():
    key = Tsk.generate(user_id="Test <v6@example.org>", profile=Profile.RFC9580)
    assert examine(str(key.extract_certificate())).usable


def _armour(raw: bytes) -> str:
    return gpg("--enarmor", given=raw).stdout.decode().replace("PGP ARMORED FILE", "PGP PUBLIC KEY BLOCK")
