"""Who is told of an act, by which channel, in its transaction and at what cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.notices import posting
from articles.notices.models import ALWAYS, Event, Muted, Notice, NoticeMail, NoticeRule, Reminder
from articles.notices.seeds import STANDARD
from articles.people import roles
from articles.reports.models import Report
from articles.workflow import actions, publication, telling
from articles.workflow.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def told():
    """(event, person, whether by mail) of all that was told, in order."""
    rows = [(row.pk, row.event, row.person.username, False) for row in Notice.objects.select_related("person").order_by("pk")]
    rows += [(row.pk, row.event, row.person.username, True) for row in NoticeMail.objects.select_related("person").order_by("pk")]
    return [row[1:] for row in sorted(rows, key=lambda row: (row[3], row[0]))]


def desk():
    return [(event, person) for event, person, mailed in told() if not mailed]


def with_mail(*people):
    for person in people:
        person.email = f"{person.username}@example.org"
        person.save(update_fields=["email"])


def test_each_step_tells_who_comes_next_and_never_who_took_it(reporter, editor, second_editor, publisher, stranger):
    report = factories.draft(reporter, assigned_to=None)
    report = actions.submit(report, by=reporter)
    report = actions.request_changes(report, by=editor, comment="Name the river.")
    report = actions.save(report, by=second_editor, headline="A river rises", assigned_to=reporter)
    report = actions.submit(report, by=reporter)
    report = actions.approve(report, by=editor)
    publication.publish(report, by=publisher)
    publication.take_down(Report.objects.get(), by=editor, reason="A source is in danger.")

    assert desk() == [
        ("submitted", "editor"),
        ("submitted", "second-editor"),
        ("changes_requested", "reporter"),
        ("assigned", "reporter"),
        ("submitted", "editor"),
        ("submitted", "second-editor"),
        ("approved", "reporter"),
        ("approved", "second-editor"),  # wrote in it
        ("approved", "publisher"),
        ("published", "reporter"),
        ("published", "second-editor"),
        ("taken_down", "second-editor"),
        ("taken_down", "publisher"),
    ]
    assert NoticeMail.objects.count() == 0  # nobody has an address


def test_who_may_not_open_the_report_is_not_told(reporter, second_reporter, translator, editor):
    NoticeRule.objects.create(event="submitted", receiver="person", person=second_reporter, channel="desk")
    NoticeRule.objects.create(event="submitted", receiver="person", person=translator, channel="desk")

    actions.submit(factories.draft(reporter), by=reporter)
    assert desk() == [("submitted", "editor")]
    Notice.objects.all().delete()
    report = factories.draft(reporter, headline="Another", assigned_to=second_reporter)
    Notice.objects.all().delete()
    actions.submit(report, by=reporter)

    assert desk() == [("submitted", "second-reporter"), ("submitted", "editor")]


def test_an_act_that_is_refused_or_undone_tells_nobody(reporter, editor):
    report = factories.draft(reporter, headline="")
    with pytest.raises(Refused):
        actions.submit(report, by=reporter)
    whole = factories.draft(reporter, headline="Whole")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.submit(whole, by=reporter)
        raise ZeroDivisionError

    assert (told(), Notice.objects.count(), NoticeMail.objects.count()) == ([], 0, 0)


def test_mail_goes_to_who_has_an_address_and_has_not_muted_it(reporter, editor, second_editor, publisher):
    with_mail(editor, second_editor)
    Muted.objects.create(person=second_editor, event="submitted")
    Muted.objects.create(person=second_editor, event="taken_down")

    actions.submit(factories.draft(reporter), by=reporter)
    report = factories.live(reporter, editor, publisher, headline="Live")
    NoticeMail.objects.all().delete()
    publication.take_down(report, by=editor, reason="A source is in danger.")

    assert "taken_down" in ALWAYS
    assert list(NoticeMail.objects.values_list("event", "person__username")) == [("taken_down", "second-editor")]


def test_a_muted_event_is_still_on_the_desk(reporter, editor):
    with_mail(editor)
    Muted.objects.create(person=editor, event="submitted")

    actions.submit(factories.draft(reporter), by=reporter)

    assert told() == [("submitted", "editor", False)]


def test_telling_thirty_costs_no_statement_more_than_telling_one(cast, reporter, editor):
    with_mail(editor)
    first, second = factories.draft(reporter), factories.draft(reporter, headline="Second")
    with CaptureQueriesContext(connection) as one, transaction.atomic():
        telling.tell(first, Event.SUBMITTED, by=reporter)
    for number in range(29):
        with_mail(cast(f"editor-{number}", roles.EDITOR))
    with CaptureQueriesContext(connection) as thirty, transaction.atomic():
        telling.tell(second, Event.SUBMITTED, by=reporter)

    assert len(one) == len(thirty) <= 13
    assert NoticeMail.objects.count() == 31


def test_due_reports_are_told_of_once_for_each_due_time(reporter, second_reporter, editor):
    now = timezone.now()
    report = factories.draft(editor, due_at=now + dt.timedelta(hours=30), assigned_to=reporter)
    factories.draft(editor, headline="Long ago", due_at=now - dt.timedelta(days=40), assigned_to=reporter)
    factories.approved(reporter, editor, headline="Done", due_at=now + dt.timedelta(hours=3))
    Notice.objects.all().delete()

    assert telling.remind(at=now) == 0
    assert (telling.remind(at=now + dt.timedelta(hours=8)), telling.remind(at=now + dt.timedelta(hours=9))) == (1, 0)
    assert (telling.remind(at=now + dt.timedelta(hours=31)), telling.remind(at=now + dt.timedelta(hours=32))) == (1, 0)
    actions.save(report, by=editor, due_at=now + dt.timedelta(days=3))
    assert telling.remind(at=now + dt.timedelta(days=2, hours=1)) == 1

    assert desk() == [("due_soon", "reporter"), ("overdue", "reporter"), ("overdue", "editor"), ("due_soon", "reporter")]
    assert Reminder.objects.count() == 2


def test_a_clock_that_was_silent_says_so_when_it_runs_again(administrator, publisher, editor):
    now = timezone.now()

    assert not telling.clock_was_silent(since=now - dt.timedelta(minutes=2), at=now)
    assert telling.clock_was_silent(since=now - dt.timedelta(minutes=3), at=now)

    assert sorted(desk()) == [("clock_silent", "administrator"), ("clock_silent", "publisher")]


def test_old_notices_are_forgotten_and_others_stay(reporter, editor):
    actions.submit(factories.draft(reporter), by=reporter)
    at = Notice.objects.get().at

    assert posting.purge(at=at + dt.timedelta(days=90)) == 0
    assert posting.purge(at=at + dt.timedelta(days=90, seconds=1)) == 1


def test_the_seed_leaves_a_newsroom_with_rules_alone(db):
    assert NoticeRule.objects.count() == sum(len(channels) for _event, _receiver, channels in STANDARD)
    NoticeRule.objects.exclude(event="taken_down").delete()
    call_command("seed")
    assert set(NoticeRule.objects.values_list("event", flat=True)) == {"taken_down"}


@pytest.mark.parametrize(
    "facts",
    [
        {"receiver": "editor", "channel": "desk"},  # stands already
        {"receiver": "person", "channel": "desk"},  # which person?
        {"receiver": "editor", "channel": "mail", "person": True},  # a role or a person
    ],
)
def test_the_database_takes_each_rule_once_and_whole(editor, facts):
    before = NoticeRule.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeRule.objects.create(event="submitted", **facts | ({"person": editor} if "person" in facts else {}))
    assert NoticeRule.objects.count() == before
