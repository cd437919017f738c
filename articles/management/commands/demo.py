"""Fills an empty database with the demo newsroom."""

from __future__ import annotations

import shlex
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from articles.demo import newsroom
from articles.demo.scale import add_reports, count_rows

COMMAND = ".venv/bin/python manage.py"
MOST = 2_000_000
MOST_SAID = f"Give a number from 1 to {MOST:,}."


def number_of_reports(text: str) -> int:
    """The number that stands there. Raises what argparse makes a sentence of."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise ArgumentTypeError(f"{text!r} is no number of reports. {MOST_SAID}")
    return int(text)


class Command(BaseCommand):
    help = "Fill an empty database with the demo newsroom, once. Any other database is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="leave a database alone that has something in it, and do not complain")
        parser.add_argument("--new-passwords", action="store_true", help="give the demo's accounts new passwords and print them")
        parser.add_argument("--reports", type=number_of_reports, metavar="N", help="add N generated live reports, for tests of scale")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # a text stream
        try:
            self._fill(console, options)
        except (OperationalError, ProgrammingError) as error:
            reason = (str(error).strip().splitlines() or ["no reason given"])[0]
            raise CommandError(f"The database is not ready ({reason}). Run manage.py prepare first.") from error

    def _fill(self, console: Console, options: dict[str, Any]) -> None:
        if options["reports"] is not None:
            self._scale(options["reports"], console)
        elif options["new_passwords"]:
            self._need_demo()
            self._print(newsroom.make_accounts(), console)
        elif newsroom.is_empty():
            self._build(console)
        elif not options["if_empty"]:
            raise CommandError("This database has a newsroom in it: the demo goes only into an empty one. Nothing was changed.")
        elif newsroom.is_demo():
            console.print(
                f"The demo newsroom is in its place. New passwords for its accounts: {COMMAND} demo --new-passwords", soft_wrap=True
            )

    def _build(self, console: Console) -> None:
        with console.status("Building the demo newsroom …") as status:
            built = newsroom.build(tell=lambda text: status.update(f"Building the demo newsroom: {text} …"))
        self._print(built.passwords, console)
        console.print(
            f"An inquiry waits at the desk for press-officer. Download it there, and open it with the demo's own key:\n"
            f"{COMMAND} open_inquiry --key {shlex.quote(str(built.secret_key))} inquiry-{built.reference}.asc\n",
            soft_wrap=True,
        )

    def _scale(self, number: int, console: Console) -> None:
        if newsroom.is_empty():
            self._build(console)
        self._need_demo()
        done = 0

        def tell(count: int) -> None:
            nonlocal done
            done = count
            progress.update(task, completed=count)

        columns = (TextColumn("Reports"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("reports", total=number)
            try:
                add_reports(number, tell=tell)
            except KeyboardInterrupt:
                raise CommandError(f"Stopped: {done:,} of {number:,} reports were added, and stay.", returncode=130) from None
        count_rows()
        console.print(f"{number:,} reports were added.")

    def _need_demo(self) -> None:
        if not newsroom.is_demo():
            raise CommandError("This is not a demo newsroom: its accounts and reports are left alone.")

    def _print(self, passwords: dict[str, str], console: Console) -> None:
        table = Table("Account", "Password")
        for username, password in passwords.items():
            table.add_row(username, password)
        console.print(table)
        console.print(f"These passwords are stored nowhere: note them. For new ones: {COMMAND} demo --new-passwords\n", soft_wrap=True)
