"""The demo's command on a demo that stands: new passwords, more reports."""

from __future__ import annotations

import re

import pytest

from articles.demo import newsroom
from articles.editions.models import Edition
from articles.people.models import User
from articles.reports.models import Report
from tests.commands.test_demo import demo_command

pytestmark = pytest.mark.django_db


def test_what_the_command_says_is_all_that_is_needed(demo: newsroom.Built) -> None:
    accounts = sorted(demo.passwords)
    before = {person.username: person.password for person in User.objects.filter(is_machine=False)}

    said = demo_command(new_passwords=True)

    told = dict(re.findall(r"│ ([a-z-]+) +│ ([a-z0-9-]{23}) │", said))
    people = {person.username: person for person in User.objects.filter(is_machine=False)}
    assert sorted(told) == accounts == sorted(people)
    assert [name for name, password in told.items() if not people[name].check_password(password)] == []
    assert [name for name, hashed in before.items() if people[name].password == hashed] == []
    assert "These passwords are stored nowhere: note them. For new ones: .venv/bin/python manage.py demo --new-passwords" in said
    assert "The demo newsroom is in its place." in demo_command(if_empty=True)


def test_reports_are_added_to_a_demo_as_often_as_one_likes(demo: newsroom.Built) -> None:
    before = Edition.objects.count()

    assert [demo_command(reports=number).strip().splitlines()[-1] for number in (30, 12)] == [
        "30 reports were added.",
        "12 reports were added.",
    ]

    assert Edition.objects.count() == before + 42
    assert Report.objects.filter(public_state="live").count() == Edition.objects.count()
    assert not Report.objects.filter(public_state="live").exclude(path__in=Edition.objects.values("path")).exists()
    assert Report.objects.filter(public_state="live", live_hash="").count() == 0
