"""The start without its values is one sentence; keys are made once, whole, and for their owner alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import keys, languages

ROOT = Path(__file__).resolve().parent.parent
LONG = "k" * 40


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return {**kept, "NEWSROOM_VAR": str(var), **more}


def run(*words: str, var: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=environment(var, **more), capture_output=True, text=True, timeout=60)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", keys.GENERATE):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "words",
    [
        ["manage.py", "check"],
        ["manage.py", "serve"],
        ["manage.py", "clock"],
        ["-m", "gunicorn", "-c", "python:newsroom.server", "newsroom.wsgi"],
    ],
    ids=["check", "serve", "clock", "gunicorn"],
)
def test_the_start_without_keys_stops_with_a_sentence_and_makes_nothing(tmp_path: Path, words: list[str]) -> None:
    ended = run(*words, var=tmp_path / "var", BIND="127.0.0.1:0")

    assert ended.returncode != 0
    assert "SECRET_KEY is missing. Run `make run` once" in ended.stderr
    assert "secrets.token_urlsafe(48)" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("missing", ["AUDIT_KEY", "MFA_KEY"])
def test_each_missing_key_is_named(tmp_path: Path, missing: str) -> None:
    others = {name: LONG for name in ("SECRET_KEY", "AUDIT_KEY", "MFA_KEY") if name != missing}

    ended = run("manage.py", "check", var=tmp_path, **others)

    assert ended.returncode == 1
    assert f"{missing} is missing" in ended.stderr


def test_a_value_from_the_environment_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", LONG)
    monkeypatch.setenv(keys.GENERATE, "1")

    assert keys.secret("SECRET_KEY", directory=tmp_path / "keys") == LONG
    assert not (tmp_path / "keys").exists()


def test_a_named_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "credential").write_text(f"{LONG}\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "credential"))

    assert keys.secret("SECRET_KEY", directory=tmp_path / "keys") == LONG


def test_a_named_file_that_is_not_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "credential"))
    monkeypatch.setenv(keys.GENERATE, "1")

    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY cannot be read from .*credential: No such file"):
        keys.secret("SECRET_KEY", directory=tmp_path / "keys")
    assert list(tmp_path.iterdir()) == []


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.GENERATE, "1")
    first = keys.secret("SECRET_KEY", directory=tmp_path / "var" / "keys")
    monkeypatch.delenv(keys.GENERATE)

    assert keys.secret("SECRET_KEY", directory=tmp_path / "var" / "keys") == first
    assert len(first) == 64
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "var" / "keys").iterdir()] == [("secret_key", 0o600)]
    assert [folder.stat().st_mode & 0o777 for folder in (tmp_path / "var" / "keys", tmp_path / "var")] == [0o700, 0o700]


def test_of_many_first_starts_one_key_counts(tmp_path: Path) -> None:
    words = [
        "-c",
        f"from pathlib import Path; from newsroom import keys; print(keys.secret('SECRET_KEY', directory=Path({str(tmp_path)!r}) / 'k'))",
    ]

    with ThreadPoolExecutor(6) as pool:
        ended = list(pool.map(lambda _: run(*words, var=tmp_path, NEWSROOM_GENERATE_KEYS="1"), range(6)))

    assert {(one.returncode, one.stdout.strip(), one.stderr) for one in ended} == {(0, (tmp_path / "k" / "secret_key").read_text(), "")}
    assert [path.name for path in (tmp_path / "k").iterdir()] == ["secret_key"]


def test_a_key_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(LONG)
    (tmp_path / "secret_key").chmod(0o644)

    with pytest.raises(ImproperlyConfigured, match=r"open to other users of this machine. Close it: chmod 600"):
        keys.secret("SECRET_KEY", directory=tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("value", ["secret", "k" * 31])
def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY has fewer than 32 characters"):
        keys.secret("SECRET_KEY", directory=tmp_path)


def test_the_example_names_every_variable_that_is_read() -> None:
    code = "".join((ROOT / "newsroom" / file).read_text() for file in ("settings.py", "server.py"))
    read = set(re.findall(r"(?:env\.\w+|environ\.get|keys\.secret)\(\s*\"([A-Z_]+)\"", code))
    named = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert named == read


@pytest.mark.parametrize("database", ["sqlite:////tmp/never-opened.sqlite3", "postgres:///never_opened"])
def test_nothing_is_to_be_said_against_a_deployment(tmp_path: Path, database: str) -> None:
    given = {name: f"{name}{LONG}{LONG}" for name in ("SECRET_KEY", "AUDIT_KEY", "MFA_KEY")}
    site = {"SITE_URL": "https://news.example", "ALLOWED_HOSTS": "news.example", "DATABASE_URL": database}

    ended = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", var=tmp_path, **given, **site)

    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "System check identified no issues (3 silenced).\n")


def test_the_main_language_is_always_among_the_languages_and_others_bear_their_own_name() -> None:
    assert [(code, str(name)) for code, name in languages.offered(["es", " AR", "zh_Hans", "es", "pt"], main="en")] == [
        ("en", "English"), ("es", "Spanish"), ("ar", "Arabic"), ("zh-hans", "Simplified Chinese"), ("pt", "português"),
    ]  # fmt: skip


def test_a_language_that_does_not_exist_is_refused_with_a_sentence() -> None:
    with pytest.raises(ImproperlyConfigured, match="LANGUAGES names “klingon-1”, which is no language's code"):
        languages.offered(["en", "klingon-1"], main="en")
