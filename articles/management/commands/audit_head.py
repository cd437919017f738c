"""Signed heads of the audit: prints the newest, signs one now, or checks one that was kept elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.audit import heads


class Command(BaseCommand):
    help = "Print the newest signed head of the audit; sign one now; or check one that was kept elsewhere against today's chain (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--sign", action="store_true", help="sign the head as it is now, and print it")
        what.add_argument("--check", metavar="FILE", help="a mail or file with a head; - reads it from the standard input")
        what.add_argument("--public-key", action="store_true", help="print the key that checks this newsroom's heads")
        parser.add_argument("--key", metavar="KEY", help="with --check: the public key as you noted it; default: this newsroom's own")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["public_key"]:
            self.stdout.write(heads.public_key())
        elif options["check"]:
            self._check(_text(options["check"]), key=options["key"] or heads.public_key())
        else:
            row = heads.sign() if options["sign"] else heads.newest()
            if row is None:
                raise CommandError("No head is signed yet: the clock signs one every hour, or use --sign.")
            self.stdout.write(heads.head_of(row).text())

    def _check(self, text: str, *, key: str) -> None:
        try:
            head = heads.read(text)
        except heads.NoHead as error:
            raise CommandError(str(error)) from error
        if not heads.is_signed(head, by=key):
            self.stderr.write(f"The signature is not of the key {key}: this head was changed, or is another newsroom's.")
            sys.exit(1)
        verdict = heads.check(head)
        if not verdict.holds:
            self.stderr.write(f"The head is signed, but the chain breaks at event {verdict.broken_at}: {verdict.why}.")
            sys.exit(1)
        self.stdout.write(f"The head of {head.at} is signed and stands in the chain: event {head.seq} of {verdict.events}.")


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(errors="replace")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
