"""A report on paper, and a page without its stylesheet: what a reader holds who prints it, and who asks for the text alone."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from articles.taxonomy.models import Tag
from tests import factories
from tests.browser.axe import AXE, TAGS
from tests.browser.layout import scrolls_sideways

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A4_PT = (595, 842)
CHECK = """async (tags) => (await axe.run(document, { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: false } } }))
  .violations.map((each) => each.id + ": " + each.nodes[0].html)"""


BODY = (
    "<p>The register was bound in green cloth.</p><p>“He read well,” says a carpenter. "
    '<span class="pull">“He stopped after each name and waited for somebody to answer.”</span><sup><a href="#n1">1</a></sup></p>'
    + "<p>Forty families had left by dark, most of them on foot.</p>" * 40
    + "<h2>A list</h2><p>Nothing has been added.</p>"
)


@pytest.fixture
def report(reporter, editor, publisher):
    factories.live(reporter, editor, publisher, headline="Another report", slug="another")
    return factories.live(
        reporter, editor, publisher, headline="They read the register aloud", body=BODY, tags=[Tag.objects.create(name="Law", slug="law")],
        citations=[{"title": "An order", "address": "https://example.org/order"}], call_to_action="Ask for the register",
        backstory="We spoke with eleven families.", call_to_action_link="https://example.org/act",
    )  # fmt: skip


def printed(page) -> list[str]:
    """The text of each sheet of A4."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True))).pages
    sizes = [(float(sheet.mediabox.width), float(sheet.mediabox.height)) for sheet in sheets]
    assert all(abs(width - A4_PT[0]) < 2 and abs(height - A4_PT[1]) < 2 for width, height in sizes), sizes
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_paper_and_text_alone(window, watch, report):
    page = window(java_script_enabled=True, bypass_csp=True, color_scheme="dark")
    page.goto(report.path)
    sheets = printed(page)
    text = " ".join(sheets)
    on_paper = (
        report.headline,
        "bound in green cloth",
        "Nothing has been added.",
        "Sources",
        "<https://example.org/order>",
        "Reading time",
        report.path,
    )
    assert [each for each in on_paper if each.replace(" ", "") not in text.replace(" ", "")] == []
    assert 2 <= len(sheets) <= 3 and all(each.startswith(f"{number} ") for number, each in enumerate(sheets, 1))
    off_paper = ("Text only", "Skip to", "Ask for an interview", "Do it now", "Related reports", "More from", "WhatsApp", "Read us in", "↑")
    assert [each for each in off_paper if each in text] == []
    assert text.count("waited for somebody to answer") == 1
    page.emulate_media(media="print")
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    page.emulate_media(media="screen")

    # the text alone: led to from the page, kept in by links and forms, and left again
    page.get_by_role("link", name="Text only").click()
    page.wait_for_url(f"**{report.path}?lite")
    page.get_by_role("main").get_by_role("link", name="Nigeria").click()
    page.wait_for_url("**/regions/nigeria/?lite")
    page.goto("/search/?lite")
    page.get_by_role("searchbox").fill("register")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"/search/\?lite=&q=register$"))
    expect(page.get_by_role("link", name=report.headline)).to_be_visible()
    page.get_by_role("link", name="The page with style and pictures").click()
    page.wait_for_url("**/search/?q=register")
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)

    page.emulate_media(color_scheme="light")  # axe takes the browser's own dark ground for white
    found = []
    for path in (report.path, "/", "/ar/reports/", "/press/inquiry/"):
        page.goto(f"{path}?lite")
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [f"{path}: {each}" for each in (*page.evaluate(CHECK, TAGS), *scrolls_sideways(page))]
    assert found == []
