"""Many at once: one wins, the others get a sentence, and journalists are not refused meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from articles.audit.chain import verify
from articles.audit.models import AuditEvent
from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.editions.models import Edition
from articles.inquiries.actions import receive
from articles.inquiries.models import MediaInquiry
from articles.people.machines import COMMAND_LINE, machine
from articles.workflow import actions, publication
from articles.workflow.refusals import Conflict
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
CERTIFICATE = Path("tests/contacts/certificates/valid.asc").read_text()


def together(*works):
    """Runs the works at the same instant in threads of their own; returns what each returned or raised."""
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        gate.wait()
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_of_eight_publishes_one_wins_and_inquiries_are_received_meanwhile(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    save_contact(MediaContact(), by=machine(COMMAND_LINE), name="Officer", certificate=CERTIFICATE)
    publishes = [lambda: publication.publish(report, by=publisher, version=report.lock_version) for _ in range(8)]
    inquiries = [lambda: receive({"message": "?"}, topic="facts", language="en") for _ in range(4)]
    results = together(*publishes, *inquiries)
    kinds = Counter(type(result).__name__ for result in results)
    assert kinds == {"Edition": 1, "Conflict": 7, "MediaInquiry": 4}, results
    assert all("changed this report meanwhile" in str(result) for result in results if isinstance(result, Conflict))
    assert (Edition.objects.count(), MediaInquiry.objects.count()) == (1, 4)
    assert AuditEvent.objects.filter(verb="publish").count() == 1
    assert verify().holds


def test_eight_posts_of_the_publish_button_give_one_redirect_and_seven_409(reporter, editor, publisher, as_user):
    report = factories.approved(reporter, editor)
    clients = [as_user(publisher) for _ in range(8)]
    address = f"/desk/articles/report/{report.pk}/act/publish/"
    data = {"publish-seen_version": report.lock_version}
    results = together(*[lambda client=client: client.post(address, data).status_code for client in clients])
    assert Counter(results) == {302: 1, 409: 7}
    assert Edition.objects.count() == 1


def test_the_audit_does_not_fork_under_parallel_acts(reporter, editor):
    reports = [factories.in_review(reporter, headline=f"Number {number}") for number in range(6)]
    results = together(*[lambda report=report: actions.approve(report, by=editor) for report in reports])
    assert [type(result).__name__ for result in results] == ["Report"] * 6, results
    assert verify().holds
