"""What is sealed opens with each recipient's key, by our command and by gpg, and tells nothing by its length."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from articles.contacts.certificates import examine
from articles.inquiries.opening import CannotOpen, NeedsPassphrase, open_sealed
from articles.inquiries.sealing import SIZES, padded, seal
from tests.contacts.keys import PASSPHRASE, certificate, gpg, secret_key

TEXT = {
    "topic": "interview",
    "outlet": "The Lantern Gazette",
    "name": "Nora Notreal",
    "reach": "+44 20 7946 0199",
    "message": "منذ متى؟ “?”",
}
VALID = dt.datetime(2023, 1, 10, tzinfo=dt.UTC)


def sealed_to(*names: str, text: dict[str, str] = TEXT) -> bytes:
    return seal(text, certificates=[examine(certificate(name), at=VALID if "expired" in name else None).sealable for name in names])


def test_each_recipient_opens_it_and_nobody_else():
    sealed = sealed_to("valid", "rotated")
    assert [open_sealed(sealed, key=secret_key(name)) for name in ("valid", "rotated")] == [TEXT, TEXT]
    with pytest.raises(CannotOpen, match="sealed to another one"):
        open_sealed(sealed, key=secret_key("second"))


@pytest.mark.parametrize("name", ["valid", "rsa", "renewed", "rotated", "lapsed-newer", "protected"])
def test_gpg_opens_it(name):
    opened = gpg("--decrypt", given=sealed_to(name), key=name)
    text = json.loads(opened.stdout)
    del text["padding"]
    assert (opened.returncode, text) == (0, TEXT)


def test_a_key_that_expired_or_was_replaced_since_is_left_to_gpg():
    expired = sealed_to("expired-subkey")
    replaced = seal(TEXT, certificates=[examine(certificate("rotated"), at=VALID).sealable])
    for name, sealed in (("expired-subkey", expired), ("rotated", replaced)):
        with pytest.raises(CannotOpen, match=r"gpg still opens .*: gpg --decrypt INQUIRY\.asc"):
            open_sealed(sealed, key=secret_key(name))
    assert json.loads(gpg("--decrypt", given=expired, key="expired-subkey").stdout)["name"] == TEXT["name"]


def test_a_protected_key_asks_for_its_passphrase():
    sealed = sealed_to("protected")
    with pytest.raises(NeedsPassphrase):
        open_sealed(sealed, key=secret_key("protected"))
    with pytest.raises(CannotOpen, match="not the passphrase"):
        open_sealed(sealed, key=secret_key("protected"), passphrase="another")
    assert open_sealed(sealed, key=secret_key("protected"), passphrase=PASSPHRASE) == TEXT
    assert open_sealed(sealed_to("valid"), key=secret_key(), passphrase="not needed") == TEXT


def test_the_length_of_a_sealed_message_tells_only_its_size_class():
    lengths = {
        letters: {len(sealed_to("valid", "rsa", text={**TEXT, "message": sign * letters})) for sign in ("x", "é", "\n")}
        for letters in (10, 900, 4000)
    }
    assert lengths[10] == lengths[900] and len(lengths[10]) == 1
    assert {len(padded({"message": "x" * letters})) for letters in range(0, 4000, 37)} == {SIZES[0]}


def test_the_longest_inquiry_in_any_script_fits():
    longest = {name: "𐍈" * size for name, size in (("outlet", 200), ("name", 200), ("reach", 300), ("report", 300), ("message", 4000))}
    quoted = {name: '"\\' * (len(text) // 2) for name, text in longest.items()}
    assert [len(padded(each)) in SIZES for each in (longest, quoted)] == [True, True]
    with pytest.raises(ValueError, match="larger"):
        padded({"message": "x" * SIZES[-1]})


def test_nothing_is_sealed_to_nobody():
    with pytest.raises(ValueError, match="nobody"):
        seal(TEXT, certificates=[])


def test_the_text_stands_nowhere_in_what_is_sealed():
    sealed = sealed_to("valid")
    assert not any(value.encode() in sealed for value in TEXT.values())
    assert sealed.startswith(b"-----BEGIN PGP MESSAGE-----")
