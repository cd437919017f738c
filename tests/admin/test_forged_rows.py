"""Rows that no page of the desk sends: of another report, of no picture that one may see, or a million of them."""

from __future__ import annotations

import pytest

from articles.audit.models import AuditEvent
from articles.images.actions import add
from articles.reports.models import Citation, Credit, Draftlet, Report, ReportImage, Revision
from tests import factories
from tests.admin.browserless import fields_of
from tests.images import files

pytestmark = pytest.mark.django_db


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Report, Citation, Credit, ReportImage, Draftlet)] + [
        Revision.objects.count(),
        AuditEvent.objects.count(),
    ]


def address(report, rest="change/"):
    return f"/desk/articles/report/{report.pk}/{rest}"


def test_a_row_that_names_another_reports_row_becomes_a_row_of_this_one(as_user, reporter, second_reporter):
    theirs = factories.draft(second_reporter, headline="Theirs", citations=[{"title": "Their source"}])
    report = factories.draft(reporter, citations=[{"title": "My source"}])
    row = theirs.citations.get()
    client = as_user(reporter)
    forged = {"citations-0-id": [str(row.pk)], "citations-0-title": ["Mine now"], "citations-0-report": [str(theirs.pk)]}

    answer = client.post(address(report), fields_of(client.get(address(report)).text) | forged)

    assert answer.status_code == 302
    assert list(theirs.citations.values_list("pk", "title")) == [(row.pk, "Their source")]
    assert list(report.citations.values_list("title", flat=True)) == ["Mine now"]
    assert Revision.objects.filter(report=theirs).count() == 1


def test_a_picture_that_one_may_not_see_is_refused(as_user, reporter, editor):
    hidden = add(files.plain(), by=editor, title="Of a source", credit="Own")
    report = factories.draft(reporter)
    before = rows()
    client = as_user(reporter)
    forged = {
        "pictures-TOTAL_FORMS": ["1"],
        "pictures-0-image": [str(hidden.pk)],
        "pictures-0-alt": ["A valley"],
        "pictures-0-ORDER": ["1"],
    }

    answer = client.post(address(report), fields_of(client.get(address(report)).text) | forged)

    assert (answer.status_code, rows()) == (400, before)
    assert "Of a source" not in answer.text and "There is no picture with this number." in answer.text


@pytest.mark.parametrize("rest", ["change/", "draft/"])
@pytest.mark.parametrize("count", ["1000000", "-1", "x", "٣", ""])
@pytest.mark.parametrize("name", ["citations", "pictures", "credits"])
def test_a_million_rows_are_no_more_than_were_sent(as_user, reporter, name, count, rest):
    report = factories.draft(reporter)
    client = as_user(reporter)
    sent = fields_of(client.get(address(report)).text)
    before = rows()

    answer = client.post(address(report, rest), sent | {f"{name}-TOTAL_FORMS": [count], f"{name}-INITIAL_FORMS": [count]})

    assert answer.status_code in (200, 302, 400)
    assert len(answer.content) < 200_000
    if answer.status_code == 400:
        assert rows() == before
    assert [list(model.objects.all()) for model in (Citation, Credit, ReportImage)] == [[], [], []]
