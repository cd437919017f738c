"""The desk's tasks on a telephone's screen, by the keyboard alone: each is begun at the report and ends with its sentence."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.reports.comments import ReviewComment
from articles.reports.models import Report
from articles.reports.saved_filters import SavedFilter
from articles.safety.models import Assurance
from articles.workflow import actions, publication
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


def test_a_paragraph_is_commented_on_and_the_comment_resolved(window, reporter, editor):
    report = factories.in_review(reporter, body="<p>Two houses stand empty.</p><p>Nobody came back.</p>")
    page = window(width=WIDTH, person=editor)

    report_page(page, report)
    press(page, page.get_by_role("link", name="All comments, and a new one"))
    press(page, page.locator("summary", has_text="Paragraph 2"))
    enter(page, page.locator("details[open]").get_by_label("Your comment"), "Who says so?")
    press(page, page.locator("details[open]").get_by_role("button", name="Say it"))
    expect(page.locator(".talk")).to_contain_text("Who says so?")
    assert fits(page)
    press(page, page.get_by_role("button", name="Resolve"))

    expect(page.locator(".talk")).to_contain_text("0 open comments")
    assert ReviewComment.objects.filter(resolved_by=editor, text="Who says so?").count() == 1


def test_a_review_is_claimed_and_the_text_approved(window, reporter, editor):
    report = factories.in_review(reporter)
    page = window(width=WIDTH, person=editor)

    report_page(page, report)
    press(page, page.get_by_role("button", name="I am reviewing this"))
    expect(page.locator(".desk-side")).to_contain_text("Give the review back")
    assert fits(page)
    press(page, page.get_by_role("button", name="Approve", exact=True))

    expect(page.get_by_text("Approved: a publisher can publish it now.")).to_be_visible()
    assert Report.objects.get().edit_state == "approved"


def test_a_report_is_assigned_with_a_due_time(window, reporter, second_reporter, editor):
    report = factories.draft(reporter)
    page = window(width=WIDTH, person=editor)

    report_page(page, report)
    unfold(page, "Assignment and due date")
    tab_to(page, page.get_by_label("Assigned to"))
    page.keyboard.type("second-reporter")
    tab_to(page, page.locator(".move--assign input[type=datetime-local]"))
    page.keyboard.type("12242030")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("0900AM")
    press(page, page.locator(".move--assign button"))

    expect(page.locator(".messagelist")).to_be_visible()
    found = Report.objects.get()
    assert (found.assigned_to, found.due_at) == (second_reporter, dt.datetime(2030, 12, 24, 9, tzinfo=dt.UTC))


def test_a_report_is_scheduled_and_unscheduled(window, reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    page = window(width=WIDTH, person=publisher)

    report_page(page, report)
    tab_to(page, page.locator(".move--schedule input[type=datetime-local]").first)
    page.keyboard.type("12242030")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("0900AM")
    press(page, page.locator(".move--schedule button"))
    expect(page.locator(".desk-side")).to_contain_text("24 December 2030, 09:00 UTC")
    assert Report.objects.get().public_state == "scheduled" and fits(page)
    press(page, page.get_by_role("button", name="Unschedule"))

    expect(page.locator(".messagelist")).to_be_visible()
    assert Report.objects.get().public_state == "unpublished"


def test_several_reports_are_submitted_at_once(window, reporter, editor):
    factories.draft(reporter, headline="A bridge falls")
    factories.draft(reporter, headline="")
    page = window(width=WIDTH, person=reporter)

    page.goto("/desk/articles/report/")
    for box in page.locator("#result_list input[type=checkbox]").all():
        tab_to(page, box)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_label("With those chosen"))
    page.keyboard.type("Submit")
    press(page, page.get_by_role("button", name="Go on"))
    expect(page.locator(".together")).to_contain_text("A bridge falls")
    assert fits(page)
    press(page, page.locator("#content-main form button[type=submit]"))

    expect(page.locator("#content")).to_contain_text("A bridge falls")
    assert sorted(Report.objects.values_list("headline", "edit_state")) == [("", "draft"), ("A bridge falls", "in_review")]


def test_a_translation_is_begun(window, reporter, editor):
    report = factories.draft(reporter, headline="A bridge falls")
    page = window(width=WIDTH, person=editor)

    page.goto(f"/desk/articles/report/{report.pk}/translations/")
    press(page, page.get_by_role("button", name="Translate into español"))

    expect(page.locator(".beside", has_text="A bridge falls").first).to_be_visible()
    assert fits(page)
    assert Report.objects.filter(language="es", translation_group=report.translation_group).count() == 1


def test_a_takedown_is_looked_at_and_the_report_reinstated_by_two(window, reporter, editor, publisher, safety_officer):
    report = publication.take_down(factories.live(reporter, editor, publisher), by=editor, reason="A source is in danger.")
    looking, asking = window(width=WIDTH, person=safety_officer), window(width=WIDTH, person=publisher)

    report_page(asking, report)
    enter(asking, asking.locator(".move--ask_reinstatement textarea"), "The danger is over.")
    press(asking, asking.locator(".move--ask_reinstatement button"))
    expect(asking.locator(".messagelist")).to_be_visible()
    report_page(looking, report)
    press(looking, looking.locator(".move--review_takedown button"))
    expect(looking.locator(".messagelist")).to_be_visible()
    enter(looking, looking.locator(".move--reinstate textarea"), "Agreed.")
    press(looking, looking.locator(".move--reinstate button"))

    expect(looking.locator(".messagelist")).to_be_visible()
    assert Report.objects.get().public_state == "unpublished" and fits(looking)


def test_notices_are_opened_and_read(window, reporter, editor):
    actions.submit(factories.draft(reporter, headline="A bridge falls"), by=reporter)
    page = window(width=WIDTH, person=editor)

    page.goto("/desk/")
    press(page, page.get_by_role("link", name="1 new notice"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Notices")
    assert fits(page)
    press(page, page.get_by_role("link", name="A report waits for review"))

    expect(page.locator("#report_form")).to_be_visible()
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()


def test_the_calendar_is_paged_and_a_filter_is_saved(window, editor):
    factories.draft(editor, headline="A bridge falls")
    page = window(width=WIDTH, person=editor)

    page.goto("/desk/calendar/?month=2030-01")
    press(page, page.get_by_role("link", name="Month after"))
    expect(page.get_by_role("heading", level=1)).to_have_text("February 2030")
    assert fits(page)
    page.goto("/desk/articles/report/?edit_state__exact=draft")
    press(page, page.locator("summary", has_text="Save this filter"))
    enter(page, page.get_by_label("Name"), "My drafts")
    press(page, page.get_by_role("button", name="Save", exact=False).last)

    expect(page.get_by_role("link", name="My drafts")).to_be_visible()
    assert SavedFilter.objects.get().name == "My drafts"
