"""A front page is shaped and the site's colours are chosen on a telephone's screen, by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from articles.editions.blocks import Shape
from articles.identity.models import Theme
from articles.workflow.shaping import page_for, shapes_of
from tests import factories
from tests.browser.keyboard import enter, has_focus, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

WIDTH = 390
FRONT = "/desk/articles/shapedpage/en/change/"


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def add(page: Page, kind: str) -> None:
    tab_to(page, page.get_by_label("Add a block"))
    page.keyboard.type(kind)
    press(page, page.get_by_role("button", name="Add", exact=True))


def test_a_front_page_is_shaped_previewed_and_saved(window, reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, headline="A bridge falls", slug="bridge")
    page = window(width=WIDTH, person=editor)

    page.goto(FRONT)
    add(page, "Latest")
    heading = page.get_by_label("Heading")
    expect(heading).to_be_focused()
    page.keyboard.type("Day by day")
    add(page, "Chosen")
    enter(page, page.get_by_label("Find a report"), "bridge")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find a report")).to_be_focused()
    press(page, page.get_by_role("button", name="Choose", exact=True))
    expect(page.locator(".shaping__said")).to_have_text("Chosen. Nothing is saved yet.")
    up = page.locator('button[value="up 2"]')
    press(page, up)
    down = page.locator('button[value="down 2"]')
    expect(down).to_be_focused()
    assert (fits(page), shapes_of(page_for("en"))) == (True, [])
    preview_button = page.get_by_role("button", name=re.compile("Preview"))
    tab_to(page, preview_button)
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.get_by_text("Preview: this is not saved.")).to_be_visible()
    expect(opened.value.get_by_role("heading", name="Chosen by the editors")).to_be_visible()
    assert fits(opened.value)
    opened.value.close()
    press(page, page.get_by_role("button", name="Save", exact=True))

    expect(page.locator(".messagelist")).to_have_text(re.compile("Saved: readers see it at once."))
    assert shapes_of(page_for("en")) == [Shape("picks", chosen=(report.uuid,)), Shape("latest", heading="Day by day")]
    remove = page.locator('button[value="remove 1"]')
    press(page, remove)
    assert has_focus(page.locator('button[value="restore 1"]'))


def test_colours_are_refused_in_words_and_saved(window, watch, publisher):
    watch.expected.add((400, "/desk/articles/theme/1/change/"))
    page = window(width=WIDTH, person=publisher)

    page.goto("/desk/articles/theme/1/change/")
    accent = page.locator("#id_light_accent")
    accent.fill("#ff9900")
    press(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("their contrast is")
    assert (fits(page), Theme.objects.count()) == (True, 0)
    accent.fill("#0b5d3b")
    press(page, page.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(page.locator(".in-light .specimen__accent")).to_have_css("color", "rgb(11, 93, 59)")
    press(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messagelist")).to_be_visible()

    reader = window(width=WIDTH)
    reader.goto("/")
    assert reader.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--needle')") == "#0b5d3b"
    press(page, page.get_by_role("button", name=re.compile("colours again")))
    press(page, page.get_by_role("button", name=re.compile("Yes, take")))
    expect(page.locator(".messagelist")).to_be_visible()
    assert Theme.objects.count() == 0
