"""Passkeys: a way in that nobody can lock; bound to site, person and session; named and removed by their owner."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.people.sessions import open_sessions
from tests.admin.test_accounts import LOCKED, WRONG, log_in
from tests.conftest import logged_in
from tests.passkeys import PRESENT, Passkey

pytestmark = pytest.mark.django_db
ADD, LOG_IN = "/desk/accounts/2fa/passkeys/add/", "/desk/accounts/login/passkey/"


@pytest.fixture(autouse=True)
def _no_count_of_another_test():
    cache.clear()
    yield
    cache.clear()


def test_a_passkey_alone_opens_the_desk(editor):
    key, browser = Passkey(editor), Client(HTTP_HOST="localhost")
    key.enrol()

    answer = key.log_in(browser)

    assert answer.headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    assert AuditEvent.objects.latest("seq").facts == {"how": "webauthn"}


def test_a_stranger_who_knows_the_name_keeps_nobody_with_a_passkey_out(editor):
    """By a flood on every way in: the password's, the code's, the passkey's own."""
    key = Passkey(editor)
    key.enrol()
    stranger = Client(HTTP_HOST="localhost")
    for _try in range(12):
        log_in(stranger, "editor", "wrong")
    for _try in range(130):
        stranger.post(LOG_IN, {"credential": json.dumps(key.assertion("BBBB"))})
    assert LOCKED in log_in(Client(HTTP_HOST="localhost"), "editor").text

    browser = Client(HTTP_HOST="localhost")
    assert key.log_in(browser).headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200


def test_another_site_a_used_challenge_and_an_unverified_person_are_refused(editor, cast):
    key, browser = Passkey(editor), Client(HTTP_HOST="localhost")
    key.enrol()
    for given in ({"origin": "https://evil.example"}, {"origin": "http://localhost.evil.example"}, {"flags": PRESENT}):
        assert key.log_in(browser, **given).headers["Location"] == "/desk/accounts/login/", given
    page = browser.get(LOG_IN, HTTP_ACCEPT="application/json").json()
    sent = {"credential": json.dumps(key.assertion(page["request_options"]["publicKey"]["challenge"]))}
    assert Passkey(editor).log_in(Client(HTTP_HOST="localhost")).headers["Location"] == "/desk/accounts/login/"  # of no account
    assert browser.post(LOG_IN, sent).headers["Location"] == "/desk/"
    browser.post("/desk/accounts/logout/")
    assert browser.post(LOG_IN, sent).headers["Location"] == "/desk/accounts/login/"

    reader = User.objects.create_user("reader", password="x")
    theirs, gone = Passkey(reader), Passkey(cast("gone"))
    User.objects.filter(username="gone").update(is_active=False)
    for each in (theirs, gone):
        each.enrol()
        assert each.log_in(Client(HTTP_HOST="localhost")).headers["Location"] in ("/desk/accounts/login/", "/desk/accounts/inactive/")
    assert open_sessions(reader) == open_sessions(User.objects.get(username="gone")) == []


HANDLED = '{"type": "public-key", "id": "AA", "rawId": "AA", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}'
ODD = ["", "null", "[]", "{}", '"x"', "7", '{"id": 5}', '{"response": {"userHandle": null}}', '{"response": []}', HANDLED]


@pytest.mark.parametrize("sent", ODD)
def test_what_is_no_passkey_is_refused(client, sent):
    assert client.post(LOG_IN, {"credential": sent}).headers["Location"] == "/desk/accounts/login/"


@pytest.mark.parametrize("sent", ["{" * 5000, "[" * 5000, "x" * 20_001])
def test_what_no_browser_sends_for_a_passkey_is_a_bad_request(editor, sent):
    assert Client().post(LOG_IN, {"credential": sent}).status_code == 400
    browser = logged_in(editor, browser=Client(HTTP_HOST="localhost"), proofs=("password",))
    assert browser.post(ADD, {"credential": sent}).status_code == 400
    assert Authenticator.objects.count() == 0


def add(browser, key, *, challenge="", **given):
    options = browser.get(ADD).context["js_data"]["creation_options"] if not challenge else None
    said = challenge or options["publicKey"]["challenge"]
    sent = {"name": "My phone", "passwordless": "on", "credential": json.dumps(key.registration(said, **given))}
    return browser.post(ADD, sent)


def test_who_has_none_adds_one_and_is_in(editor):
    browser = logged_in(editor, browser=Client(HTTP_HOST="localhost"), proofs=("password",))
    assert add(browser, Passkey(editor), origin="https://evil.example").status_code == 200
    assert add(browser, Passkey(editor), challenge="AAAA").status_code == 200
    assert (Authenticator.objects.count(), browser.get("/desk/").status_code) == (0, 302)

    answer = add(browser, Passkey(editor))

    assert (answer.headers["Location"], browser.get("/desk/").status_code) == ("/desk/accounts/2fa/recovery-codes/", 200)
    assert AuditEvent.objects.latest("seq").facts == {"kind": "passkey"}


def test_a_passkey_is_named_and_removed_by_its_owner_and_the_last_one_stays(editor, second_editor):
    mine = Passkey(editor, site="testserver").enrol()
    browser, other = logged_in(editor), logged_in(second_editor)
    for page in ("name", "remove"):
        assert other.get(f"/desk/accounts/2fa/passkeys/{mine.pk}/{page}/").status_code == 404
        assert other.post(f"/desk/accounts/2fa/passkeys/{mine.pk}/{page}/", {"name": "Theirs"}).status_code == 404
    assert browser.post(f"/desk/accounts/2fa/passkeys/{mine.pk}/name/", {"name": "My phone"}).status_code == 302
    assert "My phone" in browser.get("/desk/accounts/2fa/passkeys/").text

    kept = browser.post(f"/desk/accounts/2fa/passkeys/{mine.pk}/remove/", follow=True)
    assert ("add another one first" in kept.text, Authenticator.objects.count()) == (True, 1)
    TOTP.activate(editor, "a secret")
    assert browser.post(f"/desk/accounts/2fa/passkeys/{mine.pk}/remove/").status_code == 302
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["totp"]


def test_a_session_proved_long_ago_adds_nothing_before_it_is_asked_again(editor, settings):
    settings.REAUTHENTICATE_AFTER_MINUTES = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    Passkey(editor, site="testserver").enrol()
    browser = logged_in(editor)
    for page in ("2fa/passkeys/add/", "2fa/totp/activate/", "2fa/recovery-codes/generate/"):
        assert browser.get(f"/desk/accounts/{page}").headers["Location"].startswith("/desk/accounts/reauthenticate/"), page
    assert WRONG not in browser.get("/desk/accounts/reauthenticate/").text
