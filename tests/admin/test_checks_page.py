"""The page of a report's checks, the panel's checklist, and the table that says what is asked."""

from __future__ import annotations

import re

import pytest

from articles.audit.models import AuditEvent
from articles.safety.models import Assurance, Requirement
from tests import factories

pytestmark = pytest.mark.django_db
WAIVED = {"subject": "citations", "citations-answer": "waived", "citations-text": "Seen by ourselves."}


def test_the_panel_says_how_each_requirement_stands_and_where_to_mend_it(as_user, reporter):
    report = factories.draft(reporter, kind="report")
    page = as_user(reporter).get(f"/desk/articles/report/{report.pk}/change/").text

    block = re.search(r'aria-labelledby="checklist-h">.*?</section>', page, re.S)[0]
    assert re.findall(r"<b>([^<]+)</b>", block) == [
        "Region: Done", "Links: Done", "Length of the headline: Done", "Sources: Missing: stops the report", "Consent: Missing: recommended only",
    ]  # fmt: skip
    assert '<a href="#citations">' in block and f'href="/desk/articles/report/{report.pk}/checks/#consent"' in block


def test_a_waiver_is_recorded_and_shown_with_its_reason(as_user, reporter, editor):
    report = factories.draft(reporter, kind="report")
    path = f"/desk/articles/report/{report.pk}/checks/"

    assert as_user(editor).post(path, WAIVED).headers["Location"] == path

    page = as_user(reporter).get(path).text
    assert "Sources: Waived" in page and "Seen by ourselves." in page
    assert Assurance.objects.get().person == editor
    assert AuditEvent.objects.latest("seq").facts == {"subject": "citations", "answer": "waived"}
    assert "Recorded a fact for the checklist" in as_user(editor).get(f"/desk/articles/report/{report.pk}/history/").text


def test_what_was_typed_stays_when_it_is_refused(as_user, editor):
    report = factories.draft(editor)
    given = {"subject": "right_of_reply", "right_of_reply-answer": "answered", "right_of_reply-asked": "The district office"}

    answer = as_user(editor).post(f"/desk/articles/report/{report.pk}/checks/", given)

    assert answer.status_code == 400
    assert 'value="The district office"' in answer.text and "Say where the answer is published." in answer.text
    assert not Assurance.objects.exists()


def test_who_may_not_records_nothing(as_user, reporter, second_reporter, auditor):
    report = factories.draft(reporter)
    path = f"/desk/articles/report/{report.pk}/checks/"
    answers = [as_user(person).post(path, WAIVED).status_code for person in (reporter, second_reporter, auditor)]
    assert answers == [403, 404, 403]
    assert as_user(reporter).post(path, {"subject": "alt_text"}).status_code == 404
    assert as_user(reporter).post(path, {"subject": "consent", "consent-answer": "waived"}).status_code == 400
    assert not Assurance.objects.exists()
    assert "Record it" not in as_user(auditor).get(path).text


def test_a_publisher_sets_what_is_asked_and_nobody_unsets_the_fixed_ones(as_user, publisher, editor):
    row = Requirement.objects.get(code="consent", kind="interview")
    fixed = Requirement.objects.get(code="alt_text", kind="interview")
    limit = Requirement.objects.get(code="headline_length", kind="interview")
    client = as_user(publisher)

    assert client.post(f"/desk/articles/requirement/{row.pk}/change/", {"level": "required"}).status_code == 302
    assert client.post(f"/desk/articles/requirement/{limit.pk}/change/", {"level": "required", "max_characters": "90"}).status_code == 302
    assert client.post(f"/desk/articles/requirement/{limit.pk}/change/", {"level": "required", "max_characters": "9"}).status_code == 200
    client.post(f"/desk/articles/requirement/{fixed.pk}/change/", {"level": "off"})
    assert as_user(editor).post(f"/desk/articles/requirement/{row.pk}/change/", {"level": "off"}).status_code == 403

    levels = Requirement.objects.filter(kind="interview").in_bulk(field_name="pk")
    assert [levels[each.pk].level for each in (row, fixed, limit)] == ["required"] * 3 and levels[limit.pk].max_characters == 90
    assert "always required" in client.get(f"/desk/articles/requirement/{fixed.pk}/change/").text
    assert "Changed what the checklist asks" in client.get(f"/desk/articles/requirement/{row.pk}/history/").text
