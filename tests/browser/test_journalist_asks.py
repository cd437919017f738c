"""The third walk: from “For media interviews” to the press officer's own computer; without script, by the keyboard, with a mistake first."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from articles.inquiries.models import MediaInquiry
from tests import factories
from tests.browser.desk import with_key
from tests.browser.keyboard import enter, has_focus, press, tab_to
from tests.browser.layout import scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "Who told the families to leave, and is there a paper? — «منذ متى؟»"


def test_a_journalist_sends_an_inquiry(window, watch, reporter, editor, publisher, press_officer, tmp_path, capsys):
    contact, key = with_key()
    report = factories.live(reporter, editor, publisher, contact=contact)
    page = window(width=320, height=640, java_script_enabled=False)

    # from the report to the form
    page.goto(report.path)
    expect(page.get_by_role("region", name="For media interviews")).to_contain_text("Judith Notreal")
    press(page, page.get_by_role("link", name="Ask for an interview"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Media inquiry")

    # a mistake: no name, and an hour without its day
    watch.expected.add((400, "/press/inquiry/"))
    enter(page, page.get_by_label("Outlet"), "The Lantern Gazette")
    enter(page, page.get_by_label("How can we reach you?"), "+44 20 7946 0199")
    enter(page, page.get_by_label("Time", exact=True), "1130AM")
    enter(page, page.get_by_label("Your question"), QUESTION)
    press(page, page.get_by_role("button", name="Send the inquiry"))

    # it is said above, beside the fields, and to those who do not see; nothing typed is lost, nothing is stored
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_text(["Your name", "Deadline: day"])
    name, day = page.get_by_label("Your name"), page.get_by_label("Deadline: day")
    for field, sentence in ((name, "Say whom we should ask for."), (day, "Give the day of the deadline too, or leave both empty.")):
        assert field.get_attribute("aria-invalid") == "true"
        described = str(field.get_attribute("aria-describedby")).split()
        assert sentence in [page.locator(f"[id='{each}']").inner_text() for each in described]
    expect(page.get_by_label("Outlet")).to_have_value("The Lantern Gazette")
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    assert (scrolls_sideways(page), MediaInquiry.objects.count()) == ([], 0)

    # mended: the summary leads to the field
    press(page, alert.get_by_role("link", name="Your name"))
    if not has_focus(name):
        tab_to(page, name)
    page.keyboard.type("Nora Notreal")
    enter(page, day, "11302030")
    page.get_by_label("Time zone").select_option("UTC")
    page.wait_for_timeout(3_100)  # a form that comes back sooner is taken for a machine's
    press(page, page.get_by_role("button", name="Send the inquiry"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your inquiry is on its way")
    assert page.context.cookies() == []
    inquiry = MediaInquiry.objects.get()
    assert (inquiry.report_uuid, inquiry.deadline_at.isoformat()) == (report.uuid, "2030-11-30T11:30:00+00:00")
    assert QUESTION.encode() not in bytes(inquiry.sealed)

    # the press officer finds it in the queue, takes it, and fetches the sealed file
    desk = window(person=press_officer)
    desk.goto("/desk/")
    desk.get_by_role("link", name="1 inquiry waits").click()
    row = desk.get_by_role("row", name=inquiry.reference)
    press(desk, row.get_by_role("button", name="Take"))
    expect(row.get_by_role("cell", name="press-officer")).to_be_visible()
    with desk.expect_download() as download:
        press(desk, row.get_by_role("button", name="Fetch .asc"))
    sealed = tmp_path / "inquiry.asc"
    download.value.save_as(sealed)

    # and opens it with the key, on a computer of their own
    key_file = tmp_path / "key.asc"
    key_file.write_text(str(key))
    call_command("open_inquiry", str(sealed), key=str(key_file))
    assert QUESTION in capsys.readouterr().out
