"""Corrections: made with the update that they tell of, kept when all else goes."""

from __future__ import annotations

import pytest

from articles.corrections.models import Correction
from articles.editions.models import Edition, EditionCorrection
from articles.reports.models import Report
from articles.workflow import actions, publication
from tests import factories
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
SENTENCE = "An earlier version said two families; there were three."


@pytest.fixture
def changed(reporter, editor, publisher):
    """A live report whose next text is approved."""
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, headline="Three families told to leave the valley")
    return actions.approve(actions.submit(report, by=reporter), by=editor)


@pytest.mark.parametrize("kind", Correction.Kind.values)
def test_each_kind_is_written_with_the_update_it_tells_of(changed, publisher, client, kind):
    publication.publish_update(changed, by=publisher, change=kind, correction=f"  {SENTENCE}\x00 ", position="bottom")
    correction = Correction.objects.get()
    published = list(changed.revisions.filter(kind="publish").order_by("number"))
    assert [correction.from_revision, correction.to_revision] == published and len(published) == 2
    assert (correction.kind, correction.text, correction.position, correction.decided_by) == (kind, SENTENCE, "bottom", publisher)
    shown = EditionCorrection.objects.get()
    assert (shown.uuid, shown.report_uuid, shown.path, shown.text) == (correction.uuid, changed.uuid, changed.path, SENTENCE)
    assert (Edition.objects.get().corrected_at is None) == (kind == "update")
    assert SENTENCE in client.get(changed.path).text


def test_a_silent_update_tells_nothing(changed, publisher, client):
    publication.publish_update(changed, by=publisher, change="silent")
    assert (Correction.objects.count(), EditionCorrection.objects.count(), Edition.objects.get().corrected_at) == (0, 0, None)
    assert "Three families" in client.get(changed.path).text


def test_an_update_says_what_it_is_and_a_correction_says_what_was_wrong(changed, publisher):
    update = publication.publish_update
    assert [field for field, _ in refused(update, changed, by=publisher, change="")] == ["change"]
    assert [field for field, _ in refused(update, changed, by=publisher, change="apologies", correction="x")] == ["change"]
    assert [field for field, _ in refused(update, changed, by=publisher, change="correction", correction=" \x00")] == ["correction"]
    assert [field for field, _ in refused(update, changed, by=publisher, change="update", correction="x" * 2001)] == ["correction"]
    assert [field for field, _ in refused(update, changed, by=publisher, change="silent", correction=SENTENCE)] == ["change"]


def test_what_did_not_change_is_not_published_again(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    assert "there is nothing to publish" in refused(publication.publish_update, report, by=publisher, change="silent")[0][1]


def test_the_source_gate_reads_what_readers_are_told(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, dateline_mode="coarse", dateline_place="Jos")
    report = actions.save(report, by=reporter, headline="Three families told to leave the valley")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    for sentence in ("The families live in JOS, not elsewhere.", "The house stands at 9.89653, 8.85833.", "A\u202etext that turns."):
        reasons = refused(publication.publish_update, report, by=publisher, change="correction", correction=sentence)
        assert [field for field, _ in reasons] == ["correction"]
    publication.publish_update(report, by=publisher, change="correction", correction=SENTENCE)
    assert Correction.objects.count() == 1


def test_a_correction_stays_on_its_page_after_the_withdrawal(changed, publisher, client):
    publication.publish_update(changed, by=publisher, change="retraction", correction=SENTENCE)
    report = Report.objects.get()
    assert SENTENCE in client.get("/corrections/").text
    publication.withdraw(report, by=publisher, reason="Asked.")
    assert SENTENCE in client.get("/corrections/").text
    publication.take_down(report, by=publisher, reason="A danger.")
    page = client.get("/corrections/").text
    assert SENTENCE in page and "Three families" not in page
    assert client.get(report.path).status_code == 410


def test_a_correction_is_shown_again_when_its_report_comes_back(changed, publisher, client):
    publication.publish_update(changed, by=publisher, change="correction", correction=SENTENCE)
    report = publication.withdraw(changed, by=publisher, reason="Asked.")
    publication.publish(report, by=publisher)
    assert SENTENCE in client.get(report.path).text and Correction.objects.count() == 1
