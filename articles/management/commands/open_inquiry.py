"""Opens a sealed inquiry on the officer's own computer, without database or network."""

from __future__ import annotations

import getpass
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.inquiries.opening import CannotOpen, NeedsPassphrase, open_sealed

ORDER = ("topic", "outlet", "name", "reach", "deadline", "zone", "language", "region", "report")
LARGEST_BYTES = 5_000_000
COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would command a terminal, or turn the order of the words on it."""


class Command(BaseCommand):
    help = "Open a sealed inquiry (.asc) with your secret key. Run it on your own computer, never on the server. Asks for the passphrase of a protected key."
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", required=True, metavar="FILE", help="your secret key, in armour")
        parser.add_argument("inquiry", metavar="INQUIRY.asc")

    def handle(self, *args: Any, **options: Any) -> None:
        key, sealed = _read(options["key"]), _read(options["inquiry"])
        try:
            try:
                text = open_sealed(sealed, key=key)
            except NeedsPassphrase:
                text = open_sealed(sealed, key=key, passphrase=_ask())
        except CannotOpen as error:
            raise CommandError(str(error), returncode=2) from error
        message = text.pop("message", "")
        for name in [*(each for each in ORDER if each in text), *(each for each in text if each not in ORDER)]:
            self.stdout.write(f"{name.capitalize()}: {_safe(text[name])}")
        self.stdout.write(f"\n{_safe(message)}")  # last: no line of it can pass for another field


def _ask() -> str:
    try:
        return getpass.getpass("Passphrase of the key: ")
    except (EOFError, KeyboardInterrupt) as error:
        raise CommandError("The key is protected, and no passphrase was given.", returncode=2) from error


def _read(name: str) -> bytes:
    try:
        content = Path(name).read_bytes() if name != "-" else sys.stdin.buffer.read()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from error
    if len(content) > LARGEST_BYTES:
        raise CommandError(f"{name} is larger than any inquiry or key: is it the right file?", returncode=2)
    return content


def _safe(text: Any) -> str:
    """Without what would command the terminal."""
    return COMMANDS.sub("", str(text))
