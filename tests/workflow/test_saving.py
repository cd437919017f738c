"""Saving: what falls with it, what stays, and what it never touches."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.people import roles
from articles.reports.models import EditState, PublicState, Report, SignOff
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from articles.workflow.refusals import Conflict, Forbidden, Refused
from tests import factories
from tests.state import everything
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
LATER = timezone.now() + dt.timedelta(days=30)


def test_an_approval_falls_only_with_what_readers_get(reporter, editor):
    report = factories.approved(reporter, editor)
    for changes in ({"internal_note": "x"}, {"due_at": LATER}, {"assigned_to": editor}, {"embargo_until": LATER}, {"expire_at": LATER}, {}):
        report = actions.save(report, by=editor, **changes)
        assert (report.edit_state, report.round) == (EditState.APPROVED, 2), changes
    report = actions.save(report, by=reporter, standfirst="Other.")
    assert (report.edit_state, report.round) == (EditState.DRAFT, 2)
    assert list(SignOff.objects.order_by("id").values_list("round", "part")) == [(1, "wrote"), (1, "approved"), (2, "wrote")]
    report = actions.save(report, by=reporter, standfirst="The order came on a Tuesday and named no reason.")
    assert report.edit_state == EditState.DRAFT  # the text of before, but nobody has looked at it again


def test_the_draft_of_an_approver_is_approved_by_another_in_the_next_round(reporter, editor, second_editor):
    report = factories.approved(reporter, editor)
    report = actions.submit(actions.save(report, by=editor, headline="Two families told to leave"), by=editor)
    assert "somebody else must approve" in refused(actions.approve, report, by=editor)[0][1]
    assert actions.approve(report, by=second_editor).round == 3


def test_a_scheduled_report_is_unscheduled_before_it_is_saved(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    report = actions.schedule(report, by=publisher, publish_at=LATER)
    assert refused(actions.save, report, by=reporter, headline="Mine")[0][1] == "The report is scheduled: unschedule it first."
    report = actions.unschedule(report, by=publisher)
    assert (report.public_state, report.edit_state) == (PublicState.UNPUBLISHED, EditState.APPROVED)
    assert actions.save(report, by=reporter, headline="Mine").headline == "Mine"


def test_only_who_may_withdraw_says_when_a_live_report_expires(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    assert refused(actions.save, report, by=reporter, expire_at=LATER)[0][0] == "expire_at"
    report = actions.save(report, by=editor, expire_at=LATER)
    assert actions.save(report, by=reporter, expire_at=LATER, internal_note="Same time.").expire_at == LATER


def test_a_report_in_review_stays_in_review(reporter, editor):
    report = factories.in_review(reporter)
    report = actions.save(report, by=reporter, headline="Another")
    assert report.edit_state == EditState.IN_REVIEW
    assert actions.approve(report, by=editor).content_hash == report.content_hash


def test_drafts_are_incomplete_and_shapes_are_refused_by_field(reporter, editor):
    report = actions.create(by=reporter, language="en")
    assert (report.headline, report.slug, report.body) == ("", None, "")
    reasons = refused(
        actions.save, report, by=reporter, headline="x" * 201, standfirst="y" * 401, slug="Not A Slug", kind="song",
        call_to_action_link="javascript:alert(1)", dateline_place="z" * 121,
    )  # fmt: skip
    assert {field for field, _sentence in reasons} == {"headline", "standfirst", "slug", "kind", "call_to_action_link", "dateline_place"}
    for part in (
        {"citations": [{"title": ""}]}, {"citations": [{"title": "x", "address": "javascript:alert(1)"}]}, {"images": [{"image": None}]},
    ):  # fmt: skip
        assert refused(actions.save, report, by=reporter, **part)
    before = everything()
    with pytest.raises(TypeError, match="not fields of a report: edit_state"):
        actions.save(report, by=reporter, edit_state="approved")
    with pytest.raises(TypeError, match="not fields of this part: shown_to"):
        actions.save(report, by=reporter, citations=[{"shown_to": 1}])
    assert everything() == before


def test_what_no_page_may_hold_is_left_out_of_every_text(reporter):
    texts = dict.fromkeys(
        ("headline", "standfirst", "backstory", "dateline_place", "call_to_action", "internal_note"), "A\x07 bell\x00\x85\ufffe."
    )
    report = actions.create(by=reporter, language="en", **texts, citations=[{"title": "An\x1b order"}])
    fresh = Report.objects.get(pk=report.pk)
    assert {name: getattr(fresh, name) for name in texts} == dict.fromkeys(texts, "A bell.")
    assert fresh.citations.get().title == "An order"


def test_a_body_is_sanitised_wherever_it_enters(reporter):
    report = factories.draft(reporter, body='<p onclick="x()">Text<script>alert(1)</script></p>')
    assert "script" not in report.body and "onclick" not in report.body
    report = actions.save(report, by=reporter, body='<p>Text <a href="javascript:x()">here</a></p>')
    assert "javascript" not in report.body


def test_a_slug_is_taken_once_in_a_language_and_not_one_of_the_sites_own(reporter, editor):
    factories.in_review(reporter, slug="the-valley")
    other = factories.draft(reporter)
    assert refused(actions.save, other, by=reporter, slug="the-valley")[0][0] == "slug"
    page = factories.draft(reporter, kind="page")
    assert refused(actions.save, page, by=reporter, slug="reports")[0][0] == "slug"
    assert factories.in_review(reporter, slug="the-valley", language="ar").slug == "the-valley"


def test_a_submitted_report_keeps_a_slug(reporter, editor):
    report = factories.in_review(reporter)
    assert refused(actions.save, report, by=reporter, slug="")[0][0] == "slug"


def test_a_translation_joins_its_group_once(reporter, editor, translator):
    original = factories.draft(reporter)
    group = original.translation_group
    arabic = actions.create(by=translator, language="ar", translation_group=group, translated_from=original.revisions.latest("number"))
    assert arabic.translation_group == group
    assert refused(actions.create, by=reporter, language="ar", translation_group=group)[0][0] == "language"
    assert refused(actions.create, by=translator, language="es", error=Forbidden)


def test_parts_are_replaced_only_when_they_changed(reporter):
    tags = [Tag.objects.create(name=name) for name in ("Land", "Law")]
    report = factories.draft(reporter, tags=tags, citations=[{"title": "Order 14"}])
    rows = list(report.tagged.values()), list(report.citations.values()), list(report.report_regions.values())
    report = actions.save(
        report, by=reporter, tags=[tags[0], tags[1], tags[0]], citations=[{"title": "Order 14"}], regions=[factories.region()]
    )
    assert (list(report.tagged.values()), list(report.citations.values()), list(report.report_regions.values())) == rows
    report = actions.save(report, by=reporter, tags=[tags[1]], regions=[factories.region("TD")], primary_region=factories.region())
    assert list(report.tags.all()) == [tags[1]]
    assert list(report.report_regions.order_by("-is_primary").values_list("region__iso_alpha2", "is_primary")) == [
        ("NG", True),
        ("TD", False),
    ]


def test_nobody_sees_or_saves_the_drafts_of_others_but_editors(cast, reporter, second_reporter, translator, publisher, auditor):
    report = factories.draft(reporter)
    for person in (second_reporter, translator, publisher, auditor, cast("root", is_superuser=True), cast("officer", roles.SAFETY_OFFICER)):
        refused(actions.save, report, by=person, headline="Mine", error=Forbidden)
    assert Report.objects.get().headline == report.headline


def test_a_stale_save_is_a_conflict(reporter, editor):
    report = factories.draft(reporter)
    actions.save(report, by=editor, headline="A second thought")
    refused(actions.save, report, by=reporter, version=report.lock_version, headline="Mine", error=Conflict)


def test_a_taken_down_report_is_mended_but_not_published(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    report = publication.take_down(report, by=editor, reason="A danger.")
    report = actions.save(report, by=reporter, headline="Mended")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    assert (report.edit_state, report.public_state) == (EditState.APPROVED, PublicState.TAKEN_DOWN)
    for act, given in (
        (publication.publish, {}), (publication.publish_update, {"change": "silent"}), (publication.withdraw, {"reason": "x"}),
        (actions.schedule, {"publish_at": LATER}), (actions.unschedule, {}), (publication.take_down, {"reason": "x"}),
    ):  # fmt: skip
        assert "It stands at: Taken down" in refused(act, report, by=publisher, error=Refused, **given)[0][1]
