"""Where the demo may be built, what stays when it is interrupted, and what its command says."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles.audit.models import AuditEvent
from articles.demo import newsroom
from articles.demo.models import DemoMark
from articles.editions.models import Edition
from articles.people.models import User
from articles.reports.models import Report
from tests import factories

pytestmark = pytest.mark.django_db


def demo_command(*words: str, **options: Any) -> str:
    said = io.StringIO()
    call_command("demo", *words, stdout=said, **options)
    return said.getvalue()


def stands() -> dict[str, Any]:
    """What a refusal must leave as it was."""
    people = User.objects.order_by("pk").values_list("username", "password")
    return json.loads(
        json.dumps(
            {
                "people": list(map(list, people)),
                "reports": Report.objects.count(),
                "audit": AuditEvent.objects.count(),
                "mark": DemoMark.objects.count(),
            }
        )
    )


def test_an_interrupted_build_leaves_an_empty_database_and_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before, heard = stands(), []

    def tell(text: str) -> None:
        heard.append(text)
        if text.startswith("reports 2/"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        newsroom.build(tell=tell)

    assert heard[-1].startswith("reports 2/")
    assert stands() == before
    assert (newsroom.is_empty(), newsroom.is_demo(), Edition.objects.count()) == (True, False, 0)
    assert (Path(settings.VAR) / "demo" / "press-desk-secret-key.asc").stat().st_mode & 0o777 == 0o600


def test_the_demo_goes_only_into_an_empty_database(reporter: User) -> None:
    factories.draft(reporter)
    before = stands()

    with pytest.raises(CommandError, match=r"the demo goes only into an empty one. Nothing was changed."):
        demo_command()
    assert demo_command(if_empty=True) == ""
    for asked in ({"new_passwords": True}, {"reports": 5}):
        with pytest.raises(CommandError, match=r"This is not a demo newsroom: its accounts and reports are left alone."):
            demo_command(**asked)

    assert stands() == before


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "٣", "2000001", ""])
def test_a_number_of_reports_that_is_none_is_a_sentence(number: str) -> None:
    before = stands()

    with pytest.raises(CommandError, match=rf"{re.escape(repr(number))} is no number of reports. Give a number from 1 to 2,000,000."):
        demo_command(f"--reports={number}")

    assert stands() == before


def test_a_database_that_is_not_prepared_is_a_sentence() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_report RENAME TO articles_report_elsewhere")
    try:
        with pytest.raises(CommandError, match=r"The database is not ready \(.*articles_report.*\). Run manage.py prepare first."):
            demo_command()
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE articles_report_elsewhere RENAME TO articles_report")
