"""Whether an approval needs a second person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.people.machines import COMMAND_LINE, machine
from articles.reports import four_eyes


class Command(BaseCommand):
    help = "Switch the second pair of eyes on or off. Off lets a one-person newsroom approve its own texts; every page of the desk says so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off", "status"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["state"] != "status":
            four_eyes.switch(on=options["state"] == "on", by=machine(COMMAND_LINE))
        if four_eyes.are_off():
            self.stdout.write("Four eyes are off: one person can write and approve. Every page of the desk says so.")
        else:
            self.stdout.write("Four eyes are on: nobody approves what they wrote.")
