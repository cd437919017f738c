"""Proves the audit's chain and those of the revisions, or names what breaks them first."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.audit.chain import verify
from articles.reports.revisions import all_broken


class Command(BaseCommand):
    help = "Prove the audit's chain and that of each report's revisions, or name the first of each that breaks it (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", metavar="SEQ:DIGEST", help="an event that was noted elsewhere, to show a tail cut off")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(_anchor(options["anchor"]))
        if verdict.holds:
            self.stdout.write(f"The chain holds: {verdict.events} events. Head: {verdict.events}:{verdict.head}")
        else:
            self.stderr.write(f"The chain breaks at event {verdict.broken_at}: {verdict.why}. {verdict.events} events before it hold.")
        broken = list(all_broken())
        for report, number in broken:
            self.stderr.write(f"The revisions of {report} break at number {number}: it was changed, or does not follow the one before it.")
        if not broken:
            self.stdout.write("The revisions of every report hold.")
        if broken or not verdict.holds:
            sys.exit(1)


def _anchor(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    seq, _colon, digest = text.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise CommandError("An anchor looks like 120:9f86d081…, as this command prints it.")
    return int(seq), digest
