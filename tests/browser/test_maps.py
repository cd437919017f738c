"""The map of the world in a real browser: by keyboard, by finger, by its names, in forced colours."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.keyboard import press
from tests.browser.layout import scrolls_sideways

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_world_is_walked_by_keyboard_and_the_smallest_land_is_hit_by_a_finger(window, reporter, editor, publisher):
    for code in ("IT", "VA", "TV"):
        factories.live(
            reporter, editor, publisher, at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), slug=f"from-{code.lower()}",
            regions=[factories.region(code)], dateline_region=factories.region(code),
        )  # fmt: skip
    page = window(width=320, height=640, java_script_enabled=False)
    page.goto("/regions/")
    world = page.get_by_role("group", name="Map of the world: the countries that we have reported on are links")

    # each link has one name, told once
    names = ["Italy", "Tuvalu", "Vatican City"]
    assert [world.get_by_role("link", name=f"{name}: newest report March 1, 2024", exact=True).count() for name in names] == [1, 1, 1]
    assert world.get_by_role("link").count() == 3
    assert world.aria_snapshot().count("Tuvalu") == 1
    assert page.get_by_role("row").filter(has_text="Tuvalu").inner_text().split("\t") == ["Tuvalu", "March 1, 2024"]
    assert scrolls_sideways(page) == []

    # a way past the map, then the map, link by link; the focus can be seen
    past = page.get_by_role("link", name="Past the map, to the same countries as a table")
    past.focus()
    assert past.bounding_box()["width"] > 100
    page.keyboard.press("Tab")
    italy = page.locator('.map a[href="/regions/italy/"]')
    expect(italy).to_be_focused()
    land = italy.locator("path").first
    assert land.evaluate("each => getComputedStyle(each).strokeWidth") == "2.5px"
    page.keyboard.press("Tab")
    expect(page.locator('.map a[href="/regions/vatican-city/"]')).to_be_focused()
    press(page, past)
    page.wait_for_url("**/regions/#countries")

    # ten pixels beside the middle of a land that is a fifth of a pixel wide
    page.goto("/regions/")
    dot = page.locator('.map a[href="/regions/vatican-city/"] .map__dot')
    dot.evaluate("each => each.scrollIntoView({block: 'center'})")
    box = dot.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 - 10, box["y"] + box["height"] / 2)
    page.wait_for_url("**/regions/vatican-city/")
    expect(page.get_by_role("img", name="Map: Vatican City and what lies around it")).to_be_visible()
    assert scrolls_sideways(page) == []
