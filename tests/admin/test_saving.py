"""The report's form: all that was typed is saved, or stands there again."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people.models import Byline
from articles.reports.models import Report, Revision
from articles.taxonomy.models import Tag
from articles.workflow import actions
from tests import factories
from tests.admin.browserless import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_user, reporter):
    return as_user(reporter)


def address(report):
    return f"/desk/articles/report/{report.pk}/change/"


def rows():
    return list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()


TYPED = {
    "headline": ["Three families told\r\nto leave"],
    "standfirst": ["Nobody said why."],
    "body": ["<p>One.</p><p onclick='x()'>Two <span class='sic evil'>[sic]</span>.</p><script>alert(1)</script>"],
    "dateline_on": ["2026-03-04"],
    "dateline_place": ["Jos"],
    "dateline_region": ["nigeria"],
    "regions": ["Ghana", "NG", ""],
    "tags": ["schools, Records", "", ""],
    "internal_note": ["Ask the lawyer."],
    "embargo_until": ["2026-04-01T10:00"],
    "citations-0-title": ["Second"],
    "citations-0-ORDER": ["2"],
    "citations-1-title": ["First"],
    "citations-1-ORDER": ["1"],
    "citations-1-address": ["example.org/report"],
    "citations-TOTAL_FORMS": ["2"],
    "credits-0-role": ["author"],
    "credits-0-shown": ["on"],
}


def test_a_new_report_is_all_that_was_typed(client):
    Tag.objects.create(name="Schools")
    Tag.objects.create(name="Records")
    byline = Byline.objects.create(name="Rana Notreal", slug="rana-notreal")
    empty = fields_of(client.get("/desk/articles/report/add/").text)
    twice = {"citations-1-kind": ["document"], "citations-1-published_precision": ["day"]}

    answer = client.post("/desk/articles/report/add/", empty | TYPED | twice | {"credits-0-byline": [str(byline.pk)]})

    report = Report.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address(report))
    assert (report.headline, report.standfirst, report.internal_note) == (
        "Three families told to leave", "Nobody said why.", "Ask the lawyer.",
    )  # fmt: skip
    assert report.body == '<p>One.</p><p>Two <span class="sic">[sic]</span>.</p>'
    assert (report.dateline_on, report.dateline_place, str(report.dateline_region)) == (dt.date(2026, 3, 4), "Jos", "Nigeria")
    assert list(report.report_regions.order_by("-is_primary").values_list("region__name", "is_primary")) == [
        ("Ghana", True),
        ("Nigeria", False),
    ]
    assert sorted(row.tag.name for row in report.tagged.all()) == ["Records", "Schools"]
    assert list(report.citations.values_list("title", "address")) == [("First", "https://example.org/report"), ("Second", "")]
    assert list(report.credits.values_list("byline__name", "role", "shown")) == [("Rana Notreal", "author", True)]
    assert (report.edit_state, report.public_state, report.embargo_until.hour) == ("draft", "unpublished", 10)


def test_a_saved_report_opened_and_sent_again_changes_nothing_that_readers_get(client, reporter, editor):
    report = factories.approved(
        reporter, editor, tags=[Tag.objects.create(name="Schools")], due_at=dt.datetime(2026, 4, 1, 10, tzinfo=dt.UTC)
    )
    before = report.content_hash

    answer = client.post(address(report), fields_of(client.get(address(report)).text))

    assert answer.status_code == 302
    again = Report.objects.get()
    assert (again.content_hash, again.edit_state, again.due_at.hour) == (before, "approved", 10)


def test_what_is_wrong_is_said_with_links_and_nothing_typed_is_lost(client, reporter):
    report = factories.draft(reporter)
    before = rows()
    typed = TYPED | {"dateline_on": ["31/31/2026"], "regions": ["Atlantis"], "tags": ["No such tag"], "citations-1-title": [""]}
    sent = fields_of(client.get(address(report)).text) | typed

    answer = client.post(address(report), sent)

    assert answer.status_code == 400
    assert rows() == before
    page, kept = answer.text, fields_of(answer.text)
    for anchor in ("row-id_dateline_on", "row-id_regions", "row-id_tags", "row-id_citations-1-title"):
        assert f'href="#{anchor}"' in page and f'id="{anchor}"' in page, anchor
    assert "There is no region “Atlantis”: choose one of the list." in page
    lost = {name: values for name, values in typed.items() if [each for each in kept[name] if each] != [each for each in values if each]}
    assert lost == {}


def test_a_row_more_is_given_without_a_script_and_nothing_is_saved(client, reporter):
    report = factories.draft(reporter)
    before = rows()
    sent = fields_of(client.get(address(report)).text) | {
        "headline": ["Not saved"],
        "citations-0-title": ["A source"],
        "_more": ["citations"],
    }

    answer = client.post(address(report), sent)

    kept = fields_of(answer.text)
    assert answer.status_code == 200
    assert (kept["citations-TOTAL_FORMS"], kept["citations-0-title"], kept["citations-1-title"]) == (["2"], ["A source"], [""])
    assert kept["headline"] == ["Not saved"]
    assert rows() == before


def test_a_step_with_unsaved_text_is_not_done_and_loses_neither_text_nor_comment(as_user, reporter, editor):
    report = factories.in_review(reporter)
    client = as_user(editor)
    before = rows()
    sent = fields_of(client.get(address(report)).text) | {"standfirst": ["Typed, not saved."], "request_changes-comment": ["Why Friday?"]}

    answer = client.post(f"/desk/articles/report/{report.pk}/act/request_changes/", sent)

    assert answer.status_code == 409
    assert "“Request changes” was not done" in answer.text and "save them first" in answer.text
    kept = fields_of(answer.text)
    assert (kept["standfirst"], kept["request_changes-comment"]) == (["Typed, not saved."], ["Why Friday?"])
    assert rows() == before


def test_a_step_from_an_untouched_form_is_done(as_user, reporter, editor):
    report = factories.in_review(reporter, tags=[Tag.objects.create(name="Schools")], citations=[{"title": "A decree"}])
    client = as_user(editor)

    answer = client.post(f"/desk/articles/report/{report.pk}/act/approve/", fields_of(client.get(address(report)).text))

    assert (answer.status_code, Report.objects.get().edit_state) == (302, "approved")


def test_a_comment_typed_before_a_save_stands_there_after_it(as_user, reporter, editor):
    report = factories.in_review(reporter)
    client = as_user(editor)
    sent = fields_of(client.get(address(report)).text) | {"internal_note": ["Saved"], "request_changes-comment": ["Why Friday?"]}

    answer = client.post(address(report), sent)

    assert (answer.status_code, Report.objects.get().internal_note) == (200, "Saved")
    assert fields_of(answer.text)["request_changes-comment"] == ["Why Friday?"]
    assert "still there, and not sent" in answer.text


def test_saving_a_live_report_says_so_and_changes_nothing_public(client, reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    edition = Edition.objects.values().get()
    page = client.get(address(report)).text
    assert "Readers keep the text that is live until a change is approved and published. A saved change ends the approval." in page

    client.post(address(report), fields_of(page) | {"headline": ["Another headline"]})

    report = Report.objects.get()
    assert (report.headline, report.edit_state, report.public_state) == ("Another headline", "draft", "live")
    assert Edition.objects.values().get() == edition


def test_a_scheduled_report_is_unscheduled_before_it_is_saved(client, reporter, editor, publisher):
    report = actions.schedule(factories.approved(reporter, editor), by=publisher, publish_at=factories.in_a_week())
    page = client.get(address(report)).text
    before = rows()
    assert 'aria-describedby="why-save"' in page and "The report is scheduled: unschedule it first." in page

    answer = client.post(address(report), fields_of(page) | {"headline": ["Another headline"]})

    assert (answer.status_code, fields_of(answer.text)["headline"]) == (400, ["Another headline"])
    assert rows() == before


def test_saved_but_not_submitted_says_what_is_missing(client, reporter):
    report = factories.draft(reporter, headline="")

    answer = client.post(address(report), fields_of(client.get(address(report)).text) | {"_submit": ["1"]}, follow=True)

    assert (answer.redirect_chain[-1][1], Report.objects.get().edit_state) == (302, "draft")
    assert "Saved, but not submitted." in answer.text and "Give the report a headline." in answer.text
