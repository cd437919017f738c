"""Whether an approval needs a second person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from articles.audit.chain import record
from articles.people.machines import COMMAND_LINE, machine
from articles.reports.models import ApprovalRule


class Command(BaseCommand):
    help = "Switch the second pair of eyes on or off. Off lets a one-person newsroom approve its own texts; every page of the desk says so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off", "status"])

    def handle(self, *args: Any, **options: Any) -> None:
        alone = ApprovalRule.objects.get(code=ApprovalRule.ALONE)
        wanted = {"on": False, "off": True, "status": alone.in_force}[options["state"]]
        if wanted != alone.in_force:
            with transaction.atomic():
                ApprovalRule.objects.filter(code=ApprovalRule.ALONE).update(in_force=wanted)
                record(by=machine(COMMAND_LINE), verb=f"four_eyes_{options['state']}", target="approval-rule:alone")
        if wanted:
            self.stdout.write("Four eyes are off: one person can write and approve. Every page of the desk says so.")
        else:
            self.stdout.write("Four eyes are on: nobody approves what they wrote.")
