"""An inquiry comes: sealed, counted, its token spent; over a limit it waits in the slow lane. What is refused leaves nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.errands.models import Errand
from articles.inquiries import actions
from articles.inquiries.models import Arrivals, InquiryEvent, MediaInquiry, SpentToken
from articles.inquiries.notices import send_waiting
from articles.inquiries.opening import CannotOpen, open_sealed
from articles.people import roles
from articles.taxonomy.names import named
from newsroom import clock
from tests.contacts.keys import certificate, secret_key

pytestmark = pytest.mark.django_db
AT = dt.datetime(2030, 3, 4, 9, 41, 7, tzinfo=dt.UTC)
TEXT = {"name": "Nora Notreal", "message": "Who told them?"}


@pytest.fixture(autouse=True)
def contact(db):
    return MediaContact.objects.create(name="Officer", certificate=certificate())


def receive(*, at=AT, **facts):
    return actions.receive(TEXT, topic="facts", language="en", at=at, **facts)


def written():
    """How many rows the door's tables hold."""
    return [each.objects.count() for each in (MediaInquiry, InquiryEvent, SpentToken, AuditEvent, Errand)]


def test_it_keeps_what_routes_and_the_day_and_nothing_of_the_text(nigeria):
    deadline = AT + dt.timedelta(days=2)
    audited = AuditEvent.objects.count()
    receive(
        region=nigeria, deadline_at=deadline, deadline_zone="Africa/Lagos", token_digest="a" * 64, token_until=AT + dt.timedelta(hours=1)
    )
    inquiry = MediaInquiry.objects.get()
    kept = {field.attname: getattr(inquiry, field.attname) for field in MediaInquiry._meta.fields}
    sealed = bytes(kept.pop("sealed"))
    for name in ("id", "uuid", "reference"):
        kept.pop(name)
    assert kept == {
        "received_on": AT.date(),
        "deadline_at": deadline,
        "deadline_zone": "Africa/Lagos",
        "topic": "facts",
        "language": "en",
        "region_id": nigeria.pk,
        "report_uuid": None,
        "fingerprints": [actions.recipients(nigeria, "en")[0].fingerprint],
        "slow_lane": False,
        "status": "waiting",
        "assigned_to_id": None,
        "purge_on": dt.date(2030, 6, 2),
    }
    assert open_sealed(sealed, key=secret_key()) == TEXT
    event = AuditEvent.objects.latest("seq")
    assert (event.by, event.verb, event.target, event.facts) == ("door:press", "receive_inquiry", f"inquiry:{inquiry.reference}", {})
    assert (event.at, AuditEvent.objects.count()) == (dt.datetime(2030, 3, 4, tzinfo=dt.UTC), audited + 1)
    assert SpentToken.objects.get().until == dt.datetime(2030, 3, 4, 11, tzinfo=dt.UTC)
    assert Errand.objects.values_list("key", "run_at", "payload").get(kind="inquiry waiting") == (
        "inquiry waiting 2030-03-04T09:45", dt.datetime(2030, 3, 4, 9, 45, tzinfo=dt.UTC), {},
    )  # fmt: skip


def test_it_is_sealed_to_the_contacts_for_its_region_or_else_to_all_who_can_be(contact, nigeria):
    africa = MediaContact.objects.create(name="Africa", certificate=certificate("second"))
    africa.regions.set(named("Africa"))
    contact.regions.set(named("Asia"))

    def openers(inquiry):
        return {name for name in ("valid", "second") if _opens(inquiry, name)}

    assert openers(receive(region=nigeria)) == {"second"}
    assert openers(receive(region=named("Japan")[0])) == {"valid"}
    assert openers(receive(region=named("France")[0])) == openers(receive()) == {"valid", "second"}
    MediaContact.objects.filter(pk=africa.pk).update(certificate=certificate("revoked"))
    assert openers(receive(region=nigeria)) == {"valid"}


@pytest.mark.parametrize(
    "name", ["expired-primary", "expired-subkey", "revoked", "revoked-subkey", "signing-only", "valid-secret-test-only"]
)
def test_a_key_that_went_bad_since_it_was_saved_is_not_used_and_nothing_is_stored(name):
    MediaContact.objects.update(certificate=certificate(name))
    before = written()
    with pytest.raises(actions.NobodyToSealTo):
        receive()
    assert written() == before


def test_a_token_is_spent_once():
    spend = {"token_digest": "b" * 64, "token_until": AT + dt.timedelta(hours=2)}
    receive(**spend)
    before = written()
    with pytest.raises(actions.TokenSpent):
        receive(**spend)
    assert written() == before


def test_over_sixty_an_hour_it_waits_in_the_slow_lane_and_at_twenty_times_that_it_is_refused():
    hour = AT.replace(minute=0, second=0)
    Arrivals.objects.create(hour=hour, number=59)
    assert [receive().slow_lane for _ in range(3)] == [False, True, True]
    Arrivals.objects.update(number=1199)
    assert receive().slow_lane
    before = written()
    with pytest.raises(actions.TooMany):
        receive(token_digest="c" * 64)
    assert (written(), Arrivals.objects.get().number) == (before, 1200)
    assert not receive(at=AT + dt.timedelta(hours=1)).slow_lane


def test_however_many_come_one_mail_says_so_at_the_next_full_five_minutes(cast):
    cast("one", roles.PRESS_OFFICER, email="one@example.org")
    cast("two", roles.PRESS_OFFICER, email="two@example.org", language="es")
    cast("without", roles.PRESS_OFFICER)
    cast("other", roles.EDITOR, email="other@example.org")
    for minute in (41, 43, 44):
        receive(at=AT.replace(minute=minute))
    clock.tick(at=AT.replace(minute=44, second=59))
    assert mail.outbox == []
    clock.tick(at=AT.replace(minute=45, second=0))
    clock.tick(at=AT.replace(minute=46, second=0))
    assert [(each.to, each.cc, each.bcc, each.subject) for each in mail.outbox] == [
        (["one@example.org"], [], [], "A media inquiry waits"),
        (["two@example.org"], [], [], mail.outbox[1].subject),
    ]
    assert mail.outbox[0].body == (
        "A media inquiry waits in the queue of the desk. It is sealed: fetch it there and open it on your own computer.\n\n"
        "http://testserver/desk/articles/mediainquiry/\n\n"
    )
    receive(at=AT.replace(minute=46))
    clock.tick(at=AT.replace(minute=50, second=1))
    assert [(each.to, each.subject, each.body) for each in mail.outbox[2:]] == [
        (each.to, each.subject, each.body) for each in mail.outbox[:2]
    ]


def test_no_mail_is_sent_when_the_inquiry_was_taken_before(cast):
    officer = cast("one", roles.PRESS_OFFICER, email="one@example.org")
    actions.take(receive(), by=officer)
    clock.tick(at=AT + dt.timedelta(minutes=10))
    assert mail.outbox == []


def test_one_bad_address_keeps_no_mail_from_the_others_and_a_dead_server_is_tried_again(cast, settings):
    cast("bad", roles.PRESS_OFFICER, email="bad@example.org\nBcc: all@example.org")
    cast("good", roles.PRESS_OFFICER, email="good@example.org")
    receive()
    clock.tick(at=AT.replace(minute=45))
    assert [each.to for each in mail.outbox] == [["good@example.org"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises((OSError, ValueError)):
        send_waiting({})
    receive(at=AT.replace(minute=46))
    clock.tick(at=AT.replace(minute=50))
    assert Errand.objects.get(done_at__isnull=True).attempts == 1


def test_what_was_done_cannot_be_changed_by_sql(press_officer):
    inquiry = receive()
    actions.take(inquiry, by=press_officer)
    for statement in ("UPDATE articles_inquiryevent SET what = 'spam'", "DELETE FROM articles_inquiryevent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(InquiryEvent.objects.values_list("what", "person")) == [("take", press_officer.pk)]


def _opens(inquiry, name):
    try:
        return open_sealed(bytes(inquiry.sealed), key=secret_key(name)) == TEXT
    except CannotOpen:
        return False
