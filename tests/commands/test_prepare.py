"""What stops a start is a sentence that says what to do: database, folder, keys."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ended(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    """Exit code and last line of a command of a newsroom whose files stand in the folder."""
    kept_back = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "AUDIT_KEY", "MFA_KEY"}
    given = {name: value for name, value in os.environ.items() if name not in kept_back}
    given |= {"NEWSROOM_VAR": str(folder), "NEWSROOM_GENERATE_KEYS": "1", **variables}
    found = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in found.stderr
    return found.returncode, found.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgres:///no_such_newsroom", "CommandError: The database does not answer ("),
        ("postgres://nobody@127.0.0.1:1/x", "CommandError: The database does not answer ("),
        (
            "sqlite:////no/such/folder/x.sqlite3",
            "CommandError: The database does not answer (unable to open database file). Check DATABASE_URL,",
        ),
        ("nonsense", "Newsroom does not start: DATABASE_URL is no address of a database. Write it as postgres://"),
    ],
)
def test_a_database_that_is_not_there_is_a_sentence(address: str, sentence: str, tmp_path: Path) -> None:
    code, said = ended(tmp_path / "var", "serve", "--demo", "--port", "8177", DATABASE_URL=address)

    assert code == 1
    assert said.startswith(sentence)


def test_a_file_that_is_no_database_is_a_sentence_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "newsroom.sqlite3"
    file.write_bytes(b"not a database, but somebody's notes. " * 500)

    code, said = ended(tmp_path, "prepare")

    assert (code, said.startswith("CommandError: The database does not answer (file is not a database).")) == (1, True)
    assert file.read_bytes() == b"not a database, but somebody's notes. " * 500


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")

    code, said = ended(tmp_path / "var", "prepare")

    assert code == 1
    assert said.startswith(f"Newsroom does not start: The keys cannot be written to {tmp_path}/var/keys: ")
    assert said.endswith("Set NEWSROOM_VAR to a folder that you may write to.")


@pytest.mark.long
def test_a_database_that_another_program_keeps_locked_is_a_sentence(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "newsroom.sqlite3", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE theirs (x)")
        other.execute("BEGIN IMMEDIATE")
        code, said = ended(tmp_path, "prepare")

    assert code == 1
    assert said.startswith("CommandError: The database did not take the changes: ")
    assert said.endswith("(database is locked). Is another program writing to it?")
