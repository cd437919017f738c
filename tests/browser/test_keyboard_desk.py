"""The desk's tasks on a telephone's screen, by the keyboard alone: each is begun at the report and ends with its sentence."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.reports.models import Report
from articles.safety.models import Assurance
from articles.workflow import actions
from tests import factories
from tests.browser.keyboard import enter, has_focus, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

WIDTH = 390


def report_page(page: Page, report: Report) -> None:
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    expect(page.locator("#report_form, .readonly").first).to_be_attached()


def unfold(page: Page, summary: str) -> None:
    """Opens a folded part by the keyboard."""
    press(page, page.locator("summary", has_text=summary).first)


def choose(page: Page, radio: Locator) -> None:
    """Goes to a group of radio buttons and along it, by the arrows, to this one."""
    name = radio.get_attribute("name")
    tab_to(page, page.locator(f"input[type=radio][name={name}]:checked"))
    for _step in range(40):
        if has_focus(radio):
            break
        page.keyboard.press("ArrowDown")
    assert has_focus(radio) and radio.is_checked()


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_two_revisions_are_compared_and_one_is_restored(window, reporter):
    report = factories.draft(reporter, headline="A bridge falls", body="<p>Two houses stand empty.</p>")
    report = actions.save(report, by=reporter, body="<p>Three houses stand empty.</p>")
    actions.save(report, by=reporter, headline="A bridge fell")
    page = window(width=WIDTH, person=reporter)

    report_page(page, report)
    unfold(page, "Revisions")
    press(page, page.get_by_role("link", name="All revisions, compared"))
    choose(page, page.get_by_label("From revision 1"))
    press(page, page.get_by_role("button", name="Compare the two chosen"))
    expect(page.locator("ins", has_text="Three")).to_be_visible()
    expect(page.locator("del", has_text="Two")).to_be_visible()
    assert fits(page)
    press(page, page.locator("#content-main").get_by_role("link", name="Revision 1"))
    press(page, page.get_by_role("button", name="Restore this revision"))

    expect(page.get_by_text("Revision 1 is restored as a new revision.")).to_be_visible()
    assert Report.objects.values_list("headline", "body").get() == ("A bridge falls", "<p>Two houses stand empty.</p>")


def test_a_preview_link_is_made_opened_and_revoked(window, watch, reporter):
    report = factories.draft(reporter, headline="A bridge falls")
    page, lawyer = window(width=WIDTH, person=reporter), window(width=WIDTH)

    page.goto(f"/desk/articles/report/{report.pk}/links/")
    enter(page, page.get_by_label("For whom"), "The lawyer")
    press(page, page.get_by_role("button", name="Make a link"))
    shown = page.get_by_role("textbox", name="For The lawyer")
    tab_to(page, shown)
    address = urlsplit(shown.input_value()).path
    lawyer.goto(address)
    expect(lawyer.get_by_role("heading", level=1)).to_have_text("A bridge falls")
    assert fits(page) and fits(lawyer)
    press(page, page.get_by_role("button", name="Revoke the link for The lawyer"))
    expect(page.get_by_role("row", name="The lawyer")).to_contain_text("Revoked")

    watch.expected.add((404, address))
    answer = lawyer.goto(address)
    assert answer and answer.status == 404


def test_an_empty_answer_is_marked_and_a_whole_one_recorded(window, watch, reporter):
    report = factories.draft(reporter, makes_allegation=True)
    path = f"/desk/articles/report/{report.pk}/checks/"
    watch.expected.add((400, path))
    page = window(width=WIDTH, person=reporter)

    page.goto(path)
    block = page.locator("#right_of_reply")
    press(page, block.get_by_role("button"))
    expect(page.get_by_role("alert")).to_contain_text("Nothing was recorded.")
    assert (fits(page), Assurance.objects.count()) == (True, 0)
    tab_to(page, block.get_by_label("What is so"))
    page.keyboard.type("Asked, no")
    enter(page, block.get_by_label("Who was asked"), "The ministry’s press office")
    enter(page, block.get_by_label("Asked on"), "11012026")
    enter(page, block.get_by_label("Reason"), "Asked twice by mail.")
    press(page, block.get_by_role("button"))

    expect(page.get_by_text("Recorded. Approvals stand")).to_be_visible()
    assert Assurance.objects.values_list("subject", "asked", "asked_on", "text").get() == (
        "right_of_reply", "The ministry’s press office", dt.date(2026, 11, 1), "Asked twice by mail.",
    )  # fmt: skip
