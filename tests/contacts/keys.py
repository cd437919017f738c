"""The certificates and secret keys of the tests (made by certificates/make.sh), and gpg to open with what was sealed to them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "certificates"
PASSPHRASE = "three small boats"


def certificate(name: str = "valid") -> str:
    return (FOLDER / f"{name}.asc").read_text()


def secret_key(name: str = "valid") -> bytes:
    return (FOLDER / f"{name}-secret-test-only.asc").read_bytes()


def secret_key_file(name: str = "valid") -> str:
    return str(FOLDER / f"{name}-secret-test-only.asc")


def gpg(*words: str, given: bytes, key: str = "") -> subprocess.CompletedProcess[bytes]:
    """Runs gpg on the given bytes in a keyring of its own, with that secret key in it."""
    if not shutil.which("gpg"):
        pytest.skip("gpg is not installed: apt-get install gnupg")
    home = tempfile.mkdtemp(prefix="gpg-")  # a short path: gpg's agent listens in it
    begin = ("gpg", "--homedir", home, "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", PASSPHRASE)
    try:
        if key:
            subprocess.run([*begin, "--import"], input=secret_key(key), check=True, capture_output=True)
        return subprocess.run([*begin, *words], input=given, capture_output=True, check=False)
    finally:
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)
