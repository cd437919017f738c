"""Archives of two sizes to measure: demo newsrooms in a temporary folder, on SQLite or in PostgreSQL databases made for the purpose."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


class Archive:
    """A newsroom of its own: a folder, a database, the environment that names both."""

    def __init__(self, folder: Path, *, size: int, root: Path, server: str) -> None:
        self.folder, self.size, self.root, self.server = folder, size, root, server
        self.database = f"newsroom_bench_{os.getpid()}_{folder.name}"
        kept_back = {"DATABASE_URL", "REDIS_URL", "ONION_URL", "DJANGO_SETTINGS_MODULE", "NEWSROOM_TEST_FOLDER", "DEBUG"}
        self.variables = {name: value for name, value in os.environ.items() if name not in kept_back}
        self.variables |= {"NEWSROOM_VAR": str(folder), "NEWSROOM_GENERATE_KEYS": "1", "SITE_URL": "http://localhost:8000"}
        if server:
            self.variables["DATABASE_URL"] = address_of(server, self.database)

    def found(self) -> None:
        """An empty database."""
        if self.server:
            self._on_the_server("CREATE DATABASE {}", self.database)

    def make(self) -> None:
        """A prepared newsroom with its demo."""
        self.found()
        self.manage("prepare")
        self.manage("demo")

    def copy_of(self, other: Archive) -> None:
        """The other's files and database, as they are now."""
        shutil.copytree(other.folder, self.folder, ignore=shutil.ignore_patterns("*.sqlite3*"))
        if self.server:
            self._on_the_server("CREATE DATABASE {} TEMPLATE {}", self.database, other.database)
            return
        name = "newsroom.sqlite3"
        with closing(sqlite3.connect(other.folder / name)) as source, closing(sqlite3.connect(self.folder / name)) as target:
            source.backup(target)

    def add(self, number: int) -> float:
        """Adds that many reports; returns the seconds it took."""
        began = time.monotonic()
        self.manage("demo", "--reports", str(number))
        return time.monotonic() - began

    def manage(self, *words: str) -> None:
        """A command of the newsroom, quiet unless it fails."""
        ended = subprocess.run([sys.executable, "manage.py", *words], cwd=self.root, env=self.variables, capture_output=True, text=True)
        if ended.returncode:
            raise SystemExit(f"manage.py {' '.join(words)} failed:\n{ended.stdout}{ended.stderr}")

    def backends(self) -> list[int]:
        """The database server's processes that work for this archive; none on SQLite, or when they run on another machine."""
        if not self.server:
            return []
        with psycopg.connect(address_of(self.server, "postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self.database]).fetchall()
        return [pid for (pid,) in found if Path(f"/proc/{pid}/task/{pid}/schedstat").exists()]

    def remove(self) -> None:
        """Drops the database that was made; the folder goes with the run."""
        if self.server:
            with suppress(psycopg.Error):
                self._on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.database)

    def _on_the_server(self, statement: str, *names: str) -> None:
        with psycopg.connect(address_of(self.server, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def server_of(variables: Mapping[str, str]) -> str:
    """DATABASE_URL when it names a PostgreSQL server; "" for SQLite."""
    address = variables.get("DATABASE_URL", "")
    return address if address.startswith(("postgres://", "postgresql://")) else ""


def address_of(server: str, database: str) -> str:
    """The server's address with another database in it."""
    parts = urlsplit(server)
    return f"{parts.scheme}://{parts.netloc}/{database}" + (f"?{parts.query}" if parts.query else "")
