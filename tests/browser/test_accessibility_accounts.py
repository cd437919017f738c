"""Every page of the accounts, in a language of each direction: no rule of WCAG 2.2 AA broken, no sideways scroll, at 320 and 1280 px, light and dark."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from articles.people.models import User
from articles.people.sessions import StaffSession
from tests import factories
from tests.browser.axe import survey
from tests.browser.test_editor_publishes import code_of
from tests.conftest import logged_in
from tests.passkeys import Passkey

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
OWN = (
    "", "sessions/", "password/change/", "logout/", "reauthenticate/", "2fa/", "2fa/reauthenticate/", "2fa/passkeys/", "2fa/passkeys/add/",
    "2fa/passkeys/reauthenticate/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/",
    *(f"ended/?why={why}" for why in ("idle", "password", "unproven")),
)  # fmt: skip


@pytest.fixture(params=["en", "ar"])
def person(request, cast) -> User:
    return cast("editor", "editor", "publisher", language=request.param)


def test_the_pages_on_which_a_factor_is_set_up(window, person, settings):
    settings.SECOND_FACTOR = "offered"
    page, found = window(person=person, bypass_csp=True), []
    for path in ("2fa/set-up/", "2fa/", "2fa/totp/activate/", "2fa/passkeys/", "2fa/passkeys/add/"):
        page.goto(f"/desk/accounts/{path}")
        found += survey(page, path)
    page.goto("/desk/accounts/2fa/totp/activate/")
    page.locator("[name=code]").fill("000000")
    page.locator("main button").click()
    page.get_by_role("alert").wait_for()
    assert found + survey(page, "a wrong code") == []


def test_the_pages_of_ones_own_account(window, person, settings):
    key = Passkey(person, site="127.0.0.1").enrol()
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    logged_in(person)
    page, found = window(person=person, bypass_csp=True), []
    for path in (*OWN, f"2fa/passkeys/{key.pk}/name/", f"2fa/passkeys/{key.pk}/remove/"):
        page.goto(f"/desk/accounts/{path}")
        found += survey(page, path)
    assert found == []


def test_the_code_after_the_password_and_what_waited_for_the_log_in(window, watch, person, reporter):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    report = factories.draft(person)
    page = window(person=person, bypass_csp=True)
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    page.locator(".ProseMirror[contenteditable=true]").wait_for()
    StaffSession.objects.update(seen_at=report.saved_at.replace(year=2020))
    page.locator(".submit-row [name=_save]").click()
    page.wait_for_url("**/ended/**")
    found = survey(page, "ended, with something kept")
    page.locator("main a.button").click()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long enough sentence")
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/authenticate/")
    found += survey(page, "the code")
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/held/")
    found += survey(page, "what waited")
    page.locator("[name=_continue]").click()
    page.locator(".ProseMirror[contenteditable=true]").wait_for()
    assert found == []


def test_the_page_that_asks_again(window, watch, person, reporter, second_editor):
    report = factories.approved(reporter, second_editor)
    Passkey(person, site="127.0.0.1").enrol()
    TOTP.activate(person, generate_totp_secret())
    page = window(person=person, bypass_csp=True)
    address = f"/desk/articles/report/{report.pk}/act/publish/"
    watch.expected |= {(403, address)}
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    page.locator(".ProseMirror[contenteditable=true]").wait_for()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.admin.again.is_recent", lambda request: False)
        page.locator(f"[formaction='{address}']").click()
        page.get_by_role("heading", level=1).wait_for()
        page.locator("#again-password").fill("wrong")
        page.locator("#again-password").press("Enter")
        page.get_by_role("alert").wait_for()
        assert survey(page, "again") == []
