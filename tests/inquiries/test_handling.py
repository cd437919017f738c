"""Press officers take, answer, take back; nobody else does. What is handled or old goes, with all that tells of it."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.audit.chain import verify
from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.errands.models import Errand
from articles.inquiries import actions
from articles.inquiries.models import Arrivals, InquiryEvent, MediaInquiry, SpentToken
from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from newsroom import clock
from tests.contacts.keys import certificate

pytestmark = pytest.mark.django_db
AT = dt.datetime(2030, 3, 4, 9, 41, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def inquiry(db):
    MediaContact.objects.create(name="Officer", certificate=certificate())
    return actions.receive({"message": "?"}, topic="facts", language="en", at=AT, token_digest="a" * 64, token_until=AT)


def state(inquiry):
    inquiry.refresh_from_db()
    return inquiry.status, inquiry.assigned_to, inquiry.purge_on


def test_each_step_is_kept_and_audited(inquiry, press_officer, cast):
    second = cast("second", roles.PRESS_OFFICER)
    audited = AuditEvent.objects.count()
    actions.take(inquiry, by=press_officer, at=AT)
    assert state(inquiry) == ("taken", press_officer, dt.date(2030, 6, 2))
    assert actions.download(inquiry, by=second, at=AT) == bytes(inquiry.sealed)
    assert state(inquiry) == ("taken", press_officer, dt.date(2030, 6, 2))
    actions.take(inquiry, by=second, over=True, at=AT)
    actions.finish(inquiry, by=second, status="answered", at=AT + DAY)
    assert state(inquiry) == ("answered", second, dt.date(2030, 4, 4))
    actions.reopen(inquiry, by=press_officer, at=AT + 2 * DAY)
    assert state(inquiry) == ("taken", press_officer, dt.date(2030, 6, 2))
    actions.finish(inquiry, by=press_officer, status="declined", at=AT + 80 * DAY)
    assert state(inquiry) == ("declined", press_officer, dt.date(2030, 6, 2))
    steps = [
        ("take", press_officer),
        ("download", second),
        ("take", second),
        ("answered", second),
        ("reopen", press_officer),
        ("declined", press_officer),
    ]
    events = InquiryEvent.objects.select_related("person")
    assert [(event.what, event.person) for event in events] == steps
    assert [(event.verb, event.by, event.target) for event in AuditEvent.objects.order_by("seq")[audited:]] == [
        (f"inquiry_{what}", person.audit_code, f"inquiry:{inquiry.reference}") for what, person in steps
    ]
    assert verify().holds


def test_who_comes_second_is_told_and_changes_nothing(inquiry, press_officer, cast):
    second = cast("second", roles.PRESS_OFFICER)
    mine, theirs = (MediaInquiry.objects.get() for _ in range(2))
    actions.take(mine, by=press_officer, at=AT)
    audited = AuditEvent.objects.count()
    with pytest.raises(actions.ChangedMeanwhile):
        actions.take(theirs, by=second, at=AT)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.reopen(theirs, by=second, at=AT)
    assert (state(inquiry)[:2], AuditEvent.objects.count(), InquiryEvent.objects.count()) == (("taken", press_officer), audited, 1)
    actions.finish(mine, by=press_officer, status="spam", at=AT)
    for act in (lambda: actions.finish(theirs, by=second, status="answered"), lambda: actions.take(theirs, by=second, over=True)):
        with pytest.raises(actions.ChangedMeanwhile):
            act()
    clock.tick(at=AT + 40 * DAY)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.download(theirs, by=second)
    assert InquiryEvent.objects.count() == 0


def test_only_press_officers_handle_inquiries(inquiry, cast):
    gone = cast("gone", roles.PRESS_OFFICER)
    gone.is_active = False
    others = [cast(role, role) for role in roles.ROLES if role != roles.PRESS_OFFICER]
    others += [gone, cast("stranger"), cast("root", is_superuser=True), machine(CLOCK), machine(COMMAND_LINE)]
    audited = AuditEvent.objects.count()
    for person in others:
        for act in (
            lambda person=person: actions.take(inquiry, by=person),
            lambda person=person: actions.finish(inquiry, by=person, status="spam"),
            lambda person=person: actions.reopen(inquiry, by=person),
            lambda person=person: actions.download(inquiry, by=person),
        ):
            with pytest.raises(actions.NotAllowed):
                act()
    assert (state(inquiry)[:2], InquiryEvent.objects.count(), AuditEvent.objects.count()) == (("waiting", None), 0, audited)


def test_no_other_status_can_be_given(inquiry, press_officer):
    for status in ("waiting", "taken", "published"):
        with pytest.raises(ValueError, match=status):
            actions.finish(inquiry, by=press_officer, status=status)
    assert state(inquiry)[0] == "waiting"


def test_the_clock_purges_what_was_handled_after_30_days_and_all_after_90(inquiry, press_officer):
    waiting = actions.receive({"message": "?"}, topic="other", language="en", at=AT)
    actions.take(inquiry, by=press_officer, at=AT)
    actions.finish(inquiry, by=press_officer, status="answered", at=AT)
    clock.tick(at=AT + 29 * DAY)
    assert MediaInquiry.objects.count() == 2
    clock.tick(at=AT + 30 * DAY)
    assert (list(MediaInquiry.objects.all()), InquiryEvent.objects.count()) == ([waiting], 0)
    clock.tick(at=AT + 89 * DAY)
    assert MediaInquiry.objects.count() == 1
    clock.tick(at=AT + 90 * DAY)
    left = [each.objects.count() for each in (MediaInquiry, InquiryEvent, SpentToken, Arrivals)]
    assert (left, Errand.objects.filter(done_at__isnull=True).count()) == ([0, 0, 0, 0], 0)
    events = AuditEvent.objects.order_by("seq")
    assert [event.facts for event in events if event.verb == "purge"] == [{"reason": "inquiry"}] * 2
    number = events.count()
    clock.tick(at=AT + 91 * DAY)
    assert (AuditEvent.objects.count(), verify().holds) == (number, True)
