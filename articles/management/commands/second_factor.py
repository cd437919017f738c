"""The second factor of one account, from the server: for a lost device where no administrator can help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import User
from articles.people.second_factors import REASONS, is_enrolled, reset


class Command(BaseCommand):
    help = "Say whether an account has a second factor, or reset it: removes passkeys, app and recovery codes, ends its sessions. Audited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["reset", "status"])
        parser.add_argument("username")
        parser.add_argument("--reason", choices=list(REASONS), default="lost")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"], is_machine=False).first()
        if person is None:
            raise CommandError("There is no account of that name.")
        if options["what"] == "reset":
            count = reset(person, by=machine(COMMAND_LINE), why=options["reason"])
            self.stdout.write(f"Removed ({count}). {person.username} logs in by password next time, and sets up a new second factor.")
        elif is_enrolled(person):
            self.stdout.write(f"{person.username} has a second factor.")
        else:
            self.stdout.write(f"{person.username} has no second factor.")
