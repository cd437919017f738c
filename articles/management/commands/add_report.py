"""Makes a draft of a text in a file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import User
from articles.reports.models import Report
from articles.reports.paste import Recognised
from articles.taxonomy.models import Region
from articles.taxonomy.names import named
from articles.text.pasted import MAX_BYTES, NotText, decode
from articles.workflow.actions import create
from articles.workflow.pasting import draft_fields, recognise_here
from articles.workflow.refusals import Refused

OPTIONS = {"dateline_on": "date", "region": "region", "headline": "headline", "language": "language"}


class Command(BaseCommand):
    help = (
        "Make a draft of a report in a file (plain text or HTML; “-” reads standard input). What is uncertain stays empty, is printed, "
        "and can be given. Exit 0 with a draft; 2 with nothing written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--date", help="the date of the dateline, as 2023-10-18")
        parser.add_argument("--region", help="a region by name, slug or ISO code")
        parser.add_argument("--place", help="the place of the dateline")
        parser.add_argument("--source", help="the source in the dateline")
        parser.add_argument("--headline")
        parser.add_argument("--by", metavar="USERNAME", help="whose draft it is; without it, the user “command line”")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = recognise_here(decode(_read(options["file"])))
        except NotText as error:
            raise CommandError(str(error), returncode=2) from error
        _apply(found, options)
        by = _person(options["by"])
        if found.other_language:
            languages = ", ".join(code for code, _name in settings.LANGUAGES)
            raise CommandError(
                f"The text is in none of the site's languages ({languages}), or cannot be told: give --language.", returncode=2
            )
        try:
            report = create(by=by, language=found.language or settings.MAIN_LANGUAGE, **draft_fields(found))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self._tell(found, report)

    def _tell(self, found: Recognised, report: Report) -> None:
        lines = [
            ("Language", report.language if found.language else f"{report.language} (the main language)"),
            ("Headline", found.headline),
            ("Date", found.dateline_on),
            ("Place", found.place),
            ("Region", f"{found.region} ({found.region.iso_alpha2 or found.region.un_m49})" if found.region else ""),
            ("Source", found.source),
            ("Paragraphs", found.paragraphs),
            ("Contact", f"{report.contact} (proposed)" if report.contact else ""),
            ("Dateline", f"“{found.line}”" if found.line else ""),
        ]
        for label, value in lines:
            self.stdout.write(f"{label:<11} {value or '–'}")
        for line in found.dropped:
            self.stdout.write(f"Left out    {line[:100]}")
        for name, sentence in found.unsure.items():
            option = f" (--{OPTIONS[name]})" if name in OPTIONS else ""
            self.stdout.write(self.style.WARNING(f"Unsure      {sentence}{option}"))
        self.stdout.write(f"Draft {report.uuid}: {settings.SITE_URL}/desk/articles/report/{report.pk}/change/")


def _apply(found: Recognised, options: dict[str, Any]) -> None:
    """What the caller gives wins over what was recognised."""
    if options["language"]:
        found.language, found.other_language = options["language"], ""
        found.unsure.pop("language", None)
    if options["date"] is not None:
        try:
            found.dateline_on = dt.date.fromisoformat(options["date"])
        except ValueError as error:
            raise CommandError(f"“{options['date']}” is not a date: write it as 2023-10-18.", returncode=2) from error
        found.unsure.pop("dateline_on", None)
    if options["region"] is not None:
        regions = list(Region.objects.filter(slug=options["region"])) or named(options["region"])
        if len(regions) != 1:
            raise CommandError(f"“{options['region']}” names {len(regions) or 'no'} regions: give its ISO code or its slug.", returncode=2)
        found.regions = regions
        found.unsure.pop("region", None)
    for name, attribute in (("place", "place"), ("source", "source"), ("headline", "headline")):
        if options[name]:
            setattr(found, attribute, options[name])
            found.unsure.pop(name, None)


def _person(username: str | None) -> User:
    if username is None:
        return machine(COMMAND_LINE)
    person = User.objects.filter(username=username, is_active=True, is_machine=False).first()
    if person is None:
        raise CommandError(f"There is no active account “{username}”.", returncode=2)
    return person


def _read(name: str) -> bytes:
    """The file's bytes, one more than allowed at most: a larger file is refused without being read."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from error
