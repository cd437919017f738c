"""Fills an empty database with the demo newsroom."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from articles.demo import newsroom
from articles.demo.scale import add_reports


class Command(BaseCommand):
    help = "Fill an empty database with the demo newsroom, once. Any other database is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing, and say nothing, in a database that has something in it")
        parser.add_argument("--new-passwords", action="store_true", help="give the demo's accounts new passwords and print them")
        parser.add_argument("--reports", type=int, metavar="N", help="add N generated live reports, for tests of scale")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # a text stream
        if options["reports"] is not None:
            self._scale(options["reports"], console)
        elif options["new_passwords"]:
            self._need_demo()
            self._print(newsroom.make_accounts(), console)
        elif newsroom.is_empty():
            with console.status("Building the demo newsroom …") as status:
                passwords = newsroom.build(tell=lambda text: self._tell(console, status, text))
            self._print(passwords, console)
        elif not options["if_empty"]:
            raise CommandError("This database has a newsroom in it: the demo goes only into an empty one. Nothing was changed.")

    def _scale(self, number: int, console: Console) -> None:
        if not 1 <= number <= 2_000_000:
            raise CommandError("Give a number from 1 to 2,000,000.")
        if newsroom.is_empty():
            newsroom.build()
        self._need_demo()
        columns = (TextColumn("Reports"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("reports", total=number)
            add_reports(number, tell=lambda done: progress.update(task, completed=done))
        console.print(f"{number:,} reports were added.")

    def _need_demo(self) -> None:
        if not newsroom.is_demo():
            raise CommandError("This is not a demo newsroom: its accounts and reports are left alone.")

    def _tell(self, console: Console, status: Any, text: str) -> None:
        if text.startswith("the press officer"):
            console.print(f"To open the waiting inquiry, {text}", soft_wrap=True)
        else:
            status.update(f"Building the demo newsroom: {text} …")

    def _print(self, passwords: dict[str, str], console: Console) -> None:
        table = Table(
            "Account", "Password", title="Accounts of the demo (kept nowhere: note them, or run “manage.py demo --new-passwords”)"
        )
        for username, password in passwords.items():
            table.add_row(username, password)
        console.print(table)
