"""A second factor is demanded of the session, not of the account; it is set up first, and reset by two."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.people.second_factors import is_enrolled, reset
from articles.people.sessions import StaffSession, open_sessions
from articles.reports.models import Report
from tests import factories
from tests.admin.browserless import fields_of
from tests.admin.table import names_under_the_desk, rows
from tests.admin.test_accounts import PASSWORD, PERIOD, code, log_in
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db
SET_UP = "/desk/accounts/2fa/set-up/"
PAGES = ("/desk/", "/desk/board/", "/desk/articles/report/", "/desk/articles/report/add/", "/desk/accounts/", "/desk/accounts/sessions/",
         "/desk/accounts/password/change/", "/desk/accounts/2fa/recovery-codes/", "/desk/paste/")  # fmt: skip


@pytest.fixture(autouse=True)
def _no_count_of_another_test():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def still(monkeypatch):
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([PERIOD]))  # the clock stands still


def test_a_session_by_password_alone_is_led_to_set_one_up_and_opens_nothing_else(client, editor, reporter):
    report = factories.in_review(reporter)
    assert log_in(client, "editor").status_code == 302
    before = AuditEvent.objects.count()

    answers = {path: client.get(path).headers.get("Location") for path in PAGES}
    act = client.post(f"/desk/articles/report/{report.pk}/act/approve/", {"approve-seen_version": report.lock_version})

    assert answers == dict.fromkeys(PAGES, SET_UP)
    assert (act.headers["Location"], Report.objects.get().edit_state, AuditEvent.objects.count()) == (SET_UP, "in_review", before)
    assert "A password alone does not open this desk" in client.get(SET_UP).text


def test_no_address_of_the_desk_opens_without_one(editor):
    """Every address that needs no argument, also those which are added later."""
    client = logged_in(editor, proofs=("password",))
    opened = set()
    for name in names_under_the_desk():
        try:
            address = reverse(name)
        except Exception:
            continue
        answer = client.get(address)
        if answer.headers.get("Location") != SET_UP and answer.status_code != 404:
            opened.add(name)
    may = {"account_second_factor", "account_logout", "account_reauthenticate", "account_ended", "admin:jsi18n", "mfa_activate_totp",
           "mfa_add_webauthn"}  # fmt: skip
    assert opened - may == set()
    assert len(rows()) > 100


def test_a_session_by_password_of_an_account_that_has_one_is_ended(editor):
    client = logged_in(editor, proofs=("password",))
    auth.TOTP.activate(editor, "a secret")
    RecoveryCodes.activate(editor)

    answer = client.get("/desk/accounts/2fa/recovery-codes/")

    assert answer.headers["Location"].startswith("/desk/accounts/ended/?why=unproven")
    assert "had not shown it" in client.get(answer.headers["Location"]).text
    assert (open_sessions(editor), "_auth_user_id" in client.session) == ([], False)
    assert AuditEvent.objects.latest("seq").facts == {"why": "unproven", "sessions": 1}


def test_the_proof_of_one_person_is_none_of_another(editor, reporter):
    client = logged_in(editor, proofs=("password",))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 2_000_000_000}]
    session["account_authentication_methods_user"] = str(reporter.pk)
    session.save()

    assert client.get("/desk/").headers["Location"] == SET_UP
    for forged in ("/desk/?mfa=1", "/desk/?account_authentication_methods=mfa"):
        assert client.get(forged, HTTP_X_MFA="1").headers["Location"] == SET_UP
    client.cookies["account_authentication_methods"] = "mfa"
    assert client.get("/desk/").headers["Location"] == SET_UP


def test_a_session_without_a_row_opens_nothing(client, editor, settings):
    client.force_login(editor, backend=settings.AUTHENTICATION_BACKENDS[0])

    assert client.get("/desk/").headers["Location"].startswith("/desk/accounts/ended/?why=unknown")
    assert "_auth_user_id" not in client.session


def test_who_sets_one_up_goes_on_in_the_same_session_and_is_asked_for_it_next_time(client, editor, still):
    log_in(client, "editor")
    page = client.get("/desk/accounts/2fa/totp/activate/").text
    assert client.post("/desk/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.get("/desk/").headers["Location"] == SET_UP

    secret = re.search(r"[A-Z2-7]{32}", page)[0]
    done = client.post("/desk/accounts/2fa/totp/activate/", {"code": code(secret)})

    assert done.headers["Location"] == "/desk/accounts/2fa/recovery-codes/"
    assert client.get("/desk/").status_code == 200
    cache.clear()
    other = Client()
    assert log_in(other, "editor").headers["Location"] == "/desk/accounts/2fa/authenticate/"
    assert other.post("/desk/accounts/2fa/authenticate/", {"code": "111111"}).status_code == 200
    assert other.post("/desk/accounts/2fa/authenticate/", {"code": code(secret)}).headers["Location"] == "/desk/"
    assert other.get("/desk/").status_code == 200
    told = [(event.verb, event.facts) for event in AuditEvent.objects.order_by("seq") if event.target == editor.audit_code]
    assert told == [
        ("log_in", {"how": "password"}), ("add_second_factor", {"kind": "totp"}),
        ("fail_second_factor", {"at": "log-in"}), ("log_in", {"how": "password+totp"}),
    ]  # fmt: skip


def test_codes_are_guessed_five_times_and_a_code_opens_once(client, editor, still):
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(editor, secret)
    log_in(client, "editor")
    for _try in range(5):
        assert "Incorrect code." in client.post("/desk/accounts/2fa/authenticate/", {"code": "000000"}).text
    assert "wait five minutes" in client.post("/desk/accounts/2fa/authenticate/", {"code": code(secret)}).text
    assert "_auth_user_id" not in client.session

    cache.clear()
    assert client.post("/desk/accounts/2fa/authenticate/", {"code": code(secret)}).headers["Location"] == "/desk/"
    again = Client()
    log_in(again, "editor")
    assert again.post("/desk/accounts/2fa/authenticate/", {"code": code(secret)}).status_code == 200  # used up


def test_the_last_factor_stays_while_one_is_demanded(editor, settings):
    auth.TOTP.activate(editor, "a secret")
    client = logged_in(editor)
    assert "add another one first" in client.post("/desk/accounts/2fa/totp/deactivate/").text
    assert is_enrolled(editor)

    settings.SECOND_FACTOR = "offered"
    assert client.post("/desk/accounts/2fa/totp/deactivate/").status_code == 302
    assert not is_enrolled(editor)


def test_a_newsroom_that_only_offers_one_says_so(editor, settings):
    settings.SECOND_FACTOR = "offered"
    client = logged_in(editor, proofs=("password",))
    assert "A password alone opens this desk" in client.get("/desk/").text
    settings.SECOND_FACTOR = "required"
    assert "A password alone opens this desk" not in logged_in(editor).get("/desk/").text


def change(client, person, **given):
    address = f"/desk/articles/user/{person.pk}/change/"
    return client.post(address, fields_of(client.get(address).text) | given)


def test_an_administrator_resets_a_factor_with_a_reason_and_cannot_enter_by_it(as_user, administrator, editor, cast):
    auth.TOTP.activate(editor, "a secret")
    RecoveryCodes.activate(editor)
    client, theirs = as_user(administrator), as_user(editor)

    assert change(client, editor, reset_second_factor="because").status_code == 200
    assert change(client, editor, reset_second_factor="lost", new_password="a wholly new sentence").status_code == 200
    assert (is_enrolled(editor), theirs.get("/desk/").status_code) == (True, 200)
    assert change(client, editor, reset_second_factor="stolen").status_code == 302

    assert (Authenticator.objects.count(), theirs.get("/desk/").headers["Location"][:31]) == (0, "/desk/accounts/ended/?why=facto")
    dropped = AuditEvent.objects.get(verb="drop_second_factor")
    assert (dropped.by, dropped.target, dropped.facts) == (administrator.audit_code, editor.audit_code, {"why": "stolen", "factors": 2})
    refused = change(client, editor, new_password="a wholly new sentence")
    assert "another administrator does the second half" in " ".join(refused.text.split())
    fresh = Client()
    assert log_in(fresh, "editor", PASSWORD).headers["Location"] == "/desk/"
    assert fresh.get("/desk/").headers["Location"] == SET_UP
    assert change(as_user(cast("second-administrator", "administrator")), editor, new_password="a wholly new sentence").status_code == 302


def test_who_gave_a_password_does_not_reset_the_factor(as_user, administrator, editor):
    auth.TOTP.activate(editor, "a secret")
    client = as_user(administrator)
    assert change(client, editor, new_password="a wholly new sentence").status_code == 302

    assert change(client, editor, reset_second_factor="lost").status_code == 200

    assert is_enrolled(editor)


def test_nobody_resets_their_own_and_who_is_no_administrator_none(as_user, administrator, editor):
    auth.TOTP.activate(administrator, "a secret")
    assert "reset by another administrator" in change(as_user(administrator), administrator, reset_second_factor="lost").text
    assert as_user(editor).post(f"/desk/articles/user/{administrator.pk}/change/", {"reset_second_factor": "lost"}).status_code == 403
    assert is_enrolled(administrator)


def test_the_command_resets_one_account_and_says_what_follows(editor, capsys):
    auth.TOTP.activate(editor, "a secret")
    logged_in(editor)

    call_command("second_factor", "status", "editor")
    call_command("second_factor", "reset", "editor", "--reason", "broken")
    call_command("second_factor", "status", "editor")

    assert capsys.readouterr().out == (
        "editor has a second factor.\nRemoved (1). editor logs in by password next time, and sets up a new second factor.\n"
        "editor has no second factor.\n"
    )
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", "target"))[-2:]
    assert verbs == [("drop_second_factor", editor.audit_code), ("end_session", editor.audit_code)]
    assert StaffSession.objects.get().why == "factor"
    with pytest.raises(CommandError, match="no account of that name"):
        call_command("second_factor", "reset", "nobody")
    with pytest.raises(ValueError, match="one of these reasons"):
        reset(editor, by=editor, why="because")
