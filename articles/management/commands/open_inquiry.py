"""Opens a sealed inquiry on the officer's own computer, without database or network."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.inquiries.opening import CannotOpen, open_sealed

ORDER = ("topic", "outlet", "name", "reach", "deadline", "zone", "language", "region", "report", "message")


class Command(BaseCommand):
    help = "Open a sealed inquiry (.asc) with your secret key. Run it on your own computer, never on the server."
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", required=True, metavar="FILE", help="your secret key, in armour")
        parser.add_argument("--passphrase", action="store_true", help="ask for the key's passphrase")
        parser.add_argument("inquiry", metavar="INQUIRY.asc")

    def handle(self, *args: Any, **options: Any) -> None:
        key, sealed = _read(options["key"]), _read(options["inquiry"])
        passphrase = getpass.getpass("Passphrase of the key: ") if options["passphrase"] else None
        try:
            text = open_sealed(sealed, key=key, passphrase=passphrase)
        except CannotOpen as error:
            raise CommandError(str(error), returncode=2) from error
        for name in [*(each for each in ORDER if each in text), *(each for each in text if each not in ORDER)]:
            self.stdout.write(f"{name.capitalize()}: {_safe(text[name])}")


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes() if name != "-" else sys.stdin.buffer.read()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from error


def _safe(text: str) -> str:
    """Without characters that would command the terminal."""
    return "".join(char for char in str(text) if char.isprintable() or char in "\n\t")
