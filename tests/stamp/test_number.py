"""The stamp: one row, which grows by one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from articles.stamp.models import Stamp
from articles.stamp.number import count_up, current
from articles.stamp.seeds import seed
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_stamp_grows_by_one_and_falls_back_with_its_transaction():
    before = current()
    count_up()
    assert current() == before + 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        count_up()
        raise ZeroDivisionError
    assert current() == before + 1


def test_there_is_one_stamp(django_assert_num_queries):
    seed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stamp.objects.create(id=2)
    assert Stamp.objects.count() == 1


def test_a_stamp_that_is_missing_is_made():
    Stamp.objects.all().delete()
    assert current() == 0
    count_up()
    assert current() == 1


def test_each_public_change_counts_once_and_the_desk_counts_nothing(reporter, editor, publisher):
    numbers = [current()]

    def after(act):
        numbers.append(current())
        return act

    report = after(factories.approved(reporter, editor))
    after(publication.publish(report, by=publisher))
    report = after(actions.save(report, by=reporter, headline="Three families told to leave"))
    report = after(actions.approve(actions.submit(report, by=reporter), by=editor))
    after(publication.publish_update(report, by=publisher, change="silent"))
    report = after(publication.withdraw(report, by=publisher, reason="A source asked."))
    after(publication.take_down(report, by=publisher, reason="A danger."))
    assert [number - numbers[0] for number in numbers] == [0, 0, 1, 1, 1, 2, 3, 4]
