"""The first walk: a text is pasted, written to its end, reviewed, mended, approved, published, withdrawn; six people's screens, one browser."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal import auth
from playwright.sync_api import Locator, Page, expect

from articles.people.models import User
from articles.reports.models import Report
from tests.browser.desk import with_key
from tests.browser.keyboard import enter, has_focus, press, tab_to, to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough sentence"
MAIL = """Harbour Lantern, speaking for people without papers since 1995
Select Page

10/18/2023 North Korea (Harbour Lantern) – Four families were sent back across the river on Monday, two neighbours said.

“They was [sic] told to bring nothing,” one of them said.

For media interviews: [email protected]
"""


def code_of(secret: str) -> str:
    """What the app shows, with time left to type it."""
    if time.time() % 30 > 25:
        time.sleep(5)
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def log_in(page: Page, name: str) -> None:
    """Through the form, by the keyboard alone: a password, then the code of an app."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(User.objects.get(username=name), secret)
    page.goto("/desk/")
    assert page.title() == "Sign in | The desk"
    login = page.get_by_label("Username")
    if not has_focus(login):
        tab_to(page, login)
    page.keyboard.type(name)
    enter(page, page.get_by_label("Password"), PASSWORD)
    page.keyboard.press("Enter")
    code = page.get_by_label("Code of the app, or a recovery code")
    tab_to(page, code)
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text(name)


def open_report(page: Page, headline: str) -> None:
    page.goto("/desk/articles/report/")
    page.get_by_role("link", name=headline).click()
    expect(page.locator("#report_form")).to_be_visible()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="What you can do").get_by_role("button", name=name, exact=True)


def test_an_editor_publishes(window, watch, reporter, editor, second_editor, publisher):
    with_key()
    writing, reviewing, publishing, reading = (window() for _each in range(4))

    # the reporter logs in, pastes, sees what was recognised
    log_in(writing, "reporter")
    press(writing, writing.get_by_role("link", name="Paste a report"))
    writing.wait_for_url("**/desk/paste/")
    writing.get_by_label("The text").fill(MAIL)
    writing.get_by_role("button", name="Recognise").click()
    expect(writing.get_by_text("Select Page")).to_be_visible()
    expect(writing.get_by_label("Date")).to_have_value("2023-10-18")
    expect(writing.get_by_label("Region").locator("option:checked")).to_have_text("North Korea")
    expect(writing.get_by_label("Source")).to_have_value("Harbour Lantern")
    expect(writing.get_by_label("Media contact").locator("option:checked")).to_have_text("Judith Notreal")
    assert Report.objects.count() == 0
    writing.get_by_label("Headline").fill("Four families sent back across the river")
    writing.get_by_role("button", name="Make the draft").click()

    # completes it, edits the body under the policy, submits
    body = writing.locator(".ProseMirror[role=textbox]")
    expect(body).to_contain_text("“They was [sic] told to bring nothing,” one of them said.")
    writing.get_by_label("Standfirst").fill("The river is low in October.")
    to_the_end(writing, body)
    writing.keyboard.press("Enter")
    writing.keyboard.type("The guards gave no reason. ")
    writing.get_by_role("button", name="Save", exact=True).click()
    expect(writing.get_by_text("Saved. Nothing public has changed.")).to_be_visible()
    writing.get_by_role("button", name="Save and submit for review").click()
    expect(writing.get_by_text("Saved and submitted: another editor can review it now.")).to_be_visible()
    report = Report.objects.get()
    assert (report.edit_state, report.public_state) == ("in_review", "unpublished")
    assert report.body == (
        "<p>Four families were sent back across the river on Monday, two neighbours said.</p>"
        "<p>“They was [sic] told to bring nothing,” one of them said.</p><p>The guards gave no reason.</p>"
    )

    # a second editor asks for changes, by the keyboard
    log_in(reviewing, "editor")
    open_report(reviewing, "Four families sent back across the river")
    enter(reviewing, reviewing.get_by_label("What should change"), "Say who the neighbours are to the families.")
    press(reviewing, button(reviewing, "Request changes"))
    expect(reviewing.get_by_text("Sent back with your comment.")).to_be_visible()

    # the reporter mends it and submits again
    open_report(writing, "Four families sent back across the river")
    expect(writing.get_by_text("Say who the neighbours are to the families.")).to_be_visible()
    body = writing.locator(".ProseMirror[role=textbox]")
    to_the_end(writing, body)
    writing.keyboard.type(" Both neighbours are cousins of one family.")
    writing.get_by_role("button", name="Save and submit for review").click()
    expect(writing.get_by_text("Saved and submitted")).to_be_visible()

    # the editor approves, the publisher publishes, by the keyboard
    open_report(reviewing, "Four families sent back across the river")
    press(reviewing, button(reviewing, "Approve"))
    expect(reviewing.get_by_text("Approved: a publisher can publish it now.")).to_be_visible()
    log_in(publishing, "publisher")
    open_report(publishing, "Four families sent back across the river")
    press(publishing, button(publishing, "Publish"))
    expect(publishing.get_by_text("Published.", exact=True)).to_be_visible()

    # readers have it
    path = Report.objects.get().path
    assert re.fullmatch(r"/reports/\d{4}/\d{2}/four-families-sent-back-across-the-river/", path)
    answer = reading.goto(path)
    assert answer and answer.status == 200
    expect(reading.get_by_role("heading", level=1)).to_have_text("Four families sent back across the river")
    expect(reading.locator(".prose")).to_contain_text("October 18, 2023 North Korea (Harbour Lantern)")
    expect(reading.locator(".prose")).to_contain_text("Both neighbours are cousins of one family.")

    # the publisher withdraws it with a reason: its address says that it is gone
    open_report(publishing, "Four families sent back across the river")
    enter(publishing, publishing.locator(".move--withdraw textarea"), "Asked by one family.")
    press(publishing, button(publishing, "Withdraw"))
    expect(publishing.get_by_text("Withdrawn: its address now says that it is gone.")).to_be_visible()
    watch.expected.add((410, path))
    answer = reading.goto(path)
    assert answer and answer.status == 410
    expect(reading.get_by_role("heading", level=1)).to_have_text("This page is no longer public")
    assert "families" not in reading.content().replace(path, "")
    assert reading.context.cookies() == []
