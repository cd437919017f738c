"""From a draft to the public side and back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.audit.chain import verify
from articles.audit.models import AuditEvent
from articles.editions.models import Address, Edition, EditionRegion, EditionVersion
from articles.reports.comments import ReviewComment
from articles.reports.models import EditState, PublicState, Report, Revision, SignOff
from articles.reports.revisions import first_broken
from articles.search.query import search
from articles.stamp.number import current
from articles.workflow import actions, publication
from articles.workflow.refusals import Conflict, Forbidden, Refused
from tests import factories

pytestmark = pytest.mark.django_db


def counts():
    return [model.objects.count() for model in (Revision, SignOff, Edition, Address, AuditEvent, ReviewComment, EditionVersion)] + [
        current()
    ]


def test_a_report_goes_from_draft_to_its_edition(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    edition = Edition.objects.get()
    assert (report.edit_state, report.public_state, report.live_hash) == (EditState.APPROVED, PublicState.LIVE, edition.content_hash)
    assert edition.headline == "Two families told to leave the valley"
    assert edition.body == factories.BODY
    assert Address.objects.get().path == edition.path == report.path
    regions = EditionRegion.objects.order_by("region__path").values_list("region__slug", "is_own", "is_primary")
    assert list(regions) == [
        ("world", False, False), ("africa", False, False), ("sub-saharan-africa", False, False), ("western-africa", False, False),
            ("nigeria", True, True),
    ]  # fmt: skip
    assert verify().holds and first_broken(report) is None
    assert [hit.uuid for hit in search("valley", language="en").hits] == [report.uuid]


def test_publish_refuses_a_report_that_is_not_approved(reporter, publisher):
    report = factories.draft(reporter)
    before = counts()
    with pytest.raises(Refused):
        publication.publish(report, by=publisher)
    assert counts() == before


def test_approval_refuses_who_wrote_in_the_round(editor, second_editor):
    report = factories.in_review(editor)
    before = counts()
    with pytest.raises(Refused, match="somebody else must approve"):
        actions.approve(report, by=editor)
    assert counts() == before
    assert actions.approve(report, by=second_editor).edit_state == EditState.APPROVED


def test_an_editor_who_fixes_a_comma_in_review_cannot_approve_it(reporter, editor, second_editor):
    report = factories.in_review(reporter)
    report = actions.save(report, by=editor, standfirst="The order came on a Tuesday; it named no reason.")
    assert report.edit_state == EditState.IN_REVIEW
    with pytest.raises(Refused, match="somebody else must approve"):
        actions.approve(report, by=editor)
    actions.approve(report, by=second_editor)


def test_saving_changes_the_live_page_only_after_approval_and_update(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    before = Edition.objects.values().get()
    report = actions.save(report, by=reporter, headline="Three families told to leave the valley")
    assert (report.edit_state, report.public_state) == (EditState.DRAFT, PublicState.LIVE)
    assert Edition.objects.values().get() == before
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="correction", correction="An earlier edition said two families.")
    edition = Edition.objects.get()
    assert edition.headline == "Three families told to leave the valley"
    assert edition.corrected_at is not None and "An earlier edition said two families." in edition.main_html
    assert EditionVersion.objects.count() == 2


def test_a_save_that_changes_nothing_readers_get_keeps_the_approval(reporter, editor):
    report = factories.approved(reporter, editor)
    report = actions.save(report, by=reporter, internal_note="Call the lawyer.")
    assert report.edit_state == EditState.APPROVED


def test_withdrawal_leaves_nothing_but_the_address(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    report = publication.withdraw(report, by=publisher, reason="A source asked.")
    assert report.public_state == PublicState.WITHDRAWN
    assert [Edition.objects.count(), EditionRegion.objects.count(), EditionVersion.objects.count()] == [0, 0, 0]
    assert Address.objects.get().answer == Address.Answer.GONE
    assert search("valley", language="en").hits == ()
    publication.publish(report, by=publisher)
    assert Edition.objects.get().published_at == Report.objects.get().published_at
    assert Address.objects.get().answer == Address.Answer.LIVE


def test_take_down_voids_approvals_and_cannot_be_undone_by_publishing(reporter, editor, publisher, safety_officer):
    report = factories.live(reporter, editor, publisher)
    report = publication.take_down(report, by=safety_officer, reason="A person is in danger.")
    assert (report.public_state, report.edit_state) == (PublicState.TAKEN_DOWN, EditState.DRAFT)
    assert not SignOff.objects.filter(part="approved", voided_at=None).exists()
    with pytest.raises(Refused):
        publication.publish(report, by=publisher)
    assert Edition.objects.count() == 0


def test_a_withdrawal_needs_its_reason(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    before = counts()
    with pytest.raises(Refused, match="reason"):
        publication.withdraw(report, by=publisher, reason="  ")
    assert counts() == before


def test_a_stale_version_is_a_conflict_and_writes_nothing(reporter, editor):
    report = factories.draft(reporter)
    actions.save(report, by=reporter, headline="A second thought")
    before = counts()
    with pytest.raises(Conflict):
        actions.save(report, by=reporter, version=0, headline="Mine")
    assert counts() == before
    assert Report.objects.get().headline == "A second thought"


def test_a_reporter_cannot_publish_nor_a_publisher_write(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    before = counts()
    with pytest.raises(Forbidden):
        publication.publish(report, by=reporter)
    with pytest.raises(Forbidden):
        actions.save(report, by=publisher, headline="Mine")
    assert counts() == before


def test_a_superuser_has_no_short_cut(reporter, editor, superuser):
    report = factories.approved(reporter, editor)
    before = counts()
    for act in (publication.publish, actions.approve, actions.submit):
        with pytest.raises(Forbidden):
            act(report, by=superuser)
    assert counts() == before


def test_publish_refuses_a_body_with_exact_coordinates_under_a_withheld_place(reporter, editor):
    report = factories.in_review(reporter, dateline_mode="withheld", body="<p>The house stands at 9.89653, 8.85833 on the road.</p>")
    with pytest.raises(Refused, match="Exact coordinates"):
        actions.approve(report, by=editor)


def test_publish_refuses_the_withheld_place_in_the_headline(reporter, editor):
    report = factories.in_review(reporter, dateline_mode="coarse", dateline_place="Jos", headline="Families leave JOS at night")
    with pytest.raises(Refused, match="holds back"):
        actions.approve(report, by=editor)


def test_an_older_text_is_dated_in_the_past_and_never_in_the_future(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    with pytest.raises(Refused, match="future"):
        publication.publish(report, by=publisher, first_published_at=timezone.now() + dt.timedelta(days=1))
    assert Edition.objects.count() == 0
    publication.publish(report, by=publisher, first_published_at=dt.datetime(2023, 10, 18, 9, tzinfo=dt.UTC))
    assert Edition.objects.get().path == "/reports/2023/10/two-families-told-to-leave-the-valley/"


def test_a_changed_slug_moves_the_address_and_keeps_the_old_one(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, at=dt.datetime(2024, 1, 2, tzinfo=dt.UTC))
    report = actions.save(report, by=reporter, slug="the-valley")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")
    found = dict(Address.objects.values_list("path", "answer"))
    assert found == {"/reports/2024/01/two-families-told-to-leave-the-valley/": "moved", "/reports/2024/01/the-valley/": "live"}


def test_the_audit_that_cannot_be_written_undoes_the_act(reporter, editor, publisher, monkeypatch):
    report = factories.approved(reporter, editor)
    before = counts()
    last = AuditEvent.objects.order_by("-seq").first()
    monkeypatch.setattr("articles.audit.chain.digest", lambda event: last.digest)  # a digest that stands already: the row is refused
    with pytest.raises(IntegrityError), transaction.atomic():
        publication.publish(report, by=publisher)
    monkeypatch.undo()
    assert counts() == before
    assert Report.objects.get().public_state == PublicState.UNPUBLISHED
