"""Makes an account of the desk and prints its password once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.people.accounts import add_account
from articles.people.machines import COMMAND_LINE, machine
from articles.people.roles import ROLES


class Command(BaseCommand):
    help = "Make an account with a role: the first administrator, who makes the others at the desk. Prints its password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", action="append", choices=sorted(ROLES), required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person, password = add_account(options["username"], roles=options["role"], by=machine(COMMAND_LINE))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(
            f"{person.username}: {password}\nThe password is stored nowhere: note it. The first log-in sets up a second factor."
        )
