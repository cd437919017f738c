"""Signed heads: what a head that was kept elsewhere proves, and what it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.audit import heads
from articles.audit.chain import START, digest, record
from articles.audit.models import AuditEvent
from articles.errands import queue
from articles.notices.audit_heads import sign_hourly
from newsroom import clock
from tests import factories

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def kept():
    """The head of a chain of five events, as it lies in somebody's mailbox; three more events followed."""
    with transaction.atomic():
        for number in range(1, 6):
            record(by="user:a", verb="test", target=f"report:{number}", at=AT)
        head = heads.head_of(heads.sign(at=AT))
        for number in range(6, 9):
            record(by="user:a", verb="test", target=f"report:{number}", at=AT)
    return head


def checked(tmp_path, text, *options):
    """(exit code, what the command says) for a file with this text."""
    file, out, error = tmp_path / "mail.txt", StringIO(), StringIO()
    file.write_text(text)
    try:
        call_command("audit_head", "--check", str(file), *options, stdout=out, stderr=error)
    except SystemExit as end:
        return end.code, error.getvalue().strip()
    return 0, out.getvalue().strip()


def test_a_head_stands_in_the_chain_that_went_on(kept, tmp_path):
    assert checked(tmp_path, f"> Dear auditor,\n\n{kept.text()}\n", "--key", heads.public_key()) == (
        0,
        "The head of 2026-03-04T12:00:00.000000+00:00 is signed and stands in the chain: event 5 of 8.",
    )


def test_a_quoted_mail_is_read_as_well(kept):
    quoted = "\n".join(f"> > {line}" for line in kept.text().splitlines())
    assert heads.read(quoted) == kept


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("DELETE FROM articles_auditevent WHERE seq > 4", "the end of the chain was cut off"),
        ("DELETE FROM articles_auditevent WHERE seq = 3", "the event is missing"),
        ("UPDATE articles_auditevent SET verb = 'other' WHERE seq = 2", "the event was changed"),
    ],
)
def test_what_was_done_to_the_chain_shows(kept, tmp_path, harm, why):
    with factories.triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(harm)

    code, said = checked(tmp_path, kept.text())

    assert code == 1 and said.startswith("The head is signed, but the chain breaks at event") and why in said


def test_a_chain_written_anew_by_who_has_the_key_does_not_have_the_head(kept, tmp_path):
    """The keyed chain alone cannot show this: each digest is right."""
    with factories.triggers_lifted():
        previous = START
        for event in AuditEvent.objects.order_by("seq"):
            event.verb = "other" if event.seq == 2 else event.verb
            event.previous = previous
            previous = event.digest = digest(event)
            AuditEvent.objects.filter(seq=event.seq).update(verb=event.verb, previous=event.previous, digest=event.digest)

    call_command("audit_verify", stdout=StringIO())
    assert checked(tmp_path, kept.text()) == (
        1,
        "The head is signed, but the chain breaks at event 5: the event is not the one that was anchored.",
    )


@pytest.mark.parametrize(
    "change", [{"seq": 4}, {"digest": "0" * 64}, {"at": "2026-03-05T12:00:00.000000+00:00"}, {"signature": "AAAA"}, {"key": "x"}]
)
def test_a_head_that_was_changed_is_not_signed(kept, tmp_path, change):
    assert not heads.is_signed(replace(kept, **change), by=heads.public_key())
    assert checked(tmp_path, replace(kept, **change).text())[0] == 1


def test_another_newsrooms_head_is_not_ours(kept, tmp_path, settings):
    ours = heads.public_key()
    settings.AUDIT_KEY = "another key of another newsroom, long enough"
    theirs = heads.head_of(heads.sign(at=timezone.now()))

    assert heads.is_signed(theirs, by=heads.public_key())
    assert not heads.is_signed(theirs, by=ours) and not heads.is_signed(kept, by=heads.public_key())


@pytest.mark.parametrize("text", ["", "seq: 5", "seq: ٥\ndigest: x\nat: y\nkey: z\nsignature: s"])
def test_a_text_without_a_head_is_a_sentence(tmp_path, text):
    with pytest.raises(CommandError, match="There is no whole head in this text"):
        checked(tmp_path, text)


def test_the_clock_signs_every_hour_and_mails_it_once_with_one_message_id(settings):
    settings.AUDIT_HEAD_MAIL = ["auditor@example.org", "board@example.net"]
    now = timezone.now()

    assert [sign_hourly(at=now + dt.timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60, 61)] == [True, False, False, True, False]
    for _round in range(2):
        queue.run(handlers=clock.HANDLERS, at=now + dt.timedelta(hours=2))

    assert [each.to for each in mail.outbox] == [["auditor@example.org", "board@example.net"]] * 2
    assert [heads.read(each.body) for each in mail.outbox] == [heads.head_of(row) for row in heads.AuditHead.objects.order_by("at")]
    assert len({each.extra_headers["Message-ID"] for each in mail.outbox}) == 2


def test_without_an_address_nothing_is_mailed(settings):
    settings.AUDIT_HEAD_MAIL = []
    assert sign_hourly(at=timezone.now())
    queue.run(handlers=clock.HANDLERS)
    assert (mail.outbox, heads.AuditHead.objects.count()) == ([], 1)


@pytest.mark.parametrize("statement", ["UPDATE articles_audithead SET seq = 0", "DELETE FROM articles_audithead"])
def test_a_kept_head_stays(kept, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert heads.head_of(heads.newest()) == kept


def test_the_command_prints_and_signs(tmp_path):
    with pytest.raises(CommandError, match="No head is signed yet"):
        call_command("audit_head", stdout=StringIO())
    out, again = StringIO(), StringIO()
    call_command("audit_head", "--sign", stdout=out)
    call_command("audit_head", stdout=again)
    assert out.getvalue() == again.getvalue() and heads.read(out.getvalue()).seq == AuditEvent.objects.count()
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("audit_head", "--check", str(tmp_path / "none"), stdout=StringIO())
