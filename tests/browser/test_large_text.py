"""A reader who has set the browser's text twice as large (WCAG 2.2, 1.4.4 and 1.4.10) never scrolls sideways, on a phone either."""

from __future__ import annotations

import pytest

from tests.api.reports import full
from tests.browser import chromium
from tests.browser.layout import scrolls_sideways

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWICE = "--blink-settings=defaultFontSize=32"
PATHS = (
    "/", "/reports/", f"/reports/?region={'z' * 70}", "/regions/", "/regions/nigeria/", "/tags/", "/tags/prison/", "/authors/a-name/", "/press/",
    "/press/inquiry/", "/search/?q=valley", "/corrections/", "/api/", "/ar/",
)  # fmt: skip


def test_text_twice_as_large_fits_a_phone(playwright, newsroom, watch, reporter, editor, publisher):
    path = full(reporter, editor, publisher).path
    browser = chromium.start(playwright, chromium.found(playwright), TWICE)
    try:
        page = browser.new_page(base_url=newsroom, bypass_csp=True)
        watch.follow(page.context)
        found = {}
        for width_px in (320, 390):
            page.set_viewport_size({"width": width_px, "height": 900})
            for each in (*PATHS, path, f"{path}republish/"):
                page.goto(each)
                assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
                if wide := scrolls_sideways(page):
                    found[f"{each} at {width_px} px"] = wide
    finally:
        browser.close()
    assert found == {}
