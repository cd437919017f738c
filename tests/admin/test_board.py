"""The board: who sees which report in which column, bounded, narrowed, and nothing forged."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.workflow import actions
from tests import factories

pytestmark = pytest.mark.django_db


def told(client, query=""):
    """Column -> headlines, without the empty ones."""
    page = client.get(f"/desk/board/{query}").text
    columns = re.findall(r'<h2 id="column-\d">([^<]+)</h2>(.*?)</section>', page, re.S)
    found = {heading: re.findall(r'dir="auto">([^<]+)</a>', cards) for heading, cards in columns}
    assert len(found) == 6
    return {heading: cards for heading, cards in found.items() if cards}


def test_each_report_stands_in_its_column(as_user, reporter, editor, publisher):
    factories.draft(reporter, headline="Begun")
    factories.in_review(reporter, headline="Sent")
    actions.request_changes(factories.in_review(reporter, headline="Asked"), by=editor, comment="Why?")
    factories.approved(reporter, editor, headline="Signed")
    actions.schedule(factories.approved(reporter, editor, headline="Timed"), by=publisher, publish_at=factories.in_a_week())
    factories.live(reporter, editor, publisher, headline="Out")

    assert told(as_user(editor)) == {
        "Draft": ["Begun"],
        "In review": ["Sent"],
        "Changes requested": ["Asked"],
        "Approved": ["Signed"],
        "Scheduled": ["Timed"],
        "Live recently": ["Out"],
    }


def test_a_person_sees_on_the_board_what_they_may_read_and_asked_for(as_user, reporter, second_reporter, translator, editor):
    factories.draft(reporter, headline="One", kind="opinion")
    factories.draft(second_reporter, headline="Two", assigned_to=reporter)
    factories.draft(editor, headline="ثلاثة", language="ar")

    assert told(as_user(reporter)) == {"Draft": ["Two", "One"]}
    assert told(as_user(second_reporter)) == {"Draft": ["Two"]}
    assert told(as_user(translator)) == {"Draft": ["ثلاثة"]}
    client = as_user(editor)
    assert told(client, "?language=ar&whose=mine") == {"Draft": ["ثلاثة"]}
    assert told(client, "?kind=opinion") == {"Draft": ["One"]}
    assert told(client, "?whose=assigned") == {}
    assert told(client, "?kind=x' OR 1&language=%00&whose=9&body__contains=x") == {"Draft": ["ثلاثة", "Two", "One"]}


def test_a_column_ends_in_the_list_and_costs_the_same_with_more_in_it(as_user, editor):
    client = as_user(editor)

    def statements():
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/desk/board/?kind=news").text
        return len(seen), re.findall(r'<a href="([^"]+)"[^>]*>All of these', page)

    factories.draft(editor, headline="Draft 0")
    few, none = statements()
    for number in range(1, 11):
        factories.draft(editor, headline=f"Draft {number}", assigned_to=editor)

    many, more = statements()

    assert (many, none, more) == (few, [], ["/desk/articles/report/?edit_state__exact=draft&amp;kind__exact=news"])
    assert client.get(more[0].replace("&amp;", "&")).status_code == 200
    assert few <= 18
