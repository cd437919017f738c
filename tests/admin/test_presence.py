"""Who else writes: told to those who may read the report, noted of those who may write it, gone by itself, in nobody's way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.reports.models import Report
from articles.reports.presence import Presence
from articles.workflow.presence import MOST_PAGES, beat, close_page, open_page, purge_presence, writers
from newsroom import clock
from tests import factories

pytestmark = pytest.mark.django_db


def change(report):
    return reverse("admin:articles_report_change", args=[report.pk])


def at(report):
    return reverse("admin:articles_report_presence", args=[report.pk])


def told(client, report, page="b-page", **more):
    answer = client.post(at(report), {"page_key": page, **more})
    return answer.json()["writers"] if answer.status_code == 200 else answer.status_code


def test_an_open_form_is_told_to_the_next_who_opens_it_with_and_without_a_script(as_user, reporter, editor):
    report = factories.draft(reporter)
    as_user(reporter).get(change(report))
    since = f"{Presence.objects.get().since:%H:%M}"

    sentence = f"Being edited by \u2068reporter\u2069 since {since} UTC."
    answer = as_user(editor).get(change(report))
    assert sentence in answer.text
    assert told(as_user(editor), report, answer.context["page_key"]) == [sentence]
    assert "Being edited by \u2068reporter" not in as_user(reporter).get(change(report)).text


def test_names_are_told_to_those_alone_who_may_open_the_report(as_user, reporter, second_reporter, stranger, auditor):
    report = factories.draft(reporter)
    as_user(reporter).get(change(report))
    before = list(Presence.objects.values())

    assert [told(as_user(person), report) for person in (second_reporter, stranger)] == [404, 404]
    assert "reporter" in told(as_user(auditor), report)[0]
    as_user(auditor).get(change(report))
    assert list(Presence.objects.values()) == before  # who may only read is told, and not noted


def test_a_page_goes_when_it_says_so_or_says_nothing_any_more(reporter, editor):
    report, now = factories.draft(reporter), timezone.now()
    beat(report, by=reporter, page="a", at=now)
    ask = {"by": editor, "page": "b"}
    assert [each.person for each in writers(report, **ask, at=now + dt.timedelta(seconds=89))] == [reporter]
    assert writers(report, **ask, at=now + dt.timedelta(seconds=90)) == []

    beat(report, by=reporter, page="a", at=now + dt.timedelta(seconds=60))
    close_page(report, by=reporter, page="another")
    assert [each.since for each in writers(report, **ask, at=now + dt.timedelta(seconds=100))] == [now]
    close_page(report, by=reporter, page="a")
    assert writers(report, **ask, at=now) == []


def test_a_page_without_a_script_counts_for_a_while_and_the_next_goes_on_with_its_time(reporter, editor):
    report, now = factories.draft(reporter), timezone.now()
    open_page(report, by=reporter, page="a", at=now)
    open_page(report, by=reporter, page="b", at=now + dt.timedelta(minutes=10))

    assert [each.since for each in writers(report, by=editor, at=now + dt.timedelta(minutes=20))] == [now]
    assert writers(report, by=reporter, at=now) == []
    assert [str(each) for each in writers(report, by=reporter, page="b", at=now)] == [
        f"You have it open in another window too, since {now:%H:%M} UTC."
    ]
    assert purge_presence(at=now + dt.timedelta(minutes=15)) == 1
    clock.tick(at=now + dt.timedelta(hours=1))
    assert Presence.objects.count() == 0


def test_who_was_deactivated_writes_nowhere(reporter, editor):
    report = factories.draft(reporter)
    open_page(report, by=reporter, page="a")
    reporter.is_active = False
    reporter.save()

    assert writers(report, by=editor) == []


def test_presence_is_no_act_and_changes_nothing_of_the_report(as_user, reporter):
    report = factories.draft(reporter)
    before = list(Report.objects.values()), AuditEvent.objects.count()
    client = as_user(reporter)
    assert (told(client, report), told(client, report, gone="1")) == ([], 204)

    assert (list(Report.objects.values()), AuditEvent.objects.count()) == before
    assert Presence.objects.count() == 0


def test_a_forged_beat_is_refused_and_nothing_is_written(as_user, reporter, settings):
    report, client = factories.draft(reporter), as_user(reporter)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter, backend=settings.AUTHENTICATION_BACKENDS[0])

    assert [told(client, report, page=page) for page in ("", "<b>", "x" * 41)] == [400] * 3
    assert (told(strict, report), client.get(at(report)).status_code) == (403, 405)
    assert client.post(at(report).replace(str(report.pk), str(report.pk + 1)), {"page_key": "a"}).status_code == 404
    assert Presence.objects.count() == 0
    for number in range(MOST_PAGES + 5):
        told(client, report, page=f"page-{number}")
    assert Presence.objects.count() == MOST_PAGES


def test_the_address_is_kept_nowhere_and_counts_as_idle(as_user, reporter):
    report = factories.draft(reporter)
    answer = as_user(reporter).post(at(report), {"page_key": "a"})

    assert "no-store" in answer.headers["Cache-Control"]
    assert resolve(at(report)).func.counts_as_idle is True
    assert not hasattr(resolve(change(report)).func, "counts_as_idle")


def test_a_row_that_ends_before_it_began_cannot_be_written(reporter):
    report, now = factories.draft(reporter), timezone.now()
    row = "INSERT INTO articles_presence (report_id, person_id, page, since, until) VALUES (%s, %s, 'a', %s, %s)"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(row, [report.pk, reporter.pk, now, now])
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("others", [1, 3])
def test_a_beat_costs_the_same_however_many_write(as_user, cast, reporter, others, django_assert_num_queries):
    report, client = factories.draft(reporter), as_user(reporter)
    for number in range(others):
        open_page(report, by=cast(f"editor-{number}", "editor"), page="a")
    told(client, report)
    with django_assert_num_queries(7):
        assert len(told(client, report)) == others
