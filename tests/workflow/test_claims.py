"""Who reviews a report: claimed, given back, taken over. A claim is a word to colleagues and locks nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.people.models import Byline
from articles.reports.models import EditState
from articles.reports.review_claims import ReviewClaim
from articles.workflow import actions, assigning, claiming, publication
from articles.workflow.refusals import Forbidden
from tests import factories
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db


def claimed_by(report):
    return ReviewClaim.objects.filter(report=report).values_list("person__username", flat=True).first()


def test_a_review_is_claimed_given_back_and_taken_over(reporter, editor, second_editor):
    report = factories.in_review(reporter)
    version = report.lock_version
    claiming.claim(report, by=editor)
    assert "You are reviewing this already." in refused(claiming.claim, report, by=editor)[0][1]
    assert "take the review over" in refused(claiming.claim, report, by=second_editor)[0][1]
    assert "nothing to give back" in refused(claiming.give_back, report, by=second_editor)[0][1]
    claiming.take_over(report, by=second_editor)
    assert claimed_by(report) == "second-editor"
    claiming.give_back(report, by=second_editor)
    assert claimed_by(report) is None
    assert "claim it" in refused(claiming.take_over, report, by=editor)[0][1]
    report.refresh_from_db()
    assert report.lock_version == version, "who writes on is not disturbed"
    verbs = list(AuditEvent.objects.filter(target=report.audit_code).order_by("seq").values_list("verb", flat=True))
    assert verbs[-3:] == ["claim", "take_over", "give_back"]


def test_who_wrote_co_edited_or_is_credited_claims_nothing(cast, reporter, editor, second_editor, publisher, superuser):
    third = cast("third", roles.EDITOR, byline=Byline.objects.create(name="T. Notreal", slug="t-notreal"))
    report = factories.in_review(reporter, credits=[{"byline": third.byline, "role": "translation"}])
    actions.save(report, by=second_editor, standfirst="Co-edited in this round.")
    for person, said in ((second_editor, "You wrote part"), (third, "Your byline stands")):
        assert said in refused(claiming.claim, report, by=person)[0][1]
    for person in (reporter, publisher, superuser, machine(CLOCK), machine(COMMAND_LINE)):
        refused(claiming.claim, report, by=person, error=Forbidden)
    assert "It stands at: Draft" in refused(claiming.claim, factories.draft(reporter), by=editor)[0][1]
    claiming.claim(report, by=editor)
    refused(claiming.take_over, report, by=second_editor)
    assert claimed_by(report) == "editor"


def test_a_claim_keeps_nobody_from_approving_and_ends_with_the_review(reporter, editor, second_editor, publisher):
    report = factories.in_review(reporter)
    claiming.claim(report, by=editor)
    report = actions.approve(report, by=second_editor)
    assert (report.edit_state, claimed_by(report)) == (EditState.APPROVED, None)

    report = factories.in_review(reporter)
    claiming.claim(report, by=editor)
    actions.request_changes(report, by=second_editor, comment="Why?")
    assert claimed_by(report) is None

    report = factories.live(reporter, editor, publisher)
    report = actions.submit(actions.save(report, by=reporter, headline="Another"), by=reporter)
    claiming.claim(report, by=editor)
    publication.take_down(report, by=publisher, reason="A danger.")
    assert claimed_by(report) is None


def test_who_changes_the_text_they_review_reviews_it_no_more(reporter, editor, second_editor):
    report = factories.in_review(reporter)
    claiming.claim(report, by=editor)
    actions.save(report, by=editor, internal_note="Looks good.")
    actions.save(report, by=reporter, headline="Changed by its writer")
    assert claimed_by(report) == "editor"
    actions.save(report, by=editor, headline="Changed by who reviews it")
    assert claimed_by(report) is None


def test_a_report_is_assigned_with_a_date_to_who_may_work_on_it_and_nothing_falls(
    cast, reporter, second_reporter, editor, publisher, auditor
):
    due = timezone.now() + dt.timedelta(days=1)
    report = actions.schedule(factories.approved(reporter, editor), by=publisher, publish_at=factories.in_a_week())
    arabic, english = cast("arabic", roles.TRANSLATOR, languages=["ar"]), cast("english", roles.TRANSLATOR, languages=["en"])
    gone = cast("gone", roles.REPORTER, is_active=False)
    assert set(assigning.may_work_on(report)) == {reporter, second_reporter, editor, english}
    for person in (arabic, publisher, auditor, gone, machine(CLOCK)):
        assert refused(assigning.assign, report, by=publisher, assigned_to=person, due_at=due)[0][0] == "assigned_to"
    for person in (second_reporter, auditor, arabic):
        refused(assigning.assign, report, by=person, assigned_to=person, due_at=due, error=Forbidden)

    again = assigning.assign(report, by=publisher, assigned_to=second_reporter, due_at=due)

    assert (again.assigned_to, again.due_at, again.lock_version, again.public_state) == (
        second_reporter,
        due,
        report.lock_version,
        "scheduled",
    )
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.facts) == ("assign", {"to": second_reporter.code, "due": due.isoformat()})
    assert "already" in refused(assigning.assign, report, by=publisher, assigned_to=second_reporter, due_at=due)[0][1]
    again = assigning.assign(report, by=second_reporter, assigned_to=None, due_at=None)
    assert (again.assigned_to, again.due_at) == (None, None)


def test_an_assignment_that_came_with_a_save_is_told_too(reporter, editor):
    report = factories.draft(reporter)
    actions.save(report, by=editor, assigned_to=reporter, due_at=None)
    assert list(AuditEvent.objects.order_by("-seq").values_list("verb", flat=True)[:2]) == ["assign", "save"]
