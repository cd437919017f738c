"""Errands: once per key, tried again, none lost and none done by two."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from articles.errands import queue
from articles.errands.models import Errand, Heartbeat

pytestmark = pytest.mark.django_db
AT = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def fail(payload):
    raise LookupError("a name that no log may hold")


def ask(key="tidy", **given):
    queue.enqueue("tidy", key=key, run_at=AT, **given)


def test_an_errand_is_done_once_when_it_is_due():
    done = []
    ask(payload={"n": 1})
    assert queue.run(handlers={"tidy": done.append}, at=AT - SECOND) == 0
    assert queue.run(handlers={"other": done.append}, at=AT) == 0
    assert queue.run(handlers={"tidy": done.append}, at=AT) == 1
    assert queue.run(handlers={"tidy": done.append}, at=AT + dt.timedelta(days=1)) == 0
    assert done == [{"n": 1}]


def test_one_that_waits_is_asked_for_once_and_one_that_is_done_anew():
    done = []
    ask(payload={"n": 1})
    queue.enqueue("tidy", key="tidy", payload={"n": 2}, run_at=AT + dt.timedelta(days=1))
    assert list(Errand.objects.values_list("payload", "run_at")) == [({"n": 1}, AT)]
    queue.run(handlers={"tidy": done.append}, at=AT)
    ask(payload={"n": 3})
    queue.run(handlers={"tidy": done.append}, at=AT)
    assert done == [{"n": 1}, {"n": 3}] and Errand.objects.count() == 1


def test_an_errand_belongs_to_the_transaction_of_its_act():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask()
        raise ZeroDivisionError
    assert Errand.objects.count() == 0


def test_a_failure_is_tried_again_later_and_later_and_keeps_no_text():
    ask()
    waits, at = [], AT
    for _ in range(10):
        assert queue.run(handlers={"tidy": fail}, at=at) == 0
        errand = Errand.objects.get()
        waits.append((errand.run_at - at).total_seconds())
        at = errand.run_at
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert (errand.attempts, errand.last_error, errand.done_at) == (10, "LookupError", None)
    assert queue.failing() == [errand]
    assert queue.run(handlers={"tidy": len}, at=at) == 1 and queue.failing() == []


def test_one_that_fails_keeps_no_other_from_being_done():
    done = []
    ask("first")
    queue.enqueue("other", key="second", run_at=AT + SECOND)
    assert queue.run(handlers={"tidy": fail, "other": done.append}, at=AT + SECOND) == 1
    assert done == [{}]


def test_a_worker_that_died_loses_its_lease():
    ask()

    def die(payload):
        raise SystemExit

    with pytest.raises(SystemExit):
        queue.run(handlers={"tidy": die}, at=AT)
    lease = Errand.objects.get().lease_until
    assert lease >= AT + queue.LEASE
    done = []
    assert queue.run(handlers={"tidy": done.append}, at=lease - SECOND) == 0
    assert queue.run(handlers={"tidy": done.append}, at=lease) == 1
    assert done == [{}] and Errand.objects.get().attempts == 2


def test_a_worker_that_lost_its_lease_does_not_say_that_the_errand_is_done():
    ask()

    def slow(payload):
        Errand.objects.update(token="of another worker", lease_until=AT + dt.timedelta(hours=1))

    queue.run(handlers={"tidy": slow}, at=AT)
    assert list(Errand.objects.values_list("token", "done_at")) == [("of another worker", None)]

    def slow_and_failing(payload):
        Errand.objects.update(token="of a third")
        fail(payload)

    Errand.objects.update(lease_until=None)
    queue.run(handlers={"tidy": slow_and_failing}, at=AT)
    assert list(Errand.objects.values_list("token", "last_error")) == [("of a third", "")]


def test_what_is_asked_for_while_it_is_done_is_done_once_more():
    done = []

    def tidy(payload):
        done.append(payload)
        if len(done) == 1:
            ask()  # what this act changed, the round had already passed

    ask()
    queue.run(handlers={"tidy": tidy}, at=AT)
    assert Errand.objects.get().done_at is None
    queue.run(handlers={"tidy": tidy}, at=AT)
    assert len(done) == 2 and Errand.objects.get().done_at is not None


def test_a_round_begins_no_errand_after_its_time_is_up():
    ask("first"), ask("second")
    assert queue.run(handlers={"tidy": len}, at=AT, most_s=-1) == 0
    assert queue.run(handlers={"tidy": len}, at=AT, limit=1) == 1
    assert queue.run(handlers={"tidy": len}, at=AT) == 1


@pytest.mark.django_db(transaction=True)
def test_a_handler_holds_no_transaction():
    ask()
    held = []
    queue.run(handlers={"tidy": lambda payload: held.append(connection.in_atomic_block)}, at=AT)
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_errand_once():
    for number in range(12):
        ask(f"errand {number}", payload={"n": number})
    done, gate = [], threading.Barrier(2)

    def work():
        gate.wait()
        queue.run(handlers={"tidy": lambda payload: done.append(payload["n"])}, at=AT)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(done) == list(range(12))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_request_waits_for_a_worker_that_is_about_to_be_done():
    ask()
    asked = threading.Thread(target=lambda: (ask(payload={"n": 2}), connection.close()))
    with transaction.atomic():
        Errand.objects.update(done_at=AT)
        asked.start()
        asked.join(0.5)
    asked.join(30)
    assert list(Errand.objects.values_list("done_at", "payload")) == [(None, {"n": 2})]


def test_done_errands_are_forgotten_after_a_week():
    ask()
    Errand.objects.update(done_at=AT)
    assert queue.prune(at=AT + dt.timedelta(days=7)) == 0
    assert queue.prune(at=AT + dt.timedelta(days=7) + SECOND) == 1


def test_the_heartbeat_tells_how_long_a_process_was_silent():
    assert queue.silent_for("clock", at=AT) is None
    queue.beat("clock", at=AT)
    queue.beat("clock", at=AT + SECOND)
    assert queue.silent_for("clock", at=AT + dt.timedelta(minutes=2)) == dt.timedelta(seconds=119)
    assert Heartbeat.objects.count() == 1
