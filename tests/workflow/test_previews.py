"""Preview links: who makes them, what ends them, and that they are counted exactly."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.reports.models import Report
from articles.reports.preview_links import MOST_OPENS, PreviewLink
from articles.workflow import actions, previews, publication
from articles.workflow.refusals import Forbidden, Refused
from tests import factories
from tests.invariants.raw import done, refused

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_the_token_has_128_bits_and_is_kept_nowhere(reporter):
    report = factories.draft(reporter)
    link, token = previews.make(report, by=reporter, label="A lawyer", hours=48)

    assert len(token) == 22
    assert token not in str(list(PreviewLink.objects.values())) and token not in str(list(AuditEvent.objects.values()))
    assert previews.find(token) == link
    event = AuditEvent.objects.first()
    assert (event.verb, event.target, event.facts) == (
        "make_preview_link", report.audit_code, {"link": link.pk, "revision": 1, "hours": 48},
    )  # fmt: skip


def test_it_ends_by_its_time_by_hand_by_too_many_openings_and_by_a_takedown(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    at = timezone.now()
    links = [previews.make(report, by=reporter, label=f"{number}", hours=1, at=at) for number in range(4)]

    assert [previews.find(token, at=at + HOUR) for _link, token in links] == [None] * 4
    previews.revoke(links[0][0], by=publisher)
    PreviewLink.objects.filter(pk=links[1][0].pk).update(opens=MOST_OPENS - 1)
    assert [previews.count_opening(links[1][0]) for _time in range(2)] == [True, False]
    assert [previews.find(token) for _link, token in links] == [None, None, links[2][0], links[3][0]]
    publication.take_down(report, by=editor, reason="Somebody is in danger.")
    assert [previews.find(token) for _link, token in links] == [None] * 4
    with pytest.raises(Refused, match="taken down"):
        previews.make(Report.objects.get(), by=reporter, label="A lawyer", hours=1)


def test_who_may_not_write_a_report_makes_no_link_and_who_may_not_read_it_revokes_none(reporter, second_reporter, auditor, publisher):
    report = factories.draft(reporter)
    link, _token = previews.make(report, by=reporter, label="A lawyer", hours=1)
    before = list(PreviewLink.objects.values()), AuditEvent.objects.count()

    for person in (second_reporter, auditor, publisher):
        with pytest.raises(Forbidden):
            previews.make(report, by=person, label="A friend", hours=1)
    for person in (second_reporter, auditor):
        with pytest.raises(Forbidden):
            previews.revoke(link, by=person)
    for wrong in ({"label": " ", "hours": 1}, {"label": "x" * 121, "hours": 1}, {"label": "A friend", "hours": 3}):
        with pytest.raises(Refused):
            previews.make(report, by=reporter, **wrong)
    assert (list(PreviewLink.objects.values()), AuditEvent.objects.count()) == before


def test_a_report_has_at_most_twenty_links_that_are_open(reporter):
    report = factories.draft(reporter)
    for number in range(previews.MOST_OPEN):
        link, _token = previews.make(report, by=reporter, label=f"{number}", hours=1)
    with pytest.raises(Refused, match="revoke one first"):
        previews.make(report, by=reporter, label="One more", hours=1)
    previews.revoke(link, by=reporter)
    previews.make(report, by=reporter, label="One more", hours=1)


def test_the_database_keeps_a_link_to_its_revision_and_its_end(reporter):
    report, other = factories.draft(reporter), factories.draft(reporter, headline="Another")
    link, _token = previews.make(report, by=reporter, label="A lawyer", hours=1)
    actions.save(report, by=reporter, headline="Changed")
    table = "UPDATE articles_previewlink SET "
    newer, foreign = report.revisions.latest("number").pk, other.revisions.get().pk

    refused(f"{table} revision_id = %s", [newer], match="only counted")
    refused(f"{table} until = %s", [timezone.now() + 9 * HOUR], match="only counted")
    previews.count_opening(link)
    refused(f"{table} opens = 0", match="only counted")
    done(f"{table} opens = 2")
    with pytest.raises(IntegrityError, match="revision of its report"), transaction.atomic():
        PreviewLink.objects.create(
            report=report, revision_id=foreign, token_hash="0" * 64, label="x", made_by=reporter, made_at=link.made_at, until=link.until
        )


@pytest.mark.django_db(transaction=True)
def test_openings_at_the_same_time_are_each_counted(reporter):
    link, _token = previews.make(factories.draft(reporter), by=reporter, label="A lawyer", hours=1)

    def open_it(_time):
        try:
            return previews.count_opening(link)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_it, range(12))) == [True] * 12
    link.refresh_from_db()
    assert (link.opens, link.opened_on) == (12, timezone.now().date())
