"""manage.py redraw: draws editions again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.editions.redraw import BATCH, redraw
from articles.reports import words
from articles.search import index


class Command(BaseCommand):
    help = "Draws pages, cards and feed items of what is live again. No approval is needed: the texts stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default="", help="Only editions in this language.")
        parser.add_argument("--older", action="store_true", help="Only what was drawn in an older format.")
        parser.add_argument("--after", default="", help="Go on behind this uuid: the one that an interrupted run printed last.")
        parser.add_argument("--search", action="store_true", help="Index what the search finds, and the desk's, again; nothing is drawn.")
        parser.add_argument("--batch", type=int, default=BATCH, help="Editions a transaction.")

    def handle(self, *args: Any, language: str, older: bool, search: bool, after: str, batch: int, **options: Any) -> None:
        if language and language not in dict(settings.LANGUAGES):
            raise CommandError(f"“{language}” is not a language of this site: {', '.join(code for code, _name in settings.LANGUAGES)}.")
        if batch < 1:
            raise CommandError("A batch holds at least one edition.")
        try:
            last = UUID(after) if after else None
        except ValueError:
            raise CommandError(f"“{after}” is not a uuid.") from None
        if search:
            self.index(batch)
            return
        total = 0
        while (done := redraw(batch=batch, after=last, language=language, older_only=older)).last:
            total, last = total + done.count, done.last
            self.stdout.write(f"{total} drawn, the last of them {last}")
        self.stdout.write(f"Done: {total} drawn again.")

    def index(self, batch: int) -> None:
        """All editions anew and all words of the desk; what an interrupted run did not reach is of an older format still, and the clock does it."""
        index.make_older()
        index.ask_for_reindex()
        total = 0
        while done := index.reindex(batch=batch):
            total += done
            self.stdout.write(f"{total} indexed")
        last, desk = 0, 0
        while (found := words.reindex(after=last, batch=batch)).last:
            desk, last = desk + found.count, found.last
        self.stdout.write(f"Done: {total} indexed again for readers, {desk} for the desk.")
