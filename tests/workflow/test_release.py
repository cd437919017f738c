"""What falls due: scheduled reports are released on time or stay put and say why; live ones expire."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people.machines import CLOCK, machine
from articles.reports.models import PublicState, Report, Withdrawal
from articles.taxonomy.models import Tag
from articles.workflow import actions, expiring, publication, release
from articles.workflow.refusals import Forbidden
from newsroom import clock
from tests import factories
from tests.failing_database import failing
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = NOW - dt.timedelta(minutes=1)
BEFORE = NOW - dt.timedelta(hours=2)


@pytest.fixture
def scheduled(reporter, editor, publisher):
    """A report that is due now, scheduled two hours ago."""
    return actions.schedule(factories.approved(reporter, editor), by=publisher, publish_at=DUE, at=BEFORE)


def alert():
    report = Report.objects.get()
    assert (report.public_state, Edition.objects.count()) == (PublicState.SCHEDULED, 0)
    assert AuditEvent.objects.latest("seq").verb == "release_failed"
    return report.release_alert


def test_a_schedule_binds_time_person_and_hash(scheduled, publisher):
    assert (scheduled.public_state, scheduled.publish_at, scheduled.scheduled_by) == (PublicState.SCHEDULED, DUE, publisher)
    assert scheduled.scheduled_hash == scheduled.content_hash
    later = DUE + dt.timedelta(hours=3)
    again = actions.schedule(scheduled, by=publisher, publish_at=later, at=BEFORE)
    assert (again.public_state, again.publish_at) == (PublicState.SCHEDULED, later)


def test_a_schedule_lies_ahead_after_the_embargo_and_before_the_expiry(reporter, editor, publisher):
    report = factories.approved(reporter, editor, embargo_until=NOW + dt.timedelta(days=2), expire_at=NOW + dt.timedelta(days=4))
    days = lambda number: NOW + dt.timedelta(days=number)  # noqa: E731 - a word for this test
    assert "embargo_until" in [field for field, _sentence in refused(actions.schedule, report, by=publisher, publish_at=days(1))]
    assert "expire_at" in [field for field, _sentence in refused(actions.schedule, report, by=publisher, publish_at=days(4))]
    assert "embargo_until" in [field for field, _sentence in refused(publication.publish, report, by=publisher)]
    assert actions.schedule(report, by=publisher, publish_at=days(3)).publish_at == days(3)
    other = factories.approved(reporter, editor, headline="Another")
    assert refused(actions.schedule, other, by=publisher, publish_at=NOW - dt.timedelta(seconds=1))[0][0] == "publish_at"


def test_the_clock_releases_for_the_person_who_scheduled_and_says_how_late(scheduled, publisher):
    assert release.run_due(at=DUE - dt.timedelta(seconds=1)) == 0
    assert release.run_due(at=NOW) == 1
    report, edition, event = Report.objects.get(), Edition.objects.get(), AuditEvent.objects.latest("seq")
    assert (report.public_state, report.published_at, edition.published_at) == (PublicState.LIVE, NOW, NOW)
    assert (event.by, event.verb) == (machine(CLOCK).audit_code, "release")
    assert event.facts == {"hash": report.live_hash, "late_s": 60, "for": publisher.code}
    assert (report.publish_at, report.scheduled_by, report.scheduled_hash) == (None, None, "")
    assert release.run_due(at=NOW) == 0


def test_beyond_a_day_the_clock_asks_first(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    actions.schedule(report, by=publisher, publish_at=NOW - dt.timedelta(hours=25), at=NOW - dt.timedelta(hours=26))
    assert release.run_due(at=NOW) == 0
    assert alert() == "This was due 1 day ago, when the clock was down. Publish it now, or unschedule it."
    assert publication.publish(report, by=publisher).uuid == report.uuid
    assert Report.objects.get().release_alert == ""


def test_an_alert_is_written_once_and_goes_with_its_cause(scheduled, publisher):
    publisher.is_active = False
    publisher.save()
    events = AuditEvent.objects.count()
    assert [release.run_due(at=NOW) for _ in range(3)] == [0, 0, 0]
    assert "no longer an active publisher" in alert() and AuditEvent.objects.count() == events + 1
    publisher.is_active = True
    publisher.save()
    assert release.run_due(at=NOW) == 1
    assert Report.objects.get().release_alert == ""


def test_who_scheduled_is_still_a_publisher(scheduled, publisher):
    publisher.groups.clear()
    assert release.run_due(at=NOW) == 0
    assert "no longer an active publisher" in alert()


def test_all_gates_are_asked_again(reporter, editor, publisher):
    tag = Tag.objects.create(name="Land")
    report = factories.approved(reporter, editor, tags=[tag])
    actions.schedule(report, by=publisher, publish_at=DUE, at=BEFORE)
    Tag.objects.update(name="Land grabbing")
    assert release.run_due(at=NOW) == 0
    assert "no longer what was approved" in alert()


def test_a_release_that_fails_for_any_reason_keeps_no_other_from_its_time(reporter, editor, publisher):
    broken = factories.approved(reporter, editor, headline="A broken one")
    actions.schedule(broken, by=publisher, publish_at=DUE - dt.timedelta(seconds=9), at=BEFORE)
    whole = factories.approved(reporter, editor)
    actions.schedule(whole, by=publisher, publish_at=DUE, at=BEFORE)
    with failing("articles_edition", condition="NEW.headline = 'A broken one'"):
        assert release.run_due(at=NOW) == 1
    assert dict(Report.objects.values_list("pk", "public_state")) == {broken.pk: "scheduled", whole.pk: "live"}
    assert "The release failed" in Report.objects.get(pk=broken.pk).release_alert
    assert release.run_due(at=NOW) == 1


def test_a_live_report_expires_and_its_address_is_gone(reporter, editor, publisher, client):
    report = factories.live(reporter, editor, publisher, expire_at=NOW + dt.timedelta(hours=1))
    assert release.run_due(at=NOW + dt.timedelta(minutes=59)) == 0
    assert release.run_due(at=NOW + dt.timedelta(hours=1)) == 1
    report = Report.objects.get()
    assert report.public_state == PublicState.WITHDRAWN and Edition.objects.count() == 0
    assert list(Withdrawal.objects.values_list("kind", "person__username")) == [("expired", "clock")]
    assert client.get(report.path).status_code == 410
    assert "expire_at" in [field for field, _sentence in refused(publication.publish, report, by=publisher, at=NOW + dt.timedelta(hours=2))]


def test_a_round_of_the_clock_goes_on_after_a_failure(scheduled, monkeypatch):
    def fail(*, at):
        raise LookupError

    monkeypatch.setattr(clock, "DUE", [fail, *clock.DUE])
    clock.tick(at=NOW)
    assert Report.objects.get().public_state == PublicState.LIVE
    clock.tick(at=NOW)
    assert Edition.objects.count() == 1


def test_an_expiry_is_set_with_the_publication_or_later_and_called_off(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    hours = lambda number: NOW + dt.timedelta(hours=number - 60)  # noqa: E731 - a word for this test
    assert "expire_at" in [
        field for field, _s in refused(actions.schedule, report, by=publisher, publish_at=hours(3), expire_at=hours(2), at=hours(0))
    ]
    later = actions.schedule(report, by=publisher, publish_at=hours(3), expire_at=hours(9), at=hours(0))
    assert Report.objects.get().expire_at == hours(9)
    assert refused(expiring.set_expiry, later, by=publisher, expire_at=hours(3), at=hours(0))[0][0] == "expire_at"
    assert refused(expiring.set_expiry, later, error=Forbidden, by=reporter, expire_at=hours(4), at=hours(0))
    assert release.run_due(at=hours(3)) == 1 and Report.objects.get().expire_at == hours(9)
    assert refused(expiring.set_expiry, later, by=editor, expire_at=NOW, at=NOW)[0][0] == "expire_at"
    expiring.set_expiry(later, by=editor, expire_at=None)
    assert release.run_due(at=hours(10)) == 0 and Report.objects.get().public_state == PublicState.LIVE
    expiring.set_expiry(later, by=publisher, expire_at=hours(20), at=hours(11))
    assert release.run_due(at=hours(20)) == 1 and Report.objects.get().public_state == PublicState.WITHDRAWN
    publication.publish(Report.objects.get(), by=publisher, expire_at=hours(40), at=hours(21))
    live = Report.objects.get()
    assert (live.public_state, live.expire_at) == (PublicState.LIVE, hours(40))
    assert live.revisions.latest("number").content["desk"]["expire_at"].startswith(f"{hours(40):%Y-%m-%dT%H}")
