"""The audit's chain: what it takes, and how it tells where it was broken."""

from __future__ import annotations

import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from articles.audit.chain import Verdict, record, verify
from articles.audit.models import AuditEvent
from articles.people.machines import COMMAND_LINE, machine
from articles.reports.models import Revision
from tests import factories
from tests.state import everything

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def five():
    """A chain of five events."""
    with transaction.atomic():
        return [record(by="user:a", verb="test", target=f"report:{number}", facts={"n": number}, at=AT) for number in range(1, 6)]


def events():
    return list(AuditEvent.objects.order_by("seq").values())


def test_each_event_follows_the_one_before(five):
    assert [event.seq for event in five] == [1, 2, 3, 4, 5]
    assert [event.previous for event in five] == ["0" * 64, *(event.digest for event in five[:4])]
    assert verify() == Verdict(True, 5, head=five[-1].digest)


def test_an_audit_without_events_holds():
    assert verify() == Verdict(True, 0, head="0" * 64)


@pytest.mark.parametrize("fact", ["A. Writer", "writer@example.org", "تقرير", "x" * 81, None, 1.5, ["a"], {"a": 1}])
def test_the_audit_takes_no_name_no_address_and_no_text(fact):
    with pytest.raises(ValueError, match="numbers and codes"):
        record(by="user:a", verb="test", target="report:1", facts={"what": fact})
    if isinstance(fact, str):
        for place in ("by", "verb", "target"):
            with pytest.raises(ValueError, match="numbers and codes"):
                record(**{"by": "user:a", "verb": "test", "target": "report:1", place: fact})
    assert events() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError, match="one transaction"):
        record(by="user:a", verb="test", target="report:1")
    assert events() == []


def test_no_name_and_no_text_of_a_report_reaches_the_audit(reporter, editor, publisher):
    reporter.first_name, reporter.last_name = "Canaria", "Finch"
    reporter.save()
    factories.live(reporter, editor, publisher, headline="Canary headline", internal_note="Canary note")
    written = str(events()).casefold()
    assert "canar" not in written and "finch" not in written and "valley" not in written and "'reporter" not in written
    assert reporter.code in written


def broken(change, *params):
    """The verdict after a change that goes behind the triggers, and what the command says of it."""
    with factories.triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(change, params)
    error = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("audit_verify", stdout=StringIO(), stderr=error)
    assert exit_.value.code == 1
    return verify().broken_at, verify().why, error.getvalue().split(":")[0]


@pytest.mark.parametrize(
    "change", ["verb = 'other'", "target = 'x'", "\"by\" = 'user:b'", "facts = '{\"n\": 7}'", "at = '2020-01-01 00:00:00+00'"]
)
def test_a_changed_event_is_named(five, change):
    assert broken(f"UPDATE articles_auditevent SET {change} WHERE seq = 3") == (3, "the event was changed", "The chain breaks at event 3")


def test_a_missing_event_is_named(five):
    assert broken("DELETE FROM articles_auditevent WHERE seq = 2") == (2, "the event is missing", "The chain breaks at event 2")


def test_events_in_another_order_are_named(five):
    swap = "UPDATE articles_auditevent SET seq = CASE seq WHEN 2 THEN 13 ELSE 12 END WHERE seq IN (2, 3)"
    broken(swap)
    assert broken("UPDATE articles_auditevent SET seq = seq - 10 WHERE seq > 10")[:2] == (2, "the event does not follow the one before it")


def test_an_event_inserted_by_hand_is_named(five):
    last = five[-1].digest
    insert = (
        'INSERT INTO articles_auditevent (seq, at, "by", verb, target, facts, previous, digest)'
        ' SELECT 6, at, "by", verb, target, facts, %s, %s FROM articles_auditevent WHERE seq = 5'
    )
    assert broken(insert, last, "1" * 64)[:2] == (6, "the event was changed")


def test_a_tail_that_was_cut_off_shows_beside_an_anchor(five):
    anchor = f"5:{five[-1].digest}"
    out = StringIO()
    call_command("audit_verify", anchor=anchor, stdout=out)
    assert out.getvalue().splitlines()[0] == f"The chain holds: 5 events. Head: {anchor}"
    with factories.triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_auditevent WHERE seq > 3")
    assert verify().holds
    assert verify((5, five[-1].digest)) == Verdict(False, 3, 4, "the end of the chain was cut off")
    with transaction.atomic():
        for _ in range(2):
            record(by="user:a", verb="test", target="report:9", at=AT)
    assert verify((5, five[-1].digest)) == Verdict(False, 4, 5, "the event is not the one that was anchored")
    with pytest.raises(CommandError, match="looks like"):
        call_command("audit_verify", anchor="five")


def test_a_chain_under_another_key_does_not_hold(five, settings):
    settings.AUDIT_KEY = "another key, as long as keys must be here"
    assert verify().broken_at == 1


def test_the_command_names_a_broken_revision(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    assert verify().holds
    with factories.triggers_lifted():
        content = Revision.objects.get(report=report, number=2).content
        content["public"]["headline"] = "Another headline"
        Revision.objects.filter(report=report, number=2).update(content=content)
    error = StringIO()
    with pytest.raises(SystemExit):
        call_command("audit_verify", stdout=StringIO(), stderr=error)
    assert error.getvalue().startswith(f"The revisions of report:{report.uuid} break at number 2:")


@pytest.mark.django_db(transaction=True)
def test_four_threads_with_twenty_events_each_make_one_chain():
    errors = []

    def write(name):
        try:
            for number in range(20):
                with transaction.atomic():
                    record(by=machine(COMMAND_LINE), verb="test", target=f"thread:{name}", facts={"n": number})
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert verify() == Verdict(True, 80, head=AuditEvent.objects.latest("seq").digest)


def test_an_event_is_undone_with_its_act(five):
    before = everything()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by="user:a", verb="test", target="report:1")
        raise ZeroDivisionError
    assert everything() == before and verify().holds
