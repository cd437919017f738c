"""Before what cannot be undone the desk asks again who it is, and then goes on with what was sent."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.editions.models import Edition
from articles.people.models import User
from articles.reports.models import Report
from articles.safety.models import Assurance
from tests import factories
from tests.admin.browserless import fields_of
from tests.admin.test_accounts import PASSWORD, PERIOD, code
from tests.browser.desk import with_key
from tests.conftest import logged_in
from tests.passkeys import Passkey

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r'name="held-request" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _no_count_of_another_test():
    cache.clear()
    yield
    cache.clear()


def long_ago(person, **given):
    """A browser in which the person showed who they are an hour ago."""
    browser = logged_in(person, **given)
    session = browser.session
    session["account_authentication_methods"] = [each | {"at": each["at"] - 3600} for each in session["account_authentication_methods"]]
    session.save()
    return browser


def publish(browser, report, **more):
    given = {"publish-seen_version": report.lock_version, "withdraw-reason": "Typed beside it.", **more}
    return browser.post(f"/desk/articles/report/{report.pk}/act/publish/", given)


def written():
    return Edition.objects.count(), AuditEvent.objects.count(), MediaContact.objects.count(), Assurance.objects.count()


@pytest.fixture
def approved(reporter, editor):
    return factories.approved(reporter, editor)


def test_publishing_asks_and_goes_on_with_everything_that_was_sent(publisher, approved):
    browser, before = long_ago(publisher), written()

    asked = publish(browser, approved)
    signed = SIGNED.search(asked.text)[1]
    assert (asked.status_code, "Is it you?" in asked.text, "no-store" in asked.headers["Cache-Control"]) == (403, True, True)
    address = asked.request["PATH_INFO"]
    wrong = browser.post(address, {"held-request": signed, "password": "wrong"})
    assert (wrong.status_code, "Incorrect password." in wrong.text, written()) == (403, True, before)
    done = browser.post(address, {"held-request": signed, "password": PASSWORD})

    assert Edition.objects.count() == 1
    assert "Typed beside it." in done.text  # and so the page says that it was not sent
    assert publish(browser, Report.objects.get()).status_code != 403 or "Is it you?" not in publish(browser, Report.objects.get()).text


def test_a_code_and_a_passkey_prove_it_too(publisher, approved, monkeypatch):
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([PERIOD]))  # the clock stands still
    secret, key = auth.generate_totp_secret(), Passkey(publisher)
    auth.TOTP.activate(publisher, secret)
    key.enrol()
    first, second = long_ago(publisher), long_ago(publisher, browser=Client(HTTP_HOST="localhost"))

    asked = publish(first, approved)
    refused = first.post(asked.request["PATH_INFO"], {"held-request": SIGNED.search(asked.text)[1], "code": "000000"})
    assert (refused.status_code, Edition.objects.count(), AuditEvent.objects.latest("seq").verb) == (403, 0, "fail_second_factor")
    first.post(asked.request["PATH_INFO"], {"held-request": SIGNED.search(asked.text)[1], "code": code(secret)})
    assert Edition.objects.count() == 1

    again = publish(second, Report.objects.get())
    challenge = again.context["js_data"]["request_options"]["publicKey"]["challenge"]
    sent = {"held-request": SIGNED.search(again.text)[1], "credential": json.dumps(key.assertion(challenge))}
    assert "Is it you?" not in second.post(again.request["PATH_INFO"], sent).text


def test_what_was_signed_for_one_person_and_address_serves_no_other(publisher, approved, cast, settings):
    browser, other = long_ago(publisher), long_ago(cast("other", "publisher"))
    signed = SIGNED.search(publish(browser, approved).text)[1]
    before = written()
    elsewhere = f"/desk/articles/report/{approved.pk}/act/schedule/"
    address = f"/desk/articles/report/{approved.pk}/act/publish/"

    answers = [
        browser.post(elsewhere, {"held-request": signed, "password": PASSWORD}),
        other.post(address, {"held-request": signed, "password": PASSWORD}),
        browser.post(address, {"held-request": signed[:-2] + "xx", "password": PASSWORD}),
        browser.post(f"{address}?next=https://evil.example/", {"held-request": signed, "password": PASSWORD}),
    ]

    assert [(each.status_code, each.headers["Location"]) for each in answers] == [(302, "/desk/")] * 4
    assert written() == before
    strict = long_ago(publisher, browser=Client(enforce_csrf_checks=True))
    assert strict.post(address, {"held-request": signed, "password": PASSWORD}).status_code == 403
    assert written() == before


def test_what_may_not_be_done_is_not_done_after_the_proof_either(reporter, approved):
    browser = long_ago(reporter)
    asked = publish(browser, approved)

    answer = browser.post(asked.request["PATH_INFO"], {"held-request": SIGNED.search(asked.text)[1], "password": PASSWORD})

    assert (answer.status_code, Edition.objects.count(), Report.objects.get().public_state) == (403, 0, "unpublished")


def test_taking_down_and_withdrawing_do_not_wait(publisher, approved, safety_officer):
    publish(logged_in(publisher), approved)
    report = Report.objects.get()
    given = {"take_down-seen_version": report.lock_version, "take_down-reason": "Somebody is in danger.", "take_down-sure": "on"}

    assert long_ago(safety_officer).post(f"/desk/articles/report/{report.pk}/act/take_down/", given).status_code == 302

    assert Edition.objects.count() == 0


def test_waiving_a_check_asks_and_other_facts_do_not(reporter, publisher):
    report = factories.draft(reporter)
    address = f"/desk/articles/report/{report.pk}/checks/"
    before = written()
    asked = long_ago(publisher).post(address, {"subject": "citations", "citations-answer": "waived", "citations-text": "None there is."})
    assert (asked.status_code, "Is it you?" in asked.text, written()) == (403, True, before)
    fact = {"subject": "consent", "consent-answer": "not_needed", "consent-text": "Nobody can be recognised."}
    assert "Is it you?" not in long_ago(reporter).post(address, fact).text


def test_a_certificate_asks_and_a_telephone_number_does_not(press_officer):
    contact, _key = with_key()
    browser, address = long_ago(press_officer), f"/desk/articles/mediacontact/{contact.pk}/change/"
    page = fields_of(browser.get(address).text)

    assert browser.post(address, page | {"phone": "+44 20 7946 0199"}).status_code == 302
    asked = browser.post(address, page | {"certificate": ""})
    assert (asked.status_code, MediaContact.objects.get().certificate, MediaContact.objects.get().phone) == (
        403,
        contact.certificate,
        "+44 20 7946 0199",
    )
    browser.post(address, {"held-request": SIGNED.search(asked.text)[1], "password": PASSWORD})
    assert MediaContact.objects.get().certificate == ""


def test_an_administrator_is_asked_before_a_password_or_a_factor_is_touched(administrator, editor):
    browser, address = long_ago(administrator), f"/desk/articles/user/{editor.pk}/change/"
    page = fields_of(browser.get(address).text)

    for given in ({"new_password": "a wholly new sentence"}, {"reset_second_factor": "lost"}):
        assert "Is it you?" in browser.post(address, page | given).text
    assert User.objects.get(pk=editor.pk).check_password(PASSWORD)
    assert browser.post(address, page | {"first_name": "Rana"}).status_code == 302
