"""The front page that editors shape: blocks in their order, no report twice, nothing of a report that is not live, four statements."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.editions.blocks import Shape
from articles.public import filters
from articles.taxonomy.models import Tag
from articles.workflow import publication
from articles.workflow.shaping import page_for, shape
from tests import factories
from tests.markup import flaws

pytestmark = pytest.mark.django_db
MARKS = re.compile(
    r'<h2[^>]*>(?P<heading>.*?)</h2>|<h3 class="entry__head"><a href="[^"]*">(?P<card>[^<]*)'
    r'|class="act" href="(?P<act>[^"]*)|entries__all"><a href="(?P<all>[^"]*)'
)


@pytest.fixture
def reports(reporter, editor, publisher):
    """Six reports, the first the newest: two of Kenya, two with a tag, one interview."""
    law = Tag.objects.create(name="Law", slug="law")
    facts = [
        {},
        {"regions": [factories.region("KE")]},
        {"tags": [law]},
        {"kind": "interview"},
        {"regions": [factories.region("KE")], "tags": [law]},
        {},
    ]
    return [
        factories.live(
            reporter, editor, publisher, headline=f"Report {number}", slug=f"report-{number}",
            at=dt.datetime(2026, 3, 20 - number, tzinfo=dt.UTC), **each,
        )
        for number, each in enumerate(facts)
    ]  # fmt: skip


def put(by, *shapes, language="en", **subject):
    page = page_for(language, **subject)
    return shape(page, shapes, by=by, version=page.version)


def shown(path="/"):
    """What stands in <main>, in order: headings in words, cards by headline, links of buttons and of “all from …”."""
    main = Client().get(path).text.partition("<main")[2].partition('<div class="in-side')[0]
    found = [(match.lastgroup, re.sub(r"<[^>]*>", "", match[match.lastgroup]).strip()) for match in MARKS.finditer(main)]
    return [text for _what, text in found]


def test_without_a_block_the_newest_report_leads_and_the_rest_follows_by_day(reports):
    assert shown() == [
        "Latest March 20", "Report 0", "Thursday March 19, 2026", "Report 1", "Wednesday March 18, 2026", "Report 2", "Tuesday March 17, 2026", "Report 3",
        "Monday March 16, 2026", "Report 4", "Sunday March 15, 2026", "Report 5",
    ]  # fmt: skip


def test_blocks_stand_in_their_order_and_no_report_stands_twice(reports, editor):
    law = Tag.objects.get()
    put(
        editor,
        Shape("lead", chosen=(reports[4].uuid,)),
        Shape("action", heading="Write", text="Ask your minister.", link="/press/", label="Write now"),
        Shape("picks", heading="Worth your time", chosen=(reports[5].uuid, reports[0].uuid)),
        Shape("region", region=factories.region("KE").pk, how_many=3),
        Shape("tag", heading="Law and courts", tag=law.pk, how_many=3),
        Shape("kind", report_kind="interview", how_many=2),
        Shape("latest", how_many=5),
    )
    assert shown() == [
        "Monday March 16", "Report 4",
        "Write", "/press/",
        "Worth your time", "Report 5", "Report 0",
        "Kenya", "Report 1", "/regions/kenya/",
        "Law and courts", "Report 2", "/tags/law/",
        "Interview", "Report 3", "/reports/?kind=interview",
    ]  # fmt: skip
    assert shown("/ar/") == [] and flaws(Client().get("/"), "the front page") == []


def test_a_lead_without_a_choice_is_the_newest_that_is_chosen_nowhere_else(reports, editor):
    put(editor, Shape("lead"), Shape("picks", chosen=(reports[0].uuid,)), Shape("latest", heading="And then", how_many=2))
    assert shown() == [
        "Latest March 19", "Report 1", "Chosen by the editors", "Report 0", "And then", "Wednesday March 18, 2026", "Report 2",
        "Tuesday March 17, 2026", "Report 3",
    ]  # fmt: skip


def test_a_withdrawn_report_leaves_the_page_silently_and_comes_back_with_its_publication(reports, editor, publisher):
    put(editor, Shape("lead", chosen=(reports[4].uuid,)), Shape("picks", heading="Two", chosen=(reports[5].uuid, reports[2].uuid)))
    publication.withdraw(reports[4], by=publisher, reason="A mistake.")
    publication.withdraw(reports[5], by=publisher, reason="A mistake.")
    assert shown() == ["Latest March 20", "Report 0", "Two", "Report 2"]
    assert "Report 4" not in Client().get("/").text
    publication.publish(reports[5], by=publisher)
    assert shown() == ["Latest March 20", "Report 0", "Two", "Report 5", "Report 2"]


def test_a_report_in_another_language_is_on_no_page_of_this_one(reports, editor):
    put(editor, Shape("picks", chosen=(reports[0].uuid,)), language="ar")
    assert shown("/ar/") == [] and "Report 0" not in Client().get("/ar/").text


def test_pinned_reports_stand_above_the_list_and_not_in_its_first_page(reports, editor, publisher):
    law, kenya = Tag.objects.get(), factories.region("KE")
    put(editor, Shape("picks", heading="Begin here", chosen=(reports[4].uuid,)), tag=law)
    put(editor, Shape("picks", chosen=(reports[1].uuid, reports[0].uuid)), region=kenya)
    assert shown("/tags/law/") == ["Begin here", "Report 4", "March 2026", "Report 2"]
    assert shown("/regions/kenya/") == ["Read first", "Report 1", "March 2026", "Report 4"]
    publication.withdraw(reports[4], by=publisher, reason="A mistake.")
    assert shown("/tags/law/") == ["March 2026", "Report 2"]
    put(editor, Shape("picks", chosen=(reports[2].uuid,)), tag=law)
    assert shown("/tags/law/") == ["Read first", "Report 2"]


def statements(address):
    filters.forget()
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_twelve_blocks_and_pinned_reports_cost_no_statement_more(reports, editor):
    law, kenya = Tag.objects.get(), factories.region("KE")
    sections = [Shape("region", region=kenya.pk), Shape("tag", tag=law.pk), Shape("kind", report_kind="news"), Shape("latest", how_many=12)]
    put(
        editor,
        Shape("lead", chosen=(reports[4].uuid,)),
        Shape("picks", chosen=(reports[0].uuid, reports[5].uuid)),
        *sections,
        *sections,
        *sections[:2],
    )
    put(editor, Shape("picks", chosen=(reports[4].uuid,)), tag=law)
    put(editor, Shape("picks", chosen=(reports[4].uuid,)), region=kenya)
    assert [statements(address) for address in ("/", "/tags/law/", "/regions/kenya/")] == [4, 4, 4]
