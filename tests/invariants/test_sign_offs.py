"""Four eyes in the database: nobody approves an own round, whatever is forged beside it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline, User
from articles.reports import four_eyes
from articles.reports.models import ApprovalRule, EditState, Report, Revision, SignOff
from articles.reports.snapshot import content_hash, snapshot
from articles.workflow import actions, guards, publication
from tests import factories
from tests.invariants.raw import done, insert, raw_row, refused

pytestmark = pytest.mark.django_db


def approval(report, person, **changes):
    """The row that would approve the report's newest revision."""
    revision = report.revisions.latest("number")
    return {
        "report_id": report.pk, "round": report.round, "person_id": person.pk, "part": "approved", "revision_id": revision.pk,
        "content_hash": report.content_hash, "rule_id": "four eyes", "at": timezone.now(), **changes,
    }  # fmt: skip


def approvals():
    return SignOff.objects.filter(part="approved").count()


def test_nobody_approves_an_own_round(editor, second_editor):
    report = factories.in_review(editor)
    refused(*insert("articles_signoff", approval(report, editor)))
    refused(*insert("articles_signoff", approval(report, editor, rule_id="alone")), match="not in force")
    refused(*insert("articles_signoff", approval(report, second_editor, round=report.round + 1)), match="current round")
    refused(*insert("articles_signoff", approval(report, second_editor, content_hash="0" * 64)), match="same content hash")
    assert approvals() == 0
    done(*insert("articles_signoff", approval(report, second_editor)))


def test_a_revision_tells_who_wrote_when_the_sign_off_that_says_so_is_missing(reporter, editor, second_editor):
    report = factories.in_review(reporter)
    Report.objects.filter(pk=report.pk).update(standfirst="Forged by hand.")
    report.refresh_from_db()
    content = snapshot(report)
    forged = raw_row("articles_revision", "report_id = %s AND number = 2", [report.pk])
    forged |= {"number": 3, "author_id": editor.pk, "content_hash": content_hash(content["public"]), "digest": "0" * 64}
    forged.pop("id")
    done(*insert("articles_revision", forged))
    Report.objects.filter(pk=report.pk).update(content_hash=forged["content_hash"])
    report.refresh_from_db()
    assert not report.sign_offs.filter(person=editor).exists()

    refused(*insert("articles_signoff", approval(report, editor)), match="cannot approve")
    assert approvals() == 0
    done(*insert("articles_signoff", approval(report, second_editor)))


def test_who_submits_without_a_change_has_not_written(reporter, editor):
    report = factories.draft(reporter, slug="the-valley")
    report = actions.submit(report, by=editor)
    assert actions.approve(report, by=editor).edit_state == EditState.APPROVED


def test_an_older_revision_is_not_approved_in_a_later_round(editor, second_editor, reporter, cast):
    """What an editor wrote in one round is not approved by the same editor in the next."""
    report = factories.in_review(editor, assigned_to=reporter)
    old = report.revisions.latest("number")
    report = actions.save(report, by=second_editor, headline="Another headline")
    report = actions.approve(report, by=cast("third", roles.EDITOR))
    report = actions.submit(actions.save(report, by=reporter, headline="A third headline"), by=reporter)
    refused(
        *insert("articles_signoff", approval(report, editor, revision_id=old.pk, content_hash=old.content_hash)), match="newest revision"
    )
    assert approvals() == 1


def test_what_is_not_in_review_is_not_approved(reporter, editor):
    report = factories.draft(reporter, slug="the-valley")
    refused(*insert("articles_signoff", approval(report, editor)), match="in review")
    assert approvals() == 0


def test_a_sign_off_is_neither_changed_nor_deleted_nor_replaced(editor, second_editor):
    report = factories.in_review(editor)
    wrote = raw_row("articles_signoff")
    refused("DELETE FROM articles_signoff", match="never deleted")
    for change in ("person_id = %s", "round = round + %s", "id = id + %s"):
        refused(f"UPDATE articles_signoff SET {change}", [second_editor.pk], match="only voided")
    refused("UPDATE articles_signoff SET part = 'approved', revision_id = %s", [report.revisions.latest("number").pk], match="only voided")
    assert raw_row("articles_signoff") == wrote
    done("UPDATE articles_signoff SET voided_at = %s", [timezone.now()])
    refused(*insert("articles_signoff", approval(report, editor)))
    refused("UPDATE articles_signoff SET voided_at = NULL", match="only voided")
    assert SignOff.objects.get().person == editor


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
def test_an_approval_does_not_replace_the_mark_of_the_writer(editor, second_editor):
    report = factories.in_review(editor)
    wrote = raw_row("articles_signoff")
    for row in (approval(report, editor), approval(report, editor, id=wrote["id"]), {**wrote, "person_id": second_editor.pk}):
        refused(*insert("articles_signoff", row, verb="INSERT OR REPLACE"))
    assert raw_row("articles_signoff") == wrote


def test_the_approval_of_what_is_live_is_not_voided_under_it(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    refused("UPDATE articles_signoff SET voided_at = %s WHERE part = 'approved'", [timezone.now()], match="while its edition is live")
    publication.take_down(report, by=publisher, reason="A danger.")
    assert SignOff.objects.filter(part="approved", voided_at=None).count() == 0


def test_alone_comes_into_force_only_after_it_was_audited(editor, second_editor):
    report = factories.in_review(editor)
    refused("UPDATE articles_approvalrule SET in_force = %s WHERE code = 'alone'", [True], match="after it was audited")
    assert not four_eyes.are_off()
    four_eyes.switch(on=False, by=machine(COMMAND_LINE))
    report = actions.approve(report, by=editor)
    assert list(SignOff.objects.order_by("id").values_list("part", "rule_id")) == [("wrote", "four eyes"), ("approved", "alone")]
    assert AuditEvent.objects.latest("seq").facts == {"hash": report.content_hash, "alone": True}

    four_eyes.switch(on=True, by=machine(COMMAND_LINE))
    refused("UPDATE articles_approvalrule SET in_force = %s WHERE code = 'alone'", [True], match="after it was audited")
    assert dict(ApprovalRule.objects.values_list("code", "in_force")) == {"four eyes": True, "alone": False}
    assert Revision.objects.count() == 2


def test_a_credited_person_is_no_second_pair_of_eyes(reporter, editor, second_editor):
    byline = Byline.objects.create(name="Edith Notreal", slug="edith-notreal")
    User.objects.filter(pk=editor.pk).update(byline=byline)
    editor.refresh_from_db()
    report = factories.in_review(reporter, credits=[{"byline": byline, "role": "research"}])
    assert [str(reason) for reason in guards.approve_reasons(report, by=editor)] == [
        "Your byline stands among its credits: somebody else must approve it."
    ]
    assert list(guards.reviewers(report)) == [second_editor]
    refused(*insert("articles_signoff", approval(report, editor)), match="cannot approve")
    assert approvals() == 0
    done(*insert("articles_signoff", approval(report, second_editor)))


def test_after_a_takedown_nobody_approves_what_they_wrote_before_it(editor, second_editor, publisher, safety_officer):
    report = publication.take_down(factories.live(editor, second_editor, publisher), by=safety_officer, reason="A person is in danger.")
    report = actions.submit(report, by=second_editor)
    assert report.round == 2 and not report.sign_offs.filter(round=2).exists()
    assert "You wrote part of this text" in str(guards.approve_reasons(report, by=editor)[0])
    refused(*insert("articles_signoff", approval(report, editor)), match="cannot approve")
    done(*insert("articles_signoff", approval(report, second_editor)))


def test_what_an_approval_covers_is_nobodys_own_text_any_more(editor, second_editor, reporter):
    report = factories.approved(editor, second_editor, assigned_to=reporter)
    report = actions.submit(actions.save(report, by=reporter, headline="Two families told to leave by Friday"), by=reporter)
    assert actions.approve(report, by=editor).edit_state == EditState.APPROVED
