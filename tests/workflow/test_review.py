"""From a draft to its approval: what each step asks for, and what it leaves."""

from __future__ import annotations

import pytest

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.reports.comments import ReviewComment
from articles.reports.models import EditState, Report, SignOff
from articles.taxonomy.models import Tag
from articles.workflow import actions, guards
from articles.workflow.refusals import Conflict, Forbidden, Refused
from tests import factories
from tests.state import everything

pytestmark = pytest.mark.django_db


def refused(act, *args, error=Refused, **kwargs):
    """The fields and sentences of the refusal, after which everything stands as before."""
    before = everything()
    with pytest.raises(error) as found:
        act(*args, **kwargs)
    assert type(found.value) is error
    assert everything() == before
    return [(reason.field, str(reason)) for reason in found.value.reasons]


def test_submit_asks_for_headline_region_and_a_reviewer_at_once(reporter):
    report = actions.create(by=reporter, language="en", body="<p>Text.</p>")
    reasons = refused(actions.submit, report, by=reporter)
    assert [field for field, _sentence in reasons] == ["headline", "regions", ""]
    assert reasons[2][1].startswith("Nobody could review this")
    assert guards.reasons_against(report, "submit", by=reporter) == guards.submit_reasons(report, by=reporter)


def test_submit_proposes_a_free_slug(reporter, editor):
    first, second = (factories.in_review(reporter) for _ in range(2))
    assert (first.slug, second.slug) == ("two-families-told-to-leave-the-valley", "two-families-told-to-leave-the-valley-2")
    assert Report.objects.get(pk=second.pk).edit_state == EditState.IN_REVIEW


def test_a_headline_without_latin_letters_gets_a_slug_all_the_same(reporter, editor):
    assert factories.in_review(reporter, headline="أُمر بمغادرة الوادي", language="ar").slug
    report = factories.draft(reporter, headline="!!!")
    assert [field for field, _sentence in refused(actions.submit, report, by=reporter)] == ["slug"]


def test_a_page_needs_no_region(reporter, editor):
    assert factories.in_review(reporter, kind="page", regions=[], headline="About us").edit_state == EditState.IN_REVIEW


def test_somebody_else_must_exist_who_can_review(editor, cast):
    report = factories.draft(editor)
    assert refused(actions.submit, report, by=editor)[0][1].startswith("Nobody could review this")
    gone = cast("gone", roles.EDITOR, is_active=False)
    assert refused(actions.submit, report, by=editor)
    gone.is_active = True
    gone.save()
    assert actions.submit(report, by=editor).edit_state == EditState.IN_REVIEW


def test_changes_are_requested_with_a_comment_and_submitted_again(reporter, editor, second_editor):
    report = factories.in_review(reporter)
    assert refused(actions.request_changes, report, by=editor, comment=" \x00 ")[0][0] == "comment"
    assert refused(actions.request_changes, report, by=editor, comment="x" * 4001)[0][0] == "comment"
    report = actions.request_changes(report, by=editor, comment="Who says so?")
    assert report.edit_state == EditState.CHANGES_REQUESTED
    comment = ReviewComment.objects.get()
    assert (comment.text, comment.person, comment.revision.number) == ("Who says so?", editor, 2)
    refused(actions.approve, report, by=editor)
    report = actions.submit(report, by=reporter)
    assert (report.edit_state, report.round) == (EditState.IN_REVIEW, 1)
    assert "Who says so?" not in str(list(AuditEvent.objects.values()))


def test_an_approval_names_hash_and_revision_and_opens_the_next_round(reporter, editor):
    report = factories.in_review(reporter)
    newest = report.revisions.latest("number")
    report = actions.approve(report, by=editor)
    assert (report.edit_state, report.round) == (EditState.APPROVED, 2)
    sign_off = SignOff.objects.get(part="approved")
    assert (sign_off.person, sign_off.round, sign_off.revision, sign_off.content_hash) == (editor, 1, newest, newest.content_hash)
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.facts) == ("approve", {"hash": report.content_hash, "alone": False})


def test_a_name_that_changed_meanwhile_is_not_approved_unseen(reporter, editor):
    tag = Tag.objects.create(name="Land")
    report = factories.in_review(reporter, tags=[tag])
    Tag.objects.update(name="Land grabbing")
    assert "save the report again" in refused(actions.approve, report, by=editor)[0][1]
    report = actions.save(report, by=reporter)
    assert actions.approve(report, by=editor).edit_state == EditState.APPROVED


def test_each_step_is_refused_outside_its_states(reporter, editor, publisher):
    report = factories.draft(reporter)
    for act, given in ((actions.approve, {}), (actions.request_changes, {"comment": "Why?"})):
        assert "It stands at: Draft" in refused(act, report, by=editor, **given)[0][1]
    report = factories.in_review(reporter)
    assert "It stands at: In review" in refused(actions.submit, report, by=reporter)[0][1]
    for act in (actions.unschedule,):
        assert "It stands at: Not published" in refused(act, report, by=publisher)[0][1]


def test_what_somebody_else_changed_meanwhile_is_a_conflict(reporter, editor):
    report = factories.in_review(reporter)
    seen = report.lock_version
    actions.save(report, by=reporter, standfirst="A second thought.")
    for act, given in ((actions.approve, {}), (actions.request_changes, {"comment": "Why?"})):
        refused(act, report, by=editor, version=seen, error=Conflict, **given)


def test_who_may_is_asked_of_the_report_as_it_stands_now(reporter, second_reporter, editor):
    report = factories.draft(reporter, assigned_to=second_reporter)
    stale = Report.objects.get(pk=report.pk)
    actions.save(report, by=editor, assigned_to=None)
    refused(actions.save, stale, by=second_reporter, headline="Mine", error=Forbidden)


def test_machines_do_nothing_but_write_drafts_and_release(reporter, editor):
    report = factories.in_review(reporter)
    for actor in (machine(CLOCK), machine(COMMAND_LINE)):
        refused(actions.approve, report, by=actor, error=Forbidden)
        refused(actions.submit, report, by=actor, error=Forbidden)
    assert actions.save(report, by=machine(COMMAND_LINE), internal_note="Imported.").internal_note == "Imported."
    refused(actions.save, report, by=machine(CLOCK), internal_note="Ticked.", error=Forbidden)
