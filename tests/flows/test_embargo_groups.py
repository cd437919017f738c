"""Embargo groups under load: two publishes, a publish against the clock, a save, two groups that share pictures. All or none, and no deadlock."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from articles.audit.chain import verify
from articles.editions.models import Edition, EditionFile
from articles.images.actions import add
from articles.reports.models import Report
from articles.stamp.number import current
from articles.workflow import actions, embargo_groups, publication, release
from tests import factories
from tests.admin.test_roles import a_picture
from tests.flows.test_races import together as at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pictures(reporter):
    return [add(a_picture(), by=reporter)]


def group(reporter, editor, publisher, pictures, name):
    """Two languages and one more, in a group, approved; and what a page showed of them."""
    images = [{"image": each, "alt": "A gate"} for each in pictures]
    source = factories.approved(reporter, editor, headline=f"{name} one", images=images)
    arabic = factories.approved(reporter, editor, headline=f"{name} two", language="ar", translation_group=source.translation_group)
    other = factories.approved(reporter, editor, headline=f"{name} three", images=images)
    embargo_groups.join(source, [arabic, other], by=publisher)
    members = [source, arabic, other]
    return members, {each.pk: Report.objects.get(pk=each.pk).lock_version for each in members}


def test_of_two_publishes_of_a_group_one_wins_and_writes_all(reporter, editor, publisher, pictures):
    members, seen = group(reporter, editor, publisher, pictures, "First")
    stamp = current()
    results = at_once(*[lambda each=each: embargo_groups.publish(each, by=publisher, seen=seen) for each in (members[0], members[2])])
    assert Counter(type(result).__name__ for result in results) in ({"list": 1, "Conflict": 1}, {"list": 1, "Refused": 1}), results
    assert (Edition.objects.count(), current()) == (3, stamp + 1)
    assert verify().holds


def test_two_groups_that_share_a_picture_do_not_wait_for_each_other_for_ever(reporter, editor, publisher, pictures):
    (first, seen), (second, seen_too) = (group(reporter, editor, publisher, pictures, name) for name in ("First", "Second"))
    results = at_once(
        lambda: embargo_groups.publish(first[2], by=publisher, seen=seen),
        lambda: embargo_groups.publish(second[0], by=publisher, seen=seen_too),
    )
    assert [type(result).__name__ for result in results] == ["list", "list"], results
    assert Edition.objects.count() == 6 and EditionFile.objects.filter(edition__headline__endswith="three").exists()
    assert verify().holds


def test_a_save_beside_the_clock_leaves_all_or_none(reporter, editor, publisher, pictures):
    members, seen = group(reporter, editor, publisher, pictures, "First")
    due = timezone.now() + dt.timedelta(seconds=1)
    embargo_groups.schedule(members[0], by=publisher, publish_at=due, seen=seen)
    seen = dict(Report.objects.values_list("pk", "lock_version"))
    results = at_once(
        lambda: release.run_due(at=due),
        lambda: embargo_groups.unschedule(members[1], by=publisher, seen=seen),
        lambda: publication.publish(members[2], by=publisher),
        lambda: actions.save(members[1], by=reporter, headline="Other words"),
    )
    assert Edition.objects.count() in (0, 3), results
    assert set(Report.objects.values_list("public_state", flat=True)) in ({"live"}, {"unpublished"}, {"scheduled"}), results
    assert verify().holds
