"""`manage.py open_inquiry`, as on an officer's own computer: a process without the newsroom's keys and database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pysequoia import Cert, encrypt

from articles.contacts.certificates import examine
from articles.inquiries.opening import NO_KEY, OTHER_KEY
from articles.inquiries.sealing import seal
from tests.contacts.keys import certificate, secret_key_file

TEXT = {
    "topic": "facts",
    "outlet": "The Lantern Gazette",
    "name": "Nora \x1b[2J Notreal",
    "reach": "+44 20 7946 0199",
    "deadline": "2026-11-30T11:30:00+00:00",
    "zone": "Europe/London",
    "message": "Who told them?\nName: somebody else \u202e\n«منذ متى؟»",
}
OPENED = """Topic: facts
Outlet: The Lantern Gazette
Name: Nora [2J Notreal
Reach: +44 20 7946 0199
Deadline: 2026-11-30T11:30:00+00:00
Zone: Europe/London

Who told them?
Name: somebody else \n«منذ متى؟»
"""


@pytest.fixture
def inquiry(tmp_path):
    file = tmp_path / "inquiry.asc"
    file.write_bytes(seal(TEXT, certificates=[examine(certificate(name)).sealable for name in ("valid", "protected")]))
    return file


def test_it_opens_without_database_or_keys_and_leaves_nothing_behind(inquiry, tmp_path):
    home = tmp_path / "var"
    bare = {"PATH": os.environ["PATH"], "NEWSROOM_VAR": str(home), "PYTHONUTF8": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    words = [sys.executable, "manage.py", "open_inquiry", "--key", secret_key_file(), str(inquiry)]
    opened = subprocess.run(words, cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert (opened.returncode, opened.stdout, opened.stderr, home.exists()) == (0, OPENED, "", False)


def test_each_refusal_is_a_sentence_and_exit_code_2(inquiry, tmp_path, monkeypatch):
    cut, foreign, note = tmp_path / "cut.asc", tmp_path / "foreign.asc", tmp_path / "note.txt"
    cut.write_bytes(inquiry.read_bytes()[:400])
    foreign.write_bytes(encrypt(b"Dear all", recipients=[Cert.from_bytes(certificate().encode())]))
    note.write_text("no key")
    public = tmp_path / "public.asc"
    public.write_text(certificate())
    cases = {
        (secret_key_file("second"), inquiry): OTHER_KEY,
        (
            secret_key_file(),
            cut,
        ): "The inquiry's file is not whole: fetch it again from the queue. It runs from “BEGIN PGP MESSAGE” to its end.",
        (
            secret_key_file(),
            note,
        ): "The inquiry's file is not whole: fetch it again from the queue. It runs from “BEGIN PGP MESSAGE” to its end.",
        (secret_key_file(), foreign): "The key opens this file, but it holds no inquiry: read it with gpg --decrypt.",
        (note, inquiry): "The key file holds no OpenPGP secret key. Export it with: gpg --armor --export-secret-keys ADDRESS > key.asc",
        (public, inquiry): NO_KEY,
        (tmp_path / "none", inquiry): f"{tmp_path / 'none'} cannot be read: No such file or directory.",
        (secret_key_file(), tmp_path): f"{tmp_path} cannot be read: Is a directory.",
        (secret_key_file("protected"), inquiry): "This is not the passphrase of the key.",
    }
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a wrong guess")
    for (key, file), sentence in cases.items():
        with pytest.raises(CommandError) as refusal:
            call_command("open_inquiry", str(file), key=str(key))
        assert (str(refusal.value), refusal.value.returncode) == (sentence, 2)


def test_it_asks_for_the_passphrase_of_a_protected_key_only(inquiry, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "three small boats")
    call_command("open_inquiry", str(inquiry), key=secret_key_file("protected"))
    call_command("open_inquiry", str(inquiry), key=secret_key_file())
    assert (asked, capsys.readouterr().out) == (["Passphrase of the key: "], OPENED * 2)
