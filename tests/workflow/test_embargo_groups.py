"""Embargo groups: all of them go out in one transaction under one stamp, or none does and the desk says which one it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Address, Edition, EditionFile, PublicFile
from articles.images.actions import add
from articles.reports.embargo_groups import EmbargoMember
from articles.reports.models import PublicState, Report
from articles.stamp.number import current
from articles.taxonomy.models import Tag
from articles.workflow import actions, embargo_groups, publication, release
from articles.workflow.refusals import Conflict, Forbidden
from tests import factories
from tests.admin.test_roles import a_picture
from tests.failing_database import failing
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = NOW - dt.timedelta(minutes=1)
BEFORE = NOW - dt.timedelta(hours=2)


@pytest.fixture
def three(reporter, editor, publisher):
    """A report with a picture and a tag, its Arabic version, and another report, in a group; all approved."""
    picture = add(a_picture(), by=reporter)
    Tag.objects.create(name="Land")
    source = factories.approved(reporter, editor, images=[{"image": picture, "alt": "A gate"}])
    arabic = factories.approved(
        reporter, editor, language="ar", headline="أُمر بمغادرة الوادي", translation_group=source.translation_group,
        images=[{"image": picture, "alt": "باب"}], tags=[Tag.objects.get()],
    )  # fmt: skip
    other = factories.approved(reporter, editor, headline="Another report of the same day")
    embargo_groups.join(source, [arabic, other], by=publisher)
    return Report.objects.order_by("pk")


def seen(reports):
    return dict(reports.values_list("pk", "lock_version"))


def states():
    return list(Report.objects.order_by("pk").values_list("public_state", flat=True))


def nothing_is_public():
    return (Edition.objects.count(), Address.objects.count(), EditionFile.objects.count(), PublicFile.objects.count()) == (0, 0, 0, 0)


def test_all_are_published_at_once_under_one_stamp_and_link_to_each_other(three, publisher, client):
    stamp = current()
    editions = embargo_groups.publish(three[0], by=publisher, seen=seen(three))
    assert (states(), current(), len(editions)) == (["live"] * 3, stamp + 1, 3)
    english, arabic, _other = three
    assert arabic.path in client.get(english.path).text and english.path in client.get(arabic.path).text
    assert len({edition.published_at for edition in editions}) == 1
    assert EditionFile.objects.filter(edition__language="ar").exists() and not EmbargoMember.objects.exists()
    assert list(AuditEvent.objects.order_by("-seq").values_list("verb", flat=True)[:3]) == ["publish"] * 3


def test_a_member_does_not_go_its_own_way(three, publisher, reporter):
    for act, more in ((publication.publish, {}), (actions.schedule, {"publish_at": NOW + dt.timedelta(days=1)})):
        assert "goes out together with 2 other reports" in refused(act, three[0], by=publisher, **more)[0][1]
    embargo_groups.schedule(three[0], by=publisher, publish_at=NOW + dt.timedelta(days=1), seen=seen(three))
    assert (states(), set(Report.objects.values_list("publish_at", flat=True))) == (["scheduled"] * 3, {NOW + dt.timedelta(days=1)})
    assert "goes out together" in refused(actions.unschedule, three[1], by=publisher)[0][1]
    assert "unschedule it first" in refused(embargo_groups.leave, three[1], by=publisher)[0][1]
    refused(embargo_groups.unschedule, three[1], by=reporter, seen=seen(three), error=Forbidden)
    embargo_groups.unschedule(three[1], by=publisher, seen=seen(three))
    assert states() == ["unpublished"] * 3 and EmbargoMember.objects.count() == 3


def test_the_clock_releases_all_of_a_group(three, publisher):
    embargo_groups.schedule(three[0], by=publisher, publish_at=DUE, seen=seen(three), at=BEFORE)
    stamp = current()
    assert release.run_due(at=NOW) == 3
    assert (states(), current()) == (["live"] * 3, stamp + 1)
    assert [event.facts["late_s"] for event in AuditEvent.objects.filter(verb="release")] == [60] * 3


def test_one_that_is_not_ready_keeps_all_and_is_named_with_the_reason(three, publisher):
    embargo_groups.schedule(three[0], by=publisher, publish_at=DUE, seen=seen(three), at=BEFORE)
    Tag.objects.update(name="Land grabbing")  # the Arabic one is no longer what was approved
    assert [release.run_due(at=NOW) for _ in range(2)] == [0, 0]
    assert states() == ["scheduled"] * 3 and nothing_is_public()
    alerts = [report.release_alert for report in three.all()]
    assert "no longer what was approved" in alerts[1]
    assert alerts[0] == alerts[2] and f"Report {three[1].pk} (العربية)" in alerts[0] and "Two families" not in alerts[0]
    assert AuditEvent.objects.filter(verb="release_failed").count() == 3
    Tag.objects.update(name="Land")
    assert release.run_due(at=NOW) == 3


@pytest.mark.parametrize("table", ["articles_edition", "articles_editionfile", "articles_auditevent"])
def test_a_failure_in_the_midst_of_writing_writes_nothing_of_any(three, publisher, table):
    embargo_groups.schedule(three[0], by=publisher, publish_at=DUE, seen=seen(three), at=BEFORE)
    conditions = {"articles_edition": "NEW.headline LIKE 'Another%'", "articles_auditevent": "NEW.verb = 'release'"}
    stamp, revisions = current(), [report.revisions.count() for report in three.all()]
    with failing(table, condition=conditions.get(table, "1=1")):
        assert release.run_due(at=NOW) == 0
    assert states() == ["scheduled"] * 3 and nothing_is_public()
    assert (current(), [report.revisions.count() for report in three.all()]) == (stamp, revisions)
    if table == "articles_edition":
        assert "The release failed" in three[2].release_alert and f"Report {three[2].pk}" in three[0].release_alert
    assert release.run_due(at=NOW) == 3


def test_publish_and_schedule_say_which_one_lacks_what(three, publisher, reporter):
    actions.save(three[2], by=reporter, body="<p>Changed.</p>")
    for act, more in ((embargo_groups.publish, {}), (embargo_groups.schedule, {"publish_at": NOW + dt.timedelta(days=1)})):
        [(_field, sentence)] = refused(act, three[0], by=publisher, seen=seen(three), **more)
        assert sentence.startswith(f"Report {three[2].pk} (English): This can be done when the report stands at: Approved.")
    assert nothing_is_public()


def test_a_page_that_is_stale_is_a_conflict(three, publisher):
    old = seen(three)
    actions.save(three[1], by=publisher_who_writes(), internal_note="x")
    refused(embargo_groups.publish, three[0], by=publisher, seen=old, error=Conflict)
    refused(embargo_groups.schedule, three[0], by=publisher, seen={}, publish_at=NOW + dt.timedelta(days=1), error=Conflict)
    one_short = {pk: version for pk, version in seen(three).items() if pk != three[2].pk}
    refused(embargo_groups.publish, three[0], by=publisher, seen=one_short, error=Conflict)


def publisher_who_writes():
    return Report.objects.first().created_by


def test_who_joins_is_not_public_and_in_no_other_group(three, publisher, reporter, editor):
    live = factories.live(reporter, editor, publisher, headline="A live one")
    assert "only what is not public joins" in refused(embargo_groups.join, three[0], [live], by=publisher)[0][1]
    one, two = (factories.draft(reporter, headline=f"Draft {number}") for number in range(2))
    embargo_groups.join(one, [two], by=publisher)
    assert "stands in another group" in refused(embargo_groups.join, three[0], [one], by=publisher)[0][1]
    assert refused(embargo_groups.join, factories.draft(reporter), [], by=publisher)[0][0] == "numbers"
    refused(embargo_groups.join, three[0], [one], by=editor, error=Forbidden)
    embargo_groups.leave(two, by=publisher)
    assert EmbargoMember.objects.filter(report__in=[one, two]).count() == 0
    assert Report.objects.get(pk=one.pk).public_state == PublicState.UNPUBLISHED
