"""Brings database and static files up to the code: migrations, cache table, seeds, collected files. Skips what has not changed."""

from __future__ import annotations

import hashlib
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from articles.editions import redraw
from articles.search import index

SOURCES = ["requirements.txt", "newsroom", "articles", "static", "templates", "locale"]
MARK = "prepared"


class Command(BaseCommand):
    help = "Brings database and static files up to the code: migrate, createcachetable, seed, collectstatic. Run it after every update."
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="do all of it, changed or not")

    def handle(self, *, anew: bool, **_options: Any) -> None:
        os.umask(0o077)  # the database is its owner's alone; collected files have modes of their own
        try:
            self.prepare(anew=anew)
        except (OperationalError, MigrationSchemaMissing) as error:
            raise CommandError(f"The database did not take the changes: {first_line(error)}. Is another program writing to it?") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename} cannot be written: {error.strerror}. All that is kept stands in {settings.VAR}."
            ) from error

    def prepare(self, *, anew: bool) -> None:
        """Does what has to be done. Raises OperationalError and OSError as they come."""
        settings.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_writable()
        mark = settings.VAR / MARK
        now = fingerprint()
        migrations = pending_migrations()
        if not anew and not migrations and collected() and mark.exists() and mark.read_text() == now:
            return
        mark.unlink(missing_ok=True)
        if migrations:
            self.stdout.write(f"Bringing the database up to date ({migrations} migrations) …")
        self.check()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("seed", verbosity=0)
        if redraw.ask_for_older():
            self.stdout.write(
                "What is live was drawn by an older version: the clock draws it again (or `manage.py redraw --older`, at once)."
            )
        if index.ask_for_reindex():
            self.stdout.write(
                "The search's index is of an older kind: the clock brings it up to date (or `manage.py redraw --search`, at once)."
            )
        mark.write_text(now)


def check_writable() -> None:
    """Raises CommandError when this user may not write the SQLite database: a server could start on it, and nothing could be saved."""
    if connection.vendor != "sqlite":
        return
    path = Path(str(settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"]))
    for each in (path.parent, path):
        if each.exists() and not os.access(each, os.W_OK):
            raise CommandError(
                f"{each} may not be written by this user, and the database stands there. Run as its owner, or set NEWSROOM_VAR."
            )


def fingerprint() -> str:
    """The code, the files and the database that were prepared, as one hash."""
    database = settings.DATABASES[DEFAULT_DB_ALIAS]
    total = hashlib.sha256(repr([database["ENGINE"], str(database["NAME"]), database["HOST"], settings.MAIN_LANGUAGE]).encode())
    for source in SOURCES:
        base = Path(settings.BASE_DIR, source)
        for path in sorted(base.rglob("*")) if base.is_dir() else [base]:
            if path.is_file() and path.suffix != ".pyc":
                total.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def pending_migrations() -> int:
    """How many migrations the database lacks. Raises CommandError when it does not answer."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        msg = f"The database does not answer ({first_line(error)}). Check DATABASE_URL, and that its server runs."
        raise CommandError(msg) from error
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def collected() -> bool:
    """Whether the static files were collected and still stand."""
    return Path(settings.STATIC_ROOT, "staticfiles.json").exists()
