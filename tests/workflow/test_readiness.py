"""A reviewer is told of what a public report may not lack, and cannot approve without it."""

from __future__ import annotations

import pytest

from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.reports.models import SignOff
from articles.workflow import actions, guards
from articles.workflow.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lacks", "sentence", "field"),
    [({"body": ""}, "The report has no text.", "body"), ({"dateline_on": None}, "Give the dateline its date.", "dateline_on")],
)
def test_a_report_that_could_not_be_published_is_not_approved(
    reporter: User, editor: User, lacks: dict[str, object], sentence: str, field: str
) -> None:
    report = factories.in_review(reporter, **lacks)
    events = AuditEvent.objects.count()

    with pytest.raises(Refused) as refusal:
        actions.approve(report, by=editor)

    assert [(str(reason), reason.field) for reason in refusal.value.reasons] == [(sentence, field)]
    assert [str(reason) for reason in guards.reasons_against(report, "approve", by=editor)] == [sentence]
    assert not SignOff.objects.filter(part="approved").exists()
    assert AuditEvent.objects.count() == events


def test_a_page_needs_no_dateline(reporter: User, editor: User) -> None:
    report = factories.in_review(reporter, kind="page", dateline_on=None, dateline_place="", dateline_region=None, regions=[])

    assert guards.reasons_against(report, "approve", by=editor) == []
