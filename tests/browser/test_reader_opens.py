"""The second walk: home, archive, filter, report, region, search; in Arabic, on a narrow phone, without script, by the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.keyboard import enter, press
from tests.browser.layout import scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "عائلتان تُجبران على مغادرة الوادي"
BODY = "<p>أُبلغت عائلتان بمغادرة الوادي قبل يوم الجمعة.</p><p>«لم يُعطونا أي ورقة»، قال أحد الجيران.</p>"


def sees(page: Page, title: str) -> None:
    """The page has come, fits the screen and reads from right to left."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == ["ar", "rtl"]
    assert scrolls_sideways(page) == []


def test_a_reader_opens_an_article(window, watch, reporter, editor, publisher):
    english = factories.live(reporter, editor, publisher)
    arabic = factories.live(
        reporter, editor, publisher, language="ar", translation_group=english.translation_group, slug="two-families-ar", headline=HEADLINE,
        standfirst="جاء الأمر يوم الثلاثاء بلا سبب.", body=BODY, dateline_place="",
    )  # fmt: skip
    page = window(width=320, height=640, java_script_enabled=False)

    # the front page: the first thing that Tab reaches leads past the menu
    page.goto("/ar/")
    press(page, page.locator(".skip"))
    page.wait_for_url("**/ar/#text")

    # the menu is folded, and opens without a script
    page.goto("/ar/reports/")
    press(page, page.locator(".mast__name a"))
    page.wait_for_url("**/ar/")
    sees(page, "Newsroom")
    archive = page.get_by_role("navigation", name="الرئيسية").get_by_role("link", name="التقارير")
    expect(archive).to_be_hidden()
    press(page, page.locator(".menu > summary"))
    expect(archive).to_be_visible()
    press(page, archive)

    # the archive, narrowed by a form that folds too
    sees(page, "التقارير")
    assert page.locator(".menu__list [aria-current]").get_attribute("href") == "/ar/reports/"
    press(page, page.get_by_text("تضييق القائمة"))
    page.get_by_label("المنطقة").select_option(label="نيجيريا")
    press(page, page.get_by_role("button", name="عرض"))
    page.wait_for_url("**/ar/reports/?region=nigeria*")
    sees(page, "التقارير")

    # the report
    press(page, page.get_by_role("link", name=HEADLINE))
    sees(page, HEADLINE)
    assert page.url.endswith(arabic.path)
    expect(page.locator(".prose")).to_contain_text("لم يُعطونا أي ورقة")
    expect(page.locator(".facts").get_by_role("link", name="English")).to_have_attribute("href", english.path)
    prints(page)

    # its region, and a search
    press(page, page.locator(".subjects").get_by_role("link", name="نيجيريا"))
    sees(page, "نيجيريا")
    expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
    page.goto("/ar/search/")
    enter(page, page.get_by_role("searchbox"), "الوادي")
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name=HEADLINE))
    sees(page, HEADLINE)

    # nothing was left with the reader, and no script was asked for
    assert page.context.cookies() == []
    assert [url for url in watch.requested if url.split("?")[0].endswith(".js")] == []


def prints(page: Page) -> None:
    """On paper the text stays and the menu, forms and buttons go."""
    page.emulate_media(media="print")
    expect(page.locator(".prose")).to_be_visible()
    for part in (".menu", ".menu__list", ".foot__cols", ".act"):
        expect(page.locator(part).first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
