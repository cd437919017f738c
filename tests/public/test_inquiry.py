"""The inquiry's door over HTTP: nothing typed is lost, nothing is told, and only a whole form is received."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.errands.models import Errand
from articles.inquiries.models import Arrivals, InquiryEvent, MediaInquiry, SpentToken
from articles.inquiries.opening import open_sealed
from articles.public.inquiry_form import LONGEST, QUICKEST, new_token
from tests import factories
from tests.contacts.keys import certificate, secret_key

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TYPED = {
    "topic": "interview",
    "outlet": "The Lantern “Gazette” & Sons",
    "name": "Nora <b>Notreal</b>",
    "reach": "+44 20 7946 0199",
    "deadline_on": "2099-11-30",
    "deadline_time": "17:30",
    "deadline_zone": "Asia/Kathmandu",
    "language": "ar",
    "region": "nigeria",
    "report": "/reports/none/",
    "message": "Who told them?\nمنذ متى؟",
}
FEWER = {**TYPED, "deadline_on": "", "deadline_time": "", "deadline_zone": ""}


@pytest.fixture(autouse=True)
def contact(db):
    return MediaContact.objects.create(name="Officer", phone="+44 20 7946 0101", certificate=certificate())


def patient():
    """The token of a form that somebody has taken time to fill in."""
    return new_token(at=timezone.now() - QUICKEST)


def post(data=FEWER, *, path="/press/inquiry/", token=None, **headers):
    body = urlencode({**data, "token": patient() if token is None else token}, errors="replace")
    return Client().post(path, body, content_type=FORM, headers=headers)


def written():
    return [each.objects.count() for each in (MediaInquiry, InquiryEvent, SpentToken, Arrivals, AuditEvent, Errand)]


def shown(response):
    """What stands in the fields of the page: {name: text}."""
    html = response.text
    found = {name: unescape(text) for name, text in re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', html)}
    for name, body in re.findall(r'<select[^>]*? name="(\w+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        found[name] = unescape(next(iter(re.findall(r'<option value="([^"]*)" selected', body)), ""))
    found["message"] = unescape(re.search(r"<textarea.*?>\n?(.*?)</textarea>", html, re.DOTALL)[1]).replace("\r\n", "\n")
    return found


def kept(response):
    return {name: text for name, text in shown(response).items() if name in TYPED and text}


def test_a_whole_form_is_received_and_thanked_for_without_a_cookie(nigeria, reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    page = Client().get(f"/press/inquiry/?report={report.uuid}&region=nigeria")
    assert (shown(page)["report"], shown(page)["region"]) == (f"http://testserver{report.path}", "nigeria")
    answer = post({**TYPED, "deadline_on": f"{timezone.now().year + 1}-11-30", "report": shown(page)["report"]})
    assert (answer.status_code, answer["Location"], answer.content) == (303, "/press/inquiry/sent/", b"")
    inquiry = MediaInquiry.objects.get()
    assert (inquiry.topic, inquiry.language, inquiry.region, inquiry.report_uuid) == ("interview", "ar", nigeria, report.uuid)
    assert (inquiry.deadline_at.strftime("%m-%d %H:%M"), inquiry.deadline_zone) == ("11-30 11:45", "Asia/Kathmandu")
    text = open_sealed(bytes(inquiry.sealed), key=secret_key())
    assert (text["name"], text["message"], text["report"]) == (TYPED["name"], TYPED["message"], f"http://testserver{report.path}")
    thanks = Client().get(answer["Location"])
    assert "Your inquiry is on its way" in thanks.text
    for response in (page, answer, thanks):
        assert (response.cookies, response["Cache-Control"]) == ({}, "no-store")
    assert (page["Referrer-Policy"], re.findall(r"<script(?! type=\"application/ld)", page.text)) == ("same-origin", [])


def test_a_mistake_shows_all_that_was_typed_with_reasons_above_and_beside():
    before = written()
    answer = post({**TYPED, "name": "", "deadline_on": "2020-11-30"})
    html = answer.text
    assert (answer.status_code, written()) == (400, before)
    assert kept(answer) == {name: text for name, text in {**TYPED, "deadline_on": "2020-11-30"}.items() if name != "name"}
    assert "<title>Not sent yet: nothing you typed is lost – Media inquiry" in html
    summary = html[html.index('role="alert"') : html.index("<form")]
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>: ([^<]+)<', summary) == [
        ("id_name", "Your name", "Say whom we should ask for."),
        ("id_deadline_on", "Deadline: day", "This deadline has passed: give one that is to come, or none."),
    ]
    field = re.search(r"<input[^>]*id=\"id_name\"[^>]*>", html)[0]
    assert 'aria-invalid="true"' in field and 'aria-describedby="name-wrong"' in field and "required" in field
    assert 'id="name-wrong">Say whom we should ask for.<' in html
    day = re.search(r"<input[^>]*id=\"id_deadline_on\"[^>]*>", html)[0]
    assert 'aria-describedby="deadline_on-wrong deadline_on-hint"' in day
    assert html.count("aria-invalid") == 2
    assert post(FEWER, token=shown(answer)["token"]).status_code == 303, "who has shown patience need not wait again"


@pytest.mark.parametrize("age", ["old", "quick", "forged", "none", "another form's"])
def test_a_token_that_does_not_hold_shows_the_form_again_with_all_text_and_a_fresh_one(age):
    now = timezone.now()
    token = {
        "old": new_token(at=now - LONGEST - QUICKEST),
        "quick": new_token(at=now),
        "forged": patient()[:-2] + "xx",
        "none": "",
        "another form's": "csrf" * 16,
    }[age]
    before = written()
    answer = post(FEWER, token=token)
    assert (answer.status_code, written()) == (400, before)
    assert kept(answer) == {name: text for name, text in FEWER.items() if text}
    sentence = "within three seconds" if age == "quick" else "open for more than two hours"
    assert sentence in answer.text and answer.cookies == {}
    fresh = shown(answer)["token"]
    assert fresh != token and post(FEWER, token=fresh).status_code == 400, "too quick again"


def test_a_form_sent_twice_is_stored_once_and_says_that_it_came():
    token = patient()
    assert post(token=token).status_code == 303
    before = written()
    again = post(token=token)
    assert (again.status_code, written()) == (409, before)
    assert "Sent already" in again.text and "Not sent yet" not in again.text
    assert kept(again) == {name: text for name, text in FEWER.items() if text}


def test_who_fills_the_trap_is_thanked_and_not_received():
    before = written()
    answer = post({**FEWER, "website": "https://example.org"})
    assert (answer.status_code, answer["Location"], written()) == (303, "/press/inquiry/sent/", before)


def test_over_the_limit_the_slow_lane_takes_it_and_far_over_it_the_text_is_kept():
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Arrivals.objects.create(hour=hour, number=500)
    assert (post().status_code, MediaInquiry.objects.get().slow_lane) == (303, True)
    Arrivals.objects.update(number=1200)
    before = written()
    answer = post()
    assert (answer.status_code, written(), kept(answer)) == (429, before, {name: text for name, text in FEWER.items() if text})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://evil.example@testserver:81"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_form_from_another_site_is_refused(headers, status):
    before = written()
    answer = post(**headers)
    assert (answer.status_code, written() == before) == (status, status == 403)


def test_a_large_body_and_files_are_refused_and_never_become_a_file(monkeypatch):
    made = []
    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, lambda *args, **kwargs: made.append(args) or os.abort())
    before = written()
    large = [post({**FEWER, "message": "x" * size}).status_code for size in (65_000, 66_000, 3_000_000)]
    many = Client().post("/press/inquiry/", "&".join(f"a{number}=" for number in range(3000)), content_type=FORM).status_code
    parts = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x.txt"\r\n\r\n' + b"canary" * 600_000 + b"\r\n--b--\r\n"
    whole = Client().post("/press/inquiry/", parts, content_type="multipart/form-data; boundary=b").status_code
    other = Client().post("/press/inquiry/", b'{"message": "x"}', content_type="application/json").status_code
    assert (large, many, whole, other) == ([400, 413, 413], 413, 413, 413)
    assert (made, written()) == ([], before)


def test_other_methods_are_refused():
    client = Client()
    assert [getattr(client, method)("/press/inquiry/").status_code for method in ("put", "delete", "patch", "trace", "options")] == [
        405
    ] * 5
    head = client.head("/press/inquiry/")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("bad", ["expired-subkey", "revoked", "", "gone"])
def test_when_nobody_can_be_sealed_to_the_page_says_whom_to_call_and_keeps_nothing(contact, bad):
    MediaContact.objects.create(name="Without a number")
    MediaContact.objects.create(name="Left", phone="+1 555 0100", active=False)
    MediaContact.objects.filter(pk=contact.pk).update(certificate=certificate(bad) if bad not in ("", "gone") else "", active=bad != "gone")
    before = written()
    page, answer = Client().get("/press/inquiry/"), post()
    assert (page.status_code, answer.status_code, written()) == (200, 503, before)
    for html in (page.text, answer.text):
        assert "Please call us" in html and ("+44 20 7946 0101" in html) == (bad != "gone")
        assert "Without a number" not in html and "+1 555 0100" not in html and "<form" not in html
    assert "Who told them?" in answer.text and "we keep none of it" in answer.text and "we keep none of it" not in page.text


@pytest.mark.parametrize(
    ("path", "heading"), [("/es/press/inquiry/", 'lang="es" dir="ltr"'), ("/ar/press/inquiry/", 'lang="ar" dir="rtl"')]
)
def test_it_speaks_the_readers_language_in_its_errors_too(path, heading):
    page = Client().get(path)
    answer = post({**FEWER, "name": "", "deadline_on": "2020-01-01", "deadline_zone": "UTC"}, path=path)
    late = post(token="", path=path)
    for html in (page.text, answer.text, late.text):
        assert heading in html
        main = re.sub(
            r"<select.*?</select>|<textarea.*?</textarea>|value=\"[^\"]*\"|<[^>]+>",
            " ",
            html[html.index("<main") : html.index("</main>")],
            flags=re.DOTALL,
        )
        assert re.findall(r"\b(?:the|your|this|press|send|inquiry|deadline|form|choose|write)\b", main, re.IGNORECASE) == []
    assert post(path=path)["Location"] == f"{path}sent/"


def test_a_failure_of_ours_keeps_the_text_on_the_page_and_out_of_every_log(monkeypatch, caplog, capfd):
    def fail(text, **facts):
        raise RuntimeError(f"cannot seal {text} for {facts}")

    monkeypatch.setattr("articles.public.inquiries.receive", fail)  # no input of ours makes it fail
    with caplog.at_level(logging.DEBUG):
        answer = post({**FEWER, "message": "canary-7f3a"})
    assert (answer.status_code, kept(answer)["message"], mail.outbox) == (500, "canary-7f3a", [])
    assert [(each.name, each.getMessage().partition(" at ")[0]) for each in caplog.records] == [
        ("newsroom.inquiries", "an inquiry could not be received: RuntimeError"),
        ("django.request", "Internal Server Error: /press/inquiry/"),
    ]
    output = caplog.text + "".join(capfd.readouterr())
    assert "canary" not in output and "Notreal" not in output


def test_without_a_database_the_plain_page_of_errors_keeps_the_text(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("canary-7f3a")

    monkeypatch.setattr("articles.public.inquiries.InquiryForm", fail)  # as when the list of regions cannot be read
    answer = post({**FEWER, "message": "canary-7f3a"})
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert "Something broke here" in answer.text and ">canary-7f3a</textarea>" in answer.text and "canary" not in caplog.text


@pytest.mark.parametrize("address", ["http://[", "https://%5b::1", "http://[::1"])
def test_what_is_no_address_is_no_report_and_no_origin(address):
    assert Client().get("/press/inquiry/", {"report": address}).status_code == 200

    assert post({**FEWER, "report": address}).status_code in (302, 303)
    before = written()

    assert post(FEWER, Origin=address).status_code == 403
    assert written() == before
