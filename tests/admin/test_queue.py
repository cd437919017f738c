"""The press officers' queue over HTTP: what it shows and hands over, and that nobody else learns that it holds anything."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from articles.admin.inquiries import local_deadline, time_left
from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.inquiries import actions
from articles.inquiries.models import InquiryEvent, MediaInquiry
from articles.inquiries.opening import open_sealed
from articles.people import roles
from tests.contacts.keys import certificate, secret_key

pytestmark = pytest.mark.django_db
QUEUE = "/desk/articles/mediainquiry/"
AT = dt.datetime(2030, 3, 4, 9, 41, tzinfo=dt.UTC)


@pytest.fixture
def arrive(db):
    MediaContact.objects.create(name="Judith Notreal", certificate=certificate())

    def arrive(topic="facts", **facts):
        return actions.receive({"message": "Who told them?"}, topic=topic, language="es", **facts)

    return arrive


def rows(html):
    """The words of each row of the table, without its buttons."""
    body = html[html.index("<tbody>") : html.index("</tbody>")] if "<tbody>" in html else ""
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)[:6] for row in body.split("<tr>")[1:]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def buttons(html, inquiry):
    return re.findall(rf"/mediainquiry/{inquiry.pk}/([\w-]+)/", html)


def written(inquiry):
    inquiry.refresh_from_db()
    return inquiry.status, inquiry.assigned_to_id, inquiry.purge_on, InquiryEvent.objects.count(), AuditEvent.objects.count()


def test_it_shows_what_routes_an_inquiry_the_nearest_deadline_first(as_user, press_officer, arrive, nigeria):
    now = timezone.now()
    soon = (now + dt.timedelta(minutes=90, seconds=30)).replace(microsecond=0)
    open_ended = arrive("other")
    later = arrive("interview", region=nigeria, deadline_at=now + dt.timedelta(days=3, minutes=1), deadline_zone="Asia/Kathmandu")
    next_one = arrive(deadline_at=soon, deadline_zone="America/New_York")
    slow = arrive(deadline_at=soon)
    MediaInquiry.objects.filter(pk=slow.pk).update(slow_lane=True)
    actions.take(later, by=press_officer)
    html = as_user(press_officer).get(QUEUE).text
    day = f"{now.day} {now:%B}"

    def shown(moment, zone):
        local = moment.astimezone(ZoneInfo(zone))
        return f"{local.day} {local:%B %Y, %H:%M} {zone.replace('_', ' ')}"

    assert rows(html) == [
        [
            f"{next_one.reference} {day}",
            f"1 hour {shown(soon, 'America/New_York')}",
            "Facts or figures español",
            "–",
            "Judith Notreal",
            "–",
        ],
        [
            f"{later.reference} {day}",
            f"3 days {shown(later.deadline_at, 'Asia/Kathmandu')}",
            "An interview español",
            "Nigeria",
            "Judith Notreal",
            "press-officer",
        ],
        [f"{open_ended.reference} {day}", "no deadline", "Something else español", "–", "Judith Notreal", "–"],
        [f"{slow.reference} slow lane {day}", f"1 hour {shown(soon, 'UTC')}", "Facts or figures español", "–", "Judith Notreal", "–"],
    ]
    assert "How to open the form" not in html


def test_time_is_said_in_the_journalists_zone_and_in_words():
    def left(**delta):
        return time_left(MediaInquiry(deadline_at=AT + dt.timedelta(**delta)), at=AT)

    assert [left(seconds=-1), left(minutes=1), left(minutes=59), left(hours=1), left(hours=47), left(days=2), left(days=40)] == [
        "passed", "1 minute", "59 minutes", "1 hour", "47 hours", "2 days", "40 days",
    ]  # fmt: skip
    assert local_deadline(MediaInquiry(deadline_at=AT, deadline_zone="Asia/Kathmandu")) == "4 March 2030, 15:26 Asia/Kathmandu"
    assert (time_left(MediaInquiry(), at=AT), local_deadline(MediaInquiry())) == ("no deadline", "")


def test_the_sealed_file_is_handed_over_and_opens_elsewhere(as_user, press_officer, arrive):
    inquiry = arrive()
    answer = as_user(press_officer).post(f"{QUEUE}{inquiry.pk}/sealed/")
    assert (answer.status_code, answer["Content-Type"], "no-store" in answer["Cache-Control"]) == (200, "application/pgp-encrypted", True)
    assert answer["Content-Disposition"] == f'attachment; filename="inquiry-{inquiry.reference}.asc"'
    assert open_sealed(answer.content, key=secret_key()) == {"message": "Who told them?"}
    assert [(event.what, event.person) for event in inquiry.events.all()] == [("download", press_officer)]
    assert AuditEvent.objects.latest("seq").verb == "inquiry_download"


def test_an_inquiry_is_taken_taken_over_closed_and_opened_again(as_user, press_officer, cast, arrive):
    inquiry, second = arrive(), cast("second", roles.PRESS_OFFICER)
    mine, theirs = as_user(press_officer), as_user(second)

    def act(client, verb):
        answer = client.post(f"{QUEUE}{inquiry.pk}/{verb}/", follow=True)
        inquiry.refresh_from_db()
        return answer.text

    closing = ["answered", "declined", "spam"]
    assert buttons(mine.get(QUEUE).text, inquiry) == ["sealed", "take", *closing]
    assert f"{inquiry.reference} is yours now." in act(mine, "take")
    assert buttons(mine.get(QUEUE).text, inquiry) == ["sealed", *closing]
    assert buttons(theirs.get(QUEUE).text, inquiry) == ["sealed", "take-over", *closing]
    before = written(inquiry)
    assert "was changed by somebody else meanwhile: look again." in act(theirs, "take")
    assert written(inquiry) == before
    act(theirs, "take-over")
    assert (inquiry.status, inquiry.assigned_to) == ("taken", second)
    closed = act(theirs, "spam")
    assert "where this can be taken back" in closed and rows(closed) == []
    assert "No inquiry waits." in closed and f"Purged on {inquiry.purge_on.day} {inquiry.purge_on:%B %Y}." in closed
    assert buttons(closed, inquiry) == ["reopen", "sealed"]
    before = written(inquiry)
    assert "meanwhile: look again." in act(mine, "answered")
    assert written(inquiry) == before
    assert "is open again, and yours." in act(mine, "reopen")
    assert (inquiry.status, inquiry.assigned_to, inquiry.purge_on) == ("taken", press_officer, inquiry.received_on + dt.timedelta(days=90))


def test_odd_verbs_numbers_and_methods_change_nothing(as_user, press_officer, arrive):
    inquiry = arrive()
    client, before = as_user(press_officer), written(inquiry)
    posts = [
        f"{QUEUE}{inquiry.pk}/publish/",
        f"{QUEUE}{inquiry.pk}/waiting/",
        f"{QUEUE}999999/take/",
        f"{QUEUE}{10**30}/take/",
        f"{QUEUE}0/sealed/",
    ]
    gets = [f"{QUEUE}{inquiry.pk}/take/", f"{QUEUE}{inquiry.pk}/sealed/"]
    elsewhere = [
        f"{QUEUE}{inquiry.pk}/",
        f"{QUEUE}{inquiry.pk}/change/",
        f"{QUEUE}{inquiry.pk}/history/",
        f"{QUEUE}{inquiry.pk}/delete/",
        f"{QUEUE}add/",
    ]
    assert [client.post(address).status_code for address in posts] == [404] * len(posts)
    assert [client.get(address).status_code for address in gets] == [405] * len(gets)
    assert {client.get(address).status_code for address in elsewhere} <= {404, 405}
    assert written(inquiry) == before


def test_nobody_else_sees_the_queue_its_file_or_its_number(as_user, cast, arrive):
    inquiry = arrive()
    others = [cast(role, role) for role in roles.ROLES if role != roles.PRESS_OFFICER] + [cast("none"), cast("root", is_superuser=True)]
    before = written(inquiry)
    for person in others:
        client = as_user(person)
        assert client.get(QUEUE).status_code == 403, person
        assert [client.post(f"{QUEUE}{inquiry.pk}/{verb}/").status_code for verb in ("sealed", "take", "answered", "reopen")] == [
            403
        ] * 4, person
        assert client.post(f"{QUEUE}999999/take/").status_code == 403, "no answer tells which numbers exist"
        autocomplete = client.get(
            "/desk/autocomplete/", {"app_label": "articles", "model_name": "mediainquiry", "field_name": "region", "term": ""}
        )
        assert autocomplete.status_code in (403, 404), person
        desk = client.get("/desk/").text
        assert "inquir" not in desk.lower().replace("answers journalists: the inquiry queue", "") and inquiry.reference not in desk, person
    assert written(inquiry) == before


def test_the_first_page_says_how_many_wait_to_press_officers(as_user, press_officer, arrive):
    arrive()
    assert "1 inquiry waits" in as_user(press_officer).get("/desk/").text
    actions.take(arrive(), by=press_officer)
    arrive()
    assert "2 inquiries wait" in as_user(press_officer).get("/desk/").text


def test_an_empty_queue_and_a_closed_form_say_what_to_do(as_user, press_officer):
    html = as_user(press_officer).get(QUEUE).text
    assert "No inquiry waits." in html and "<table" not in html and "Handled" not in html
    assert "No contact has a usable certificate" in html
    assert [unescape(step) for step in re.findall(r"<code>([^<]+)</code>", html)] == [
        'gpg --quick-generate-key "NAME <ADDRESS>"',
        "gpg --armor --export ADDRESS > certificate.asc",
    ]
    assert 'href="/desk/articles/mediacontact/"' in html


def test_a_pasted_secret_key_is_refused_and_not_shown_again(as_user, press_officer):
    secret = secret_key().decode()
    data = {"name": "Officer", "zone": "UTC", "order": "0", "active": "on", "certificate": secret}
    answer = as_user(press_officer).post("/desk/articles/mediacontact/add/", data)
    assert (answer.status_code, MediaContact.objects.count()) == (200, 0)
    assert "This is a SECRET key." in answer.text and "BEGIN PGP PRIVATE KEY" not in answer.text
