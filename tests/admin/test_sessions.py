"""Sessions: limited, explained, listed and ended; what was sent too late is not lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.people import sessions
from articles.people.devices import device_named, device_of
from articles.people.models import User
from articles.people.sessions import StaffSession, open_sessions
from articles.reports.models import Report
from newsroom import clock
from tests import factories
from tests.admin.browserless import fields_of
from tests.admin.test_accounts import PASSWORD, log_in
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db
ENDED = "/desk/accounts/ended/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_count_of_another_test():
    cache.clear()
    yield
    cache.clear()


def pass_time(**given):
    """As if all sessions had been begun, and last used, so much earlier."""
    for session in StaffSession.objects.all():
        ago = dt.timedelta(**given)
        StaffSession.objects.filter(pk=session.pk).update(since=session.since - ago, seen_at=session.seen_at - ago)


def test_an_idle_session_ends_says_why_and_leads_back(editor):
    browser = logged_in(editor)
    pass_time(minutes=118)
    assert browser.get("/desk/").status_code == 200
    pass_time(minutes=121)

    answer = browser.get("/desk/articles/report/?q=register")

    assert answer.headers["Location"] == f"{ENDED}?why=idle&next=%2Fdesk%2Farticles%2Freport%2F%3Fq%3Dregister"
    page = browser.get(answer.headers["Location"]).text
    assert "Nothing was done at the desk in this browser for 120 minutes." in page
    assert 'href="/desk/accounts/login/?next=%2Fdesk%2Farticles%2Freport%2F%3Fq%3Dregister"' in page
    assert browser.get("/desk/").headers["Location"].startswith("/desk/login/")
    assert AuditEvent.objects.latest("seq").facts == {"why": "idle", "sessions": 1}


def test_use_extends_a_session_to_twelve_hours_and_no_further(editor):
    browser = logged_in(editor)
    for _hour in range(11):
        pass_time(minutes=60)
        assert browser.get("/desk/").status_code == 200
    pass_time(minutes=61)
    assert browser.get("/desk/").headers["Location"].startswith(f"{ENDED}?why=old")


def test_what_a_page_asks_by_itself_does_not_extend_a_session(editor, monkeypatch):
    browser = logged_in(editor)
    monkeypatch.setattr(resolve("/desk/board/").func, "counts_as_idle", True, raising=False)
    pass_time(minutes=90)
    before = StaffSession.objects.get().seen_at

    assert browser.get("/desk/board/").status_code == 200
    assert StaffSession.objects.get().seen_at == before
    pass_time(minutes=95)
    assert browser.get("/desk/board/").headers["Location"].startswith(f"{ENDED}?why=idle")


def test_last_seen_is_written_once_a_minute(editor, django_assert_num_queries):
    session = sessions.begin(editor, device="Firefox+Linux", how="password", at=dt.datetime(2026, 5, 1, 12, 0, 30, tzinfo=dt.UTC))
    with django_assert_num_queries(0):
        session.see(dt.datetime(2026, 5, 1, 12, 0, 59, tzinfo=dt.UTC))
    with django_assert_num_queries(1):
        session.see(dt.datetime(2026, 5, 1, 12, 7, 59, tzinfo=dt.UTC))
    assert StaffSession.objects.get().seen_at == dt.datetime(2026, 5, 1, 12, 7, tzinfo=dt.UTC)


def send_too_late(person, report):
    browser = logged_in(person)
    page = fields_of(browser.get(f"/desk/articles/report/{report.pk}/change/").text)
    pass_time(hours=3)
    sent = browser.post(f"/desk/articles/report/{report.pk}/change/", page | {"standfirst": "Typed for two hours."})
    return browser, sent


def test_what_was_sent_too_late_waits_for_the_same_person_and_is_not_saved_by_itself(reporter, settings):
    settings.SECOND_FACTOR = "offered"
    report = factories.draft(reporter)
    browser, sent = send_too_late(reporter, report)
    assert sent.headers["Location"] == f"{ENDED}?why=idle&next=%2Fdesk%2Faccounts%2Fheld%2F"
    assert "kept for an hour, sealed" in browser.get(sent.headers["Location"]).text
    assert "Typed for two hours." not in str(dict(browser.session))

    assert log_in(browser, "reporter", next="/desk/accounts/held/").headers["Location"] == "/desk/accounts/held/"
    waits = browser.get("/desk/accounts/held/").text
    assert "What you sent is still here" in waits and Report.objects.get().standfirst != "Typed for two hours."
    inputs = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', waits))
    form = browser.post(f"/desk/articles/report/{report.pk}/change/", inputs | {"_continue": "here"})

    assert "Typed for two hours." in form.text and "Nothing of it is saved yet." in form.text
    assert Report.objects.get().lock_version == report.lock_version
    assert browser.post("/desk/accounts/held/").headers["Location"] == "/desk/"
    assert "held_request" not in browser.session


def test_what_one_person_sent_is_shown_to_nobody_else(reporter, editor, settings):
    settings.SECOND_FACTOR = "offered"
    browser, _sent = send_too_late(reporter, factories.draft(reporter))
    log_in(browser, "editor")

    assert browser.get("/desk/accounts/held/").headers["Location"] == "/desk/"
    assert "held_request" not in browser.session


@pytest.mark.parametrize("mode", ["cors", "same-origin", "no-cors"])
def test_a_script_is_told_and_the_page_may_still_send(reporter, mode):
    report = factories.draft(reporter)
    browser = logged_in(reporter)
    pass_time(hours=3)

    told = browser.post(f"/desk/articles/report/{report.pk}/draft/", {"headline": "x"}, HTTP_SEC_FETCH_MODE=mode)

    assert (told.status_code, told.json()["why"][:19]) == (401, "You are logged out:")
    kept = browser.post(
        f"/desk/articles/report/{report.pk}/change/", {"headline": "A headline that was typed."}, HTTP_SEC_FETCH_MODE="navigate"
    )
    assert kept.headers["Location"].endswith("next=%2Fdesk%2Faccounts%2Fheld%2F")


def test_a_text_of_a_session_that_nobody_knows_is_shown_back(client):
    answer = client.post("/desk/articles/report/add/", {"headline": "They read the register aloud at noon"})
    assert (answer.status_code, "They read the register aloud at noon" in answer.text, Report.objects.count()) == (403, True, 0)


def test_the_ended_page_leads_nowhere_else(client):
    for elsewhere in ("//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""):
        page = client.get(ENDED, {"why": "x<script>", "next": elsewhere}).text
        assert 'href="/desk/accounts/login/?next=%2Fdesk%2F"' in page and "evil" not in page and "<script>" not in page


def test_who_is_logged_out_is_told_in_the_language_of_the_browser(client):
    pages = [client.get(f"{ENDED}?why=idle", HTTP_ACCEPT_LANGUAGE=asked).text for asked in ("ar,en;q=0.5", "es-MX", "xx", "")]
    assert [re.search(r'<html lang="(\w+)" dir="(\w+)"', page).groups() for page in pages] == [
        ("ar", "rtl"),
        ("es", "ltr"),
        ("en", "ltr"),
        ("en", "ltr"),
    ]


def test_own_sessions_are_listed_and_ended_and_no_other_persons(editor, second_editor):
    here, there, theirs = logged_in(editor), logged_in(editor), logged_in(second_editor)
    rows = {each.pk: each for each in StaffSession.objects.filter(person=editor)}
    page = here.get("/desk/accounts/sessions/").text
    assert (page.count("Firefox on Linux</b>"), page.count("this one"), page.count("End it</button>")) == (2, 1, 1)

    foreign = StaffSession.objects.get(person=second_editor).pk
    for forged in (foreign, 0, "x", "", 10**30):
        assert here.post("/desk/accounts/sessions/", {"session": forged}).status_code == 404
    assert (theirs.get("/desk/").status_code, there.get("/desk/").status_code) == (200, 200)

    assert here.post("/desk/accounts/sessions/", {"session": max(rows)}).status_code == 302
    assert there.get("/desk/").headers["Location"].startswith(f"{ENDED}?why=own")
    logged_in(editor)
    third = logged_in(editor)
    assert "2 other sessions were ended." in here.post("/desk/accounts/sessions/", {"others": "1"}, follow=True).text
    assert (third.get("/desk/").status_code, here.get("/desk/").status_code, theirs.get("/desk/").status_code) == (302, 200, 200)
    assert len(open_sessions(editor)) == 1


def change(browser, person, **given):
    address = f"/desk/articles/user/{person.pk}/change/"
    page = fields_of(browser.get(address).text) | given
    return browser.post(address, {name: value for name, value in page.items() if value is not None})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"end_sessions": "on"}, "administrator"),
        ({"is_active": None}, "deactivated"),
        ({"new_password": "a wholly new sentence"}, "password"),
    ],
)
def test_an_administrator_ends_all_sessions_of_an_account(administrator, editor, given, why):
    browser, one, two = logged_in(administrator), logged_in(editor), logged_in(editor)

    assert change(browser, editor, **given).status_code == 302

    assert [each.get("/desk/").headers["Location"].startswith(f"{ENDED}?why={why}") for each in (one, two)] == [True, True]
    event = AuditEvent.objects.get(verb="end_session")
    assert (event.by, event.target, event.facts) == (administrator.audit_code, editor.audit_code, {"why": why, "sessions": 2})
    assert browser.get("/desk/").status_code == 200


def test_a_new_password_ends_the_others_and_logging_out_this_one(editor, settings):
    here, there = logged_in(editor), logged_in(editor)
    fresh = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}

    assert here.post("/desk/accounts/password/change/", fresh).status_code == 302

    assert there.get("/desk/").headers["Location"].startswith(f"{ENDED}?why=password")
    assert here.get("/desk/").status_code == 200
    here.post("/desk/accounts/logout/")
    assert sorted(StaffSession.objects.values_list("why", flat=True)) == ["log_out", "password"]
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["change_password", "end_session", "end_session"]


def test_neither_address_nor_agent_is_kept(editor, settings):
    settings.SECOND_FACTOR = "offered"
    browser = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="203.0.113.78")
    log_in(browser, "editor")
    browser.get("/desk/")

    assert StaffSession.objects.get().device == "Firefox+Linux"
    said = str([*StaffSession.objects.values(), *AuditEvent.objects.values(), dict(browser.session)])
    assert [word for word in ("203.0.113", "Gecko", "X11", "Mozilla") if word in said] == []


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("<script>", "another browser on another system"),
        ("", "another browser on another system"),
    ],
)
def test_a_device_is_guessed_in_two_words(agent, device):
    assert device_named(device_of(agent)) == device


def test_the_clock_forgets_what_nobody_comes_back_to(editor):
    logged_in(editor)
    ended = StaffSession.objects.create(person=editor, since=timezone.now(), seen_at=timezone.now())
    StaffSession.objects.filter(pk=ended.pk).update(ended_at=timezone.now() - dt.timedelta(days=8), why="idle")

    clock.tick(at=timezone.now())
    assert StaffSession.objects.count() == 1
    clock.tick(at=timezone.now() + dt.timedelta(days=9))
    assert StaffSession.objects.count() == 0


def test_a_session_ends_with_a_reason_or_not_at_all(editor):
    logged_in(editor)
    for wrong in ("UPDATE articles_staffsession SET why = 'idle'", "UPDATE articles_staffsession SET ended_at = seen_at"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wrong)
    assert StaffSession.objects.get().why == ""
    assert User.objects.filter(pk=editor.pk).exists()
