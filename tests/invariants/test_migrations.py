"""The one migration history: forward, backward and forward again, and nothing missing from it."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.fixture
def empty_database(tmp_path):
    """The DATABASE_URL of a new database of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"migrations_{uuid.uuid4().hex}"
    given = {
        key: value for key, value in connection.get_connection_params().items() if key in ("host", "port", "user", "password") and value
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            host = f"?host={given['host']}" if "host" in given else ""
            yield f"postgres:///{name}{host}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.long
def test_the_history_runs_forward_backward_and_forward_again(empty_database, tmp_path):
    def manage(*words):
        environment = {**os.environ, "DATABASE_URL": empty_database, "NEWSROOM_GENERATE_KEYS": "1", "NEWSROOM_VAR": str(tmp_path)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage("seed")
    manage("migrate", "articles", "zero", "--verbosity", "0")
    assert "[X] 0001_initial" not in manage("showmigrations", "articles")
    manage("migrate", "--verbosity", "0")
    manage("seed")
    assert "The chain holds: 0 events." in manage("audit_verify")
