"""The first page of the desk: what waits for whom, with the next click, in a constant number of statements."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.contacts.models import MediaContact
from articles.inquiries.models import MediaInquiry
from articles.people import roles
from articles.reports.lists import differing
from articles.reports.models import Report
from articles.workflow import actions
from tests import factories

pytestmark = pytest.mark.django_db


def told(client):
    """Heading -> headlines under it."""
    page = client.get("/desk/").text
    sections = re.findall(r'<h2 id="need-\d+"[^>]*>([^<]+)</h2>(.*?)</section>', page, re.S)
    return {heading: re.findall(r"<h3><a [^>]*>([^<]+)</a>", rows) for heading, rows in sections}


def test_an_editor_is_shown_what_others_sent_to_review_and_not_what_they_wrote(as_user, reporter, editor, second_editor):
    factories.in_review(reporter, headline="From a reporter")
    factories.in_review(editor, headline="From the editor")

    assert told(as_user(editor)) == {"To review": ["From a reporter"]}
    assert told(as_user(reporter)) == {}
    assert "Nothing waits for you." in as_user(reporter).get("/desk/").text


def test_what_a_writer_has_to_do_is_told_by_its_date_and_what_is_late_is_named(as_user, reporter, second_reporter, editor):
    now = timezone.now()
    factories.draft(editor, headline="Later", assigned_to=reporter, due_at=now + dt.timedelta(days=3))
    factories.draft(editor, headline="Late", assigned_to=reporter, due_at=now - dt.timedelta(hours=1))
    asked = actions.request_changes(factories.in_review(reporter, headline="Asked"), by=editor, comment="Who says so?")
    factories.draft(reporter, headline="Begun")

    page = as_user(reporter).get("/desk/").text

    assert told(as_user(reporter)) == {"Due": ["Late", "Later"], "Changes were asked for": [asked.headline], "Your drafts": ["Begun"]}
    assert page.count("Overdue") == 1
    assert told(as_user(second_reporter)) == {}
    assert told(as_user(editor)) == {"Your drafts": ["Late", "Later"]}


def test_a_publisher_is_shown_what_is_approved_what_comes_next_and_what_the_clock_refused(as_user, reporter, editor, publisher):
    factories.approved(reporter, editor, headline="Approved")
    for name in ("Next", "Stuck"):
        actions.schedule(factories.approved(reporter, editor, headline=name), by=publisher, publish_at=factories.in_a_week())
    Report.objects.filter(headline="Stuck").update(release_alert="A name is protected.")
    factories.live(reporter, editor, publisher, headline="Live")

    assert told(as_user(publisher)) == {"Not released": ["Stuck"], "Approved, to publish": ["Approved"], "Scheduled next": ["Next"]}
    assert "A name is protected." in as_user(publisher).get("/desk/").text


def test_a_publisher_is_shown_an_approved_update_of_what_is_live(as_user, reporter, editor, publisher):
    factories.live(reporter, editor, publisher, headline="Stands as it is")
    report = factories.live(reporter, editor, publisher, headline="To be updated")
    actions.save(report, by=reporter, standfirst="The order was taken back.")
    assert told(as_user(publisher)) == {}

    actions.approve(actions.submit(report, by=reporter), by=editor)

    assert told(as_user(publisher)) == {"Approved updates, to publish": ["To be updated"]}
    page = as_user(publisher).get("/desk/articles/report/?edit_state__exact=approved&public_state__exact=live&differs=yes").text
    assert [each in page for each in ("To be updated", "Stands as it is")] == [True, False]
    assert told(as_user(editor)) == {}


def test_a_long_part_ends_in_the_list_of_all(as_user, reporter):
    for number in range(7):
        factories.draft(reporter, headline=f"Draft {number}")

    page = as_user(reporter).get("/desk/").text

    assert told(as_user(reporter)) == {"Your drafts": [f"Draft {number}" for number in (6, 5, 4, 3, 2, 1)]}
    address = re.search(r'<a href="([^"]+)"[^>]*>All of these', page)[1].replace("&amp;", "&")
    assert [each in as_user(reporter).get(address).text for each in ("Draft 0", "Draft 6")] == [True, True]


def test_press_officers_alone_are_told_of_inquiries_by_deadline_and_of_keys_that_end(as_user, press_officer, editor):
    now = timezone.now()
    for reference, deadline in (("NONE", None), ("LATE", now - dt.timedelta(hours=1)), ("SOON", now + dt.timedelta(hours=3))):
        MediaInquiry.objects.create(
            reference=reference, received_on=now.date(), deadline_at=deadline, topic="facts", sealed=b"x", purge_on=now.date()
        )
    contact = MediaContact.objects.create(name="Rana Notreal", certificate="no certificate", active=True)

    page = as_user(press_officer).get("/desk/").text

    assert re.findall(r"<b>([A-Z]+)</b>", page) == ["LATE", "SOON", "NONE"] and page.count("Overdue") == 1
    assert "The key of Rana Notreal cannot be used" in page and f"/desk/articles/mediacontact/{contact.pk}/change/" in page
    assert not {"LATE", "Rana Notreal"} & set(re.findall(r"LATE|Rana Notreal", as_user(editor).get("/desk/").text))


def test_the_first_page_takes_as_many_statements_with_three_of_each_as_with_one(as_user, cast, reporter, editor, publisher):
    everyone = cast("everyone", *roles.ROLES, languages=["en"])
    client = as_user(everyone)

    def one_more(number):
        factories.draft(everyone, headline=f"Draft {number}", assigned_to=everyone, due_at=timezone.now())
        factories.in_review(reporter, headline=f"To review {number}")
        actions.request_changes(factories.in_review(everyone, headline=f"Asked {number}"), by=editor, comment="Why?")
        report = factories.approved(reporter, editor, headline=f"Scheduled {number}")
        actions.schedule(report, by=publisher, publish_at=factories.in_a_week())
        factories.approved(reporter, editor, headline=f"Approved {number}")

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/desk/").status_code == 200
        return len(seen)

    one_more(0)
    few = statements()
    one_more(1)
    one_more(2)

    assert (statements(), len(told(client))) == (few, 6)
    assert few <= 33


def test_the_first_page_reads_indexes():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    reports = Report.objects
    plans = {
        "report_own_by_edit_state": reports.filter(created_by=1, edit_state="draft").order_by("-saved_at", "-id"),
        "report_by_both_states": reports.filter(edit_state="approved", public_state="unpublished").order_by("saved_at", "id"),
    }
    if connection.vendor == "sqlite":
        plans["report_differs"] = differing(reports.filter(edit_state="approved", public_state="live")).order_by("saved_at", "id")
        due = reports.filter(assigned_to=1, edit_state="draft", due_at__isnull=False)
        plans["report_due"] = due.order_by("due_at", "id")
    for name, rows in plans.items():
        plan = rows.explain()
        if connection.vendor == "sqlite":
            assert name in plan, plan
        else:  # of several indexes in the right order it takes any while the table is empty
            assert "Index Scan" in plan and "Sort" not in plan, plan
