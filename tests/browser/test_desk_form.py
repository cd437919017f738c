"""The report's form with its scripts: the editor drops nothing, names become chips, rows are added and moved, Enter presses no step."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.reports.models import Report
from articles.taxonomy.models import Tag
from tests import factories
from tests.browser.keyboard import to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    '<p lang="ar" dir="rtl">a <span class="sic">[sic]</span> <span lang="fa" dir="rtl">b</span> '
    '<span class="pull">one <strong>two</strong></span> <q cite="https://example.org/">c</q> <cite>d</cite> '
    '<abbr title="e">f</abbr> <bdi>g</bdi> <sub>1</sub><sup>2</sup> <em>h</em> <strong>i</strong> '
    '<a hreflang="es" href="https://example.org/">j</a></p><hr><h2>k</h2><h3>l</h3><ul><li><p>m</p></li></ul>'
    '<ol><li><p>n</p></li></ol><blockquote cite="https://example.org/o"><p>o</p></blockquote><p>p<a href="#n1"><sup>1</sup></a>p</p>'
)


def test_the_form_with_its_scripts(window, watch, reporter, editor):
    Tag.objects.create(name="Schools")
    report = factories.in_review(reporter, body=BODY, citations=[{"title": "First"}, {"title": "Second"}])
    before = Report.objects.get().body
    page = window(person=editor)
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    body = page.get_by_role("textbox", name="Body")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_visible()

    to_the_end(page, body)
    page.get_by_role("button", name="Mark of a note", exact=True).click()
    page.keyboard.type("!")
    tags, regions = page.get_by_role("group", name="Tags"), page.get_by_role("group", name="Regions")
    tags.get_by_role("combobox").fill("Schools")
    expect(tags.get_by_role("button", name="Remove Schools")).to_be_visible()
    regions.get_by_role("combobox").fill("Ghana")
    page.keyboard.press("Enter")
    regions.get_by_role("button", name="Ghana", exact=True).click()
    page.locator("#citations summary").click()
    page.get_by_role("button", name="One more source").click()
    page.keyboard.type("Third")
    up = page.locator("#citations .rows__row", has=page.locator("#id_citations-3-title")).get_by_role("button", name="Move up")
    up.click()  # over the empty row that was there
    up.click()
    page.get_by_label("Place", exact=True).press("Enter")  # in a field it saves: no step of the panel is taken

    expect(page.get_by_text("Saved. Nothing public has changed.")).to_be_visible()
    saved = Report.objects.get()
    assert saved.body == before.removesuffix("</p>") + '<a href="#n2"><sup>2</sup></a>!</p>'
    assert saved.edit_state == "in_review"
    assert [row.tag.name for row in saved.tagged.all()] == ["Schools"]
    assert list(saved.report_regions.order_by("-is_primary").values_list("region__name", flat=True)) == ["Ghana", "Nigeria"]
    assert list(saved.citations.values_list("title", flat=True)) == ["First", "Third", "Second"]
