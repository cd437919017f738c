"""Notices by mail: at least once, with one Message-ID and one row, and nothing of the report."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone

from articles.errands import queue
from articles.notices.mailing import MOST_TRIES
from articles.notices.models import NoticeMail
from articles.workflow import actions
from newsroom import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editors(editor, second_editor):
    for person in (editor, second_editor):
        person.email = f"{person.username}@example.org"
        person.save(update_fields=["email"])
    return editor, second_editor


def submitted(reporter, **facts):
    return actions.submit(factories.draft(reporter, headline="Of Yusuf Notreal", standfirst="A secret meeting.", **facts), by=reporter)


def run_errands(**at):
    return queue.run(handlers=clock.HANDLERS, **at)


def rows():
    """(person, tries, whether it waits, whether it was not given up) of each mail."""
    found = NoticeMail.objects.order_by("pk").values_list("person__username", "tries", "sent_at", "dropped_at")
    return [(name, tries, sent_at is None, dropped_at is None) for name, tries, sent_at, dropped_at in found]


def test_a_mail_says_that_something_waits_and_nothing_of_it(reporter, editors, settings):
    settings.SITE_URL = "https://news.example.org"
    report = submitted(reporter)

    assert run_errands() == 1

    sent = mail.outbox[0]
    whole = sent.message().as_string()
    assert [each.to for each in mail.outbox] == [["editor@example.org"], ["second-editor@example.org"]]
    assert sent.subject == "A report waits for review"
    assert sent.body == (
        "A report waits for review.\n\nSee it at the desk:\nhttps://news.example.org/desk/notices/\n\n"
        "What is mailed to you is yours to choose:\nhttps://news.example.org/desk/notices/mail/\n\n"
    )
    assert not re.search(rf"Notreal|secret|{report.uuid}|reporter|/{report.pk}/", whole)
    assert re.search(r"^Auto-Submitted: auto-generated$", whole, re.M)
    row = NoticeMail.objects.get(person=editors[0])
    assert re.findall(r"^Message-ID: (.*)$", whole, re.M) == [f"<{row.message_id}@news.example.org>"]
    assert (rows(), run_errands()) == ([("editor", 1, False, True), ("second-editor", 1, False, True)], 0)


def test_a_site_may_have_its_mails_name_the_report(reporter, editors, settings):
    settings.NOTICES_NAME_REPORTS = True
    report = submitted(reporter)
    run_errands()

    assert mail.outbox[0].subject == "A report waits for review: Of Yusuf Notreal"
    assert f"/desk/articles/report/{report.pk}/change/" in mail.outbox[0].body and "secret" not in mail.outbox[0].body


def test_a_mail_is_in_the_language_of_its_receiver(reporter, editors):
    editors[1].language = "ar"
    editors[1].save(update_fields=["language"])
    submitted(reporter)
    run_errands()

    assert [each.subject for each in mail.outbox] == ["A report waits for review", "ثمة تقرير ينتظر المراجعة"]


def test_one_address_that_fails_holds_up_no_other_and_is_tried_again(reporter, editors, settings):
    settings.EMAIL_BACKEND = "tests.notices.backends.Refusing"
    submitted(reporter)
    assert run_errands() == 0
    assert rows() == [("editor", 1, True, True), ("second-editor", 1, False, True)]
    assert [errand.last_error for errand in queue.failing()] == ["ConnectionRefusedError"]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run_errands(at=timezone.now() + queue.LONGEST_WAIT) == 1
    assert rows() == [("editor", 2, False, True), ("second-editor", 1, False, True)]
    assert [each.to[0] for each in mail.outbox] == ["second-editor@example.org", "editor@example.org"]


def test_a_mail_that_never_goes_is_given_up(reporter, editors, settings):
    settings.EMAIL_BACKEND = "tests.notices.backends.Refusing"
    submitted(reporter)
    for hour in range(MOST_TRIES):
        assert run_errands(at=timezone.now() + queue.LONGEST_WAIT * (hour * 2)) == 0
    assert run_errands(at=timezone.now() + queue.LONGEST_WAIT * 30) == 1

    assert rows() == [("editor", MOST_TRIES, True, False), ("second-editor", 1, False, True)]


def test_a_second_send_comes_only_after_a_death_and_with_the_same_message_id(reporter, editor, settings):
    editor.email = "editor@example.org"
    editor.save(update_fields=["email"])
    submitted(reporter)
    settings.EMAIL_BACKEND = "tests.notices.backends.DyingAfter"
    with pytest.raises(KeyboardInterrupt):
        run_errands()
    assert rows() == [("editor", 1, True, True)]
    assert run_errands() == 0  # its lease still runs

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = timezone.now() + queue.LEASE * 2
    assert (run_errands(at=later), run_errands(at=later + queue.LEASE)) == (1, 0)

    assert rows() == [("editor", 2, False, True)]
    assert len(mail.outbox) == 2 and len({each.extra_headers["Message-ID"] for each in mail.outbox}) == 1


@pytest.mark.parametrize("lost", ["account", "address", "right"])
def test_who_may_not_be_told_any_more_gets_nothing(reporter, second_reporter, editor, lost):
    second_reporter.email = "second@example.org"
    second_reporter.save(update_fields=["email"])
    report = factories.draft(reporter)
    actions.save(report, by=editor, assigned_to=second_reporter)
    if lost == "account":
        second_reporter.is_active = False
    elif lost == "address":
        second_reporter.email = ""
    else:
        actions.save(report, by=editor, assigned_to=None)
    second_reporter.save()

    run_errands()

    assert (mail.outbox, rows()) == ([], [("second-reporter", 0, True, False)])
