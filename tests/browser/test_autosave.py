"""What is typed is kept without a click, says so, and comes back after a reload, a lost connection and a lost session."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.reports.models import Draftlet, Report
from articles.workflow import actions
from tests import factories
from tests.browser.keyboard import to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_is_kept_and_comes_back(window, watch, reporter):
    report = factories.draft(reporter)
    page = window(person=reporter)
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    body, status = page.get_by_role("textbox", name="Body"), page.locator("[data-autosave]")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_visible()

    to_the_end(page, body)
    page.keyboard.type(" Kept by itself.")
    expect(status).to_contain_text("Draft kept")
    assert "Kept by itself." in Draftlet.objects.get().content["fields"]["body"][0]
    assert "Kept by itself." not in Report.objects.get().body

    page.reload()
    page.get_by_role("button", name="Continue with it").click()
    expect(body).to_contain_text("Kept by itself.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Nothing public has changed.")).to_be_visible()
    assert ("Kept by itself." in Report.objects.get().body, Draftlet.objects.count()) == (True, 0)

    page.context.set_offline(True)
    page.get_by_label("Headline").fill("Typed without a line")
    expect(status).to_contain_text("connection lost")
    page.context.set_offline(False)
    watch.found[:] = [each for each in watch.found if "ERR_INTERNET_DISCONNECTED" not in each]
    page.reload()
    page.get_by_role("button", name="Continue with it").click()
    expect(page.get_by_label("Headline")).to_have_value("Typed without a line")
    expect(status).to_contain_text("Draft kept")
    assert Draftlet.objects.get().content["fields"]["headline"] == ["Typed without a line"]


def test_a_save_that_never_arrived_lets_nothing_go_although_somebody_else_saved(window, watch, reporter, editor):
    report = factories.draft(reporter)
    watch.expected.add((409, f"/desk/articles/report/{report.pk}/change/"))
    page = window(person=reporter)
    page.goto(f"/desk/articles/report/{report.pk}/change/")
    headline, status = page.get_by_label("Headline"), page.locator("[data-autosave]")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_visible()
    page.context.set_offline(True)
    headline.fill("Typed without a line")
    expect(status).to_contain_text("connection lost")
    actions.save(report, by=editor, standfirst="Saved by somebody else.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    watch.found[:] = [each for each in watch.found if "ERR_INTERNET_DISCONNECTED" not in each]

    page.goto(f"/desk/articles/report/{report.pk}/change/")
    page.get_by_role("button", name="Continue with it").click()
    page.get_by_role("button", name="Save what is put together").click()
    expect(page.get_by_text("Saved. Nothing public has changed.")).to_be_visible()
    fresh = Report.objects.get()
    assert (fresh.headline, fresh.standfirst) == ("Typed without a line", "Saved by somebody else.")
    page.reload()
    expect(headline).to_have_value("Typed without a line")
    expect(page.get_by_role("button", name="Continue with it")).to_have_count(0)
