"""Passkeys in a real browser, by Chromium's virtual authenticator and under the strict policy: added, used, asked for again, removed."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect

from articles.people.sessions import StaffSession
from tests import factories
from tests.browser.keyboard import press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough sentence"
INSIDE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """A device inside the browser that holds passkeys and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": INSIDE})["authenticatorId"]


@pytest.fixture
def desk(window, newsroom) -> Any:
    """A window at the site by its name: passkeys know none by its number."""
    cache.clear()
    page = window(width=390, height=844)
    return page, newsroom.replace("127.0.0.1", "localhost")


def log_in_by_password(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


def log_out(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login/")


def test_a_passkey_is_set_up_by_keyboard_on_a_phone_and_opens_the_desk(desk, editor):
    page, site = desk
    log_in_by_password(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    with_authenticator(page)

    press(page, page.get_by_role("link", name="Add a passkey"))
    name = page.get_by_label("What you call it")
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type("My phone")
    press(page, page.get_by_role("button", name="Add it"))
    expect(page.get_by_role("list", name="Codes that are left").get_by_role("listitem")).to_have_count(10)
    press(page, page.get_by_role("link", name="To the desk"))
    expect(page.locator("#user-tools")).to_contain_text("editor")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "My phone"

    log_out(page, site)
    page.goto(f"{site}/desk/accounts/login/?next=/desk/accounts/sessions/")
    press(page, page.get_by_role("button", name="Sign in with a passkey"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Where you are logged in")

    log_out(page, site)
    log_in_by_password(page, site)
    press(page, page.get_by_role("button", name="Use a passkey"))
    expect(page.locator("#user-tools")).to_contain_text("editor")


def test_a_passkey_that_is_not_given_is_said_so_and_one_that_is_there_is_not_added_twice(desk, editor, watch):
    page, site = desk
    log_in_by_password(page, site)
    session, device = with_authenticator(page)
    page.goto(f"{site}/desk/accounts/2fa/passkeys/add/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_have_text("Nothing was done: the passkey was not used. Try again.")
    assert not Authenticator.objects.exists()

    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{site}/desk/accounts/2fa/passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_have_text("This passkey is on your account already.")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_what_was_typed_outlives_a_session_that_ended(reporter, watch, window):
    """With scripts: the form says that one is logged out, the save waits through the log-in, the form opens with it."""
    report = factories.draft(reporter)
    page = window(person=reporter)
    watch.expected |= {(401, f"/desk/articles/report/{report.pk}/draft/"), (401, f"/desk/articles/report/{report.pk}/presence/")}
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    StaffSession.objects.update(ended_at=report.saved_at, why="administrator")

    page.get_by_label("Standfirst").fill("Typed while it ended.")
    expect(page.locator("[data-autosave]")).to_contain_text("You are logged out: save, and log in again.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("An administrator ended it.")
    expect(page.get_by_role("main")).to_contain_text("kept for an hour")
