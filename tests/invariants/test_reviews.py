"""Reviews in the database: claims, comments and extra sign-offs that no statement forges."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from articles.editions.models import Edition
from articles.people import roles
from articles.people.machines import COMMAND_LINE, machine
from articles.reports import four_eyes
from articles.reports.comments import ReviewComment
from articles.reports.models import Report
from articles.reports.review_claims import ReviewClaim
from articles.safety.extra_reviews import ExtraReviewRule, ExtraSignOff
from articles.workflow import actions, claiming, publication
from tests import factories
from tests.invariants.raw import done, insert, raw_row, refused

pytestmark = pytest.mark.django_db


def claim(report, person):
    return insert("articles_reviewclaim", {"report_id": report.pk, "person_id": person.pk, "at": timezone.now()})


def sign_off(report, person, **changes):
    revision = report.revisions.latest("number")
    row = {
        "report_id": report.pk, "review": "legal", "person_id": person.pk, "revision_id": revision.pk,
        "content_hash": report.content_hash, "rule_id": "four eyes", "at": timezone.now(), **changes,
    }  # fmt: skip
    return insert("articles_extrasignoff", row)


def test_only_a_report_in_review_is_claimed_and_not_by_who_wrote_it(reporter, editor, second_editor):
    report, draft = factories.in_review(editor), factories.draft(reporter)
    refused(*claim(report, editor), match="does not claim")
    refused(*claim(draft, second_editor), match="in review")
    done(*claim(report, second_editor))
    refused("UPDATE articles_reviewclaim SET person_id = %s", [editor.pk], match="does not claim")
    refused(*claim(report, second_editor))
    assert ReviewClaim.objects.get().person == second_editor
    four_eyes.switch(on=False, by=machine(COMMAND_LINE))
    done("UPDATE articles_reviewclaim SET person_id = %s", [editor.pk])


def test_an_edition_goes_out_with_the_reviews_that_its_report_asks_for(reporter, editor, publisher, safety_officer):
    """The trigger alone: the act's own question is answered, then the ground is taken from under it."""
    report = factories.live(reporter, editor, publisher)
    row = raw_row("articles_edition")
    Report.objects.filter(pk=report.pk).update(severity="high")
    for column in ("headline", "content_hash", "slug"):
        refused(f"UPDATE articles_edition SET {column} = {column}", match="legal and safety reviews")
    assert raw_row("articles_edition") == row
    done("UPDATE articles_edition SET card_html = ''")
    claiming.sign_off_safety(report, by=safety_officer)
    done("UPDATE articles_edition SET headline = headline")
    refused("UPDATE articles_extrasignoff SET voided_at = %s", [timezone.now()], match="while its edition is live")
    Report.objects.filter(pk=report.pk).update(makes_allegation=True)
    refused("UPDATE articles_edition SET headline = headline", match="legal and safety reviews")
    ExtraReviewRule.objects.filter(review="legal").update(demanded="both")
    refused("UPDATE articles_edition SET headline = headline", match="legal and safety reviews")
    ExtraReviewRule.objects.filter(review="legal").update(demanded="never")
    done("UPDATE articles_edition SET headline = headline")
    ExtraReviewRule.objects.filter(review="legal").update(demanded="always")
    Report.objects.filter(pk=report.pk).update(makes_allegation=False)
    refused("UPDATE articles_edition SET headline = headline", match="legal and safety reviews")


def test_a_new_edition_is_not_inserted_without_them(reporter, editor, publisher):
    publication.withdraw(factories.live(reporter, editor, publisher), by=publisher, reason="Asked.")
    report = Report.objects.get()
    Report.objects.filter(pk=report.pk).update(severity="high")
    row = {"uuid": report.uuid.hex if connection.vendor == "sqlite" else str(report.uuid)}
    other = factories.live(reporter, editor, publisher, headline="Another")
    shape = raw_row("articles_edition", "uuid = %s", [other.uuid.hex if connection.vendor == "sqlite" else str(other.uuid)])
    forged = shape | row | {"content_hash": report.content_hash, "headline": report.headline, "slug": report.slug}
    forged |= {"path": report.path, "translation_group": report.translation_group.hex, "published_at": report.published_at}
    refused(*insert("articles_edition", forged))
    assert Edition.objects.count() == 1


def test_nobody_forges_an_extra_sign_off(cast, reporter, editor, second_editor):
    lawyer = cast("lawyer", roles.LEGAL_REVIEWER)
    report = factories.in_review(editor, assigned_to=reporter)
    report = actions.save(report, by=reporter, headline="Co-edited")
    for writer in (editor, reporter):
        refused(*sign_off(report, writer), match="does not sign it off")
        refused(*sign_off(report, writer, rule_id="alone"), match="not in force")
    refused(*sign_off(report, lawyer, content_hash="0" * 64), match="in review or approved")
    refused(*sign_off(report, lawyer, review="moral"))
    report = actions.approve(report, by=second_editor)
    refused(*sign_off(report, reporter), match="does not sign it off")
    refused(*sign_off(factories.draft(editor), lawyer), match="in review or approved")
    assert not ExtraSignOff.objects.exists()
    done(*sign_off(report, lawyer))
    refused(*sign_off(report, second_editor))
    for change in ("person_id = person_id + 1", "content_hash = ''", "review = 'safety'", "id = id + 1"):
        refused(f"UPDATE articles_extrasignoff SET {change}", match="only voided")
    refused("DELETE FROM articles_extrasignoff", match="never deleted")
    done("UPDATE articles_extrasignoff SET voided_at = %s", [timezone.now()])
    refused("UPDATE articles_extrasignoff SET voided_at = NULL", match="only voided")


def test_what_was_said_in_a_comment_stays_said(reporter, editor):
    other = factories.in_review(reporter, headline="Another")
    report = actions.request_changes(factories.in_review(reporter), by=editor, comment="Who says so?")
    row = raw_row("articles_reviewcomment")
    for change in ("text = 'x'", "person_id = person_id + 1", "quoted = 'x'", "at = '2020-01-01'", "field = 'headline'", "parent_id = id"):
        refused(f"UPDATE articles_reviewcomment SET {change}")
    refused("DELETE FROM articles_reviewcomment", match="never deleted")
    refused("UPDATE articles_reviewcomment SET resolved_at = %s", [timezone.now()])
    assert raw_row("articles_reviewcomment") == row
    reply = {name: value for name, value in row.items() if name != "id"} | {"parent_id": row["id"]}
    refused(*insert("articles_reviewcomment", reply | {"report_id": other.pk}), match="on a revision of its report")
    refused(
        *insert("articles_reviewcomment", reply | {"revision_id": other.revisions.latest("number").pk}), match="on a revision of its report"
    )
    refused(*insert("articles_reviewcomment", reply | {"text": ""}))
    done(*insert("articles_reviewcomment", reply))
    answer = ReviewComment.objects.latest("pk")
    refused(*insert("articles_reviewcomment", reply | {"parent_id": answer.pk}), match="a reply is to a comment")
    done("UPDATE articles_reviewcomment SET resolved_at = %s, resolved_by_id = %s WHERE id = %s", [timezone.now(), editor.pk, row["id"]])
    assert report.review_comments.count() == 2
