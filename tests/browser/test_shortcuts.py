"""Keyboard shortcuts: where they lead, where they keep silent, how they are switched off, and that nothing depends on them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from articles.reports.models import Report
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
LIST = "/desk/articles/report/"


def test_shortcuts_lead_about_the_desk_and_along_the_rows(window, reporter):
    for headline in ("First begun", "Second begun"):
        factories.draft(reporter, headline=headline)
    page = window(person=reporter)
    page.goto("/desk/")

    for keys, address in (("gl", LIST), ("gb", "/desk/board/"), ("gc", "/desk/calendar/"), ("gh", "/desk/"), ("n", f"{LIST}add/")):
        page.locator("[data-keys-open]").wait_for()
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url(re.compile(re.escape(address) + "$"))
    page.keyboard.press("/")
    page.wait_for_url(f"**{LIST}#searchbar")
    expect(page.locator("#searchbar")).to_be_focused()
    page.keyboard.type("gh n")
    expect(page.locator("#searchbar")).to_have_value("gh n")
    page.goto(LIST)
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Second begun")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"**{LIST}{Report.objects.get(headline='First begun').pk}/change/")


def test_a_report_is_saved_and_submitted_from_within_a_field(window, reporter, editor):
    report = factories.draft(reporter, headline="To be changed")
    page = window(person=reporter)
    page.goto(f"{LIST}{report.pk}/change/")
    page.locator("[name=headline]").fill("Changed by hand")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved. Nothing public has changed.")).to_be_visible()
    assert Report.objects.get().headline == "Changed by hand"

    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved and submitted")).to_be_visible()
    assert Report.objects.get().edit_state == "in_review" and "<br" not in Report.objects.get().body


def test_the_sheet_opens_closes_and_switches_single_characters_off(window, reporter):
    page = window(width=390, person=reporter)
    page.goto("/desk/board/")
    sheet = page.locator("[data-keys-sheet]")
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    sheet.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    page.reload()
    for key in "?gl":
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    expect(sheet).to_be_hidden()
    assert page.url.endswith("/desk/board/")
    page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("checkbox")).to_be_checked()


def test_without_a_script_the_link_leads_to_the_same_list(window, reporter):
    page = window(person=reporter, java_script_enabled=False)
    page.goto("/desk/")
    page.get_by_role("link", name="Keyboard shortcuts").click()
    assert page.url.endswith("/desk/keys/")
    expect(page.get_by_role("link", name="Board").last).to_be_visible()
