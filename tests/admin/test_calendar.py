"""The calendar: each fact on its day in the reader's zone, for whom it may be told, bounded, with days, weeks and months that follow each other."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import calendar
from articles.people import roles
from articles.reports import paging
from articles.reports.models import Report
from articles.workflow.permissions import parts_visible_to
from tests import factories

pytestmark = pytest.mark.django_db


def told(client, query="?month=2027-03"):
    """Day -> (time, fact, headline) of each item, of the days that hold something."""
    page = client.get(f"/desk/calendar/{query}")
    assert page.status_code == 200, query
    days = re.findall(r'<h2><a href="\?day=([\d-]+)[^"]*"[^>]*>.*?</h2>(.*?)(?=<li class="day|</ol>)', page.text, re.S)
    item = r"<time [^>]*>([\d:]+) UTC</time> (?:<b[^>]*>)?([^<]+)(?:</b>)?</p><a [^>]*>([^<]+)</a>"
    return {day: re.findall(item, rest) for day, rest in days if re.findall(item, rest)}


def at(day, hour=12, month=3):
    return dt.datetime(2027, month, day, hour, tzinfo=dt.UTC)


def test_each_fact_stands_on_its_day_in_the_order_of_times(as_user, reporter, editor, publisher):
    factories.draft(editor, headline="Due", due_at=at(9, 15))
    factories.draft(editor, headline="Held", embargo_until=at(9, 8), expire_at=at(30))
    live = factories.live(reporter, editor, publisher, headline="Out")
    timed = factories.approved(reporter, editor, headline="Timed", due_at=at(10))
    Report.objects.filter(pk=timed.pk).update(public_state="scheduled", publish_at=at(11), scheduled_by=publisher, scheduled_hash="x")
    client = as_user(editor)

    assert told(client) == {
        "2027-03-09": [("08:00", "Embargo ends", "Held"), ("15:00", "Due", "Due")],
        "2027-03-11": [("12:00", "Goes out", "Timed")],
        "2027-03-30": [("12:00", "Expires", "Held")],
    }
    today = timezone.localdate(live.published_at)
    assert [fact for _at, fact, headline in told(client, f"?month={today:%Y-%m}")[str(today)] if headline == "Out"] == ["Published"]
    assert told(client, "?week=2027-03-10") == {day: rows for day, rows in told(client).items() if day < "2027-03-14"}
    assert told(client, "?day=2027-03-09") == {"2027-03-09": told(client)["2027-03-09"]}
    assert told(client, "?month=2027-03&fact=due") == {"2027-03-09": [("15:00", "Due", "Due")]}
    assert told(client, "?month=2027-03&whose=assigned") == {} and told(client, "?month=2027-03&language=ar") == {}


def test_days_are_those_of_the_readers_zone(as_user, editor):
    factories.draft(editor, headline="Late in the evening", due_at=at(9, 20))
    with timezone.override(ZoneInfo("Asia/Seoul")):
        span = calendar.span_of({"month": "2027-03"}, today=dt.date(2027, 3, 1))
        days = calendar.days_of(editor, span, calendar.FACTS, now=timezone.localtime())
        assert [(str(day.on), f"{item.at:%H:%M}") for day in days for item in day.items] == [("2027-03-10", "05:00")]


def test_nobody_is_told_of_a_report_that_they_may_not_read(as_user, cast, reporter, second_reporter, editor):
    factories.draft(reporter, headline="A secret", due_at=at(9), embargo_until=at(9), expire_at=at(9))
    translator = cast("of Spanish", roles.TRANSLATOR, languages=["es"])

    assert len(told(as_user(reporter))["2027-03-09"]) == len(told(as_user(editor))["2027-03-09"]) == 3
    for person in (second_reporter, translator):
        assert told(as_user(person)) == {} and "A secret" not in as_user(person).get("/desk/calendar/?day=2027-03-09").text
    assert as_user(cast("press", roles.PRESS_OFFICER)).get("/desk/calendar/").status_code == 403


def test_a_crowded_day_is_cut_and_leads_to_all_of_it(as_user, cast):
    person = cast("writer", roles.REPORTER)
    Report.objects.bulk_create(
        Report(headline=f"R{each:02}", language="en", created_by=person, assigned_to=person, due_at=at(9)) for each in range(30)
    )
    client = as_user(person)

    assert [headline for *_rest, headline in told(client)["2027-03-09"]] == [f"R{each:02}" for each in range(5)]
    assert "All of 9 March" in client.get("/desk/calendar/?month=2027-03").text
    assert len(told(client, "?week=2027-03-09")["2027-03-09"]) == 20 and len(told(client, "?day=2027-03-09")["2027-03-09"]) == 30


def test_months_weeks_and_days_follow_each_other(as_user, editor):
    client = as_user(editor)

    def around(query):
        page = client.get(f"/desk/calendar/{query}").text
        return [re.search(rf'<a href="\?([^"]+)" rel="{rel}"', page)[1].replace("&amp;", "&") for rel in ("prev", "next")]

    assert around("?month=2026-12&kind=news") == ["month=2026-11&kind=news", "month=2027-01&kind=news"]
    assert around("?week=2027-01-01") == ["week=2026-12-20", "week=2027-01-03"]  # the English week begins on Sunday
    assert around("?day=2028-02-29") == ["day=2028-02-28", "day=2028-03-01"]


@pytest.mark.parametrize(
    "query",
    ["?month=x", "?month=0000-01", "?month=9999-12", "?month=2027-13", "?week=2027-02-30", "?day=%00", "?day=1", "?fact=x&kind=y&whose=z"],
)
def test_a_forged_day_shows_this_month(as_user, editor, query):
    assert timezone.localdate().strftime("%B %Y") in as_user(editor).get(f"/desk/calendar/{query}").text


def test_a_month_takes_as_many_statements_full_as_empty_and_enters_an_index_each_day(as_user, cast):
    person = cast("both", roles.REPORTER, roles.TRANSLATOR, languages=["es", "ar"])
    client = as_user(person)

    def statements():
        with CaptureQueriesContext(connection) as seen:
            client.get("/desk/calendar/?month=2027-03")
        return [each["sql"] for each in seen.captured_queries]

    factories.draft(person, due_at=at(1))
    few = statements()
    for day in range(1, 20):
        factories.draft(person, due_at=at(day), embargo_until=at(day), expire_at=at(day))
    many = statements()

    assert len(many) == len(few) <= 25
    assert not [sql for sql in many if "OFFSET" in sql or ("COUNT(" in sql and "articles_report" in sql)]
    bounds = [at(1, 0), at(2, 0), at(3, 0)]
    with CaptureQueriesContext(connection) as seen:
        paging.keys_by_day(parts_visible_to(cast("editor of all", roles.EDITOR)), "due_at", bounds, limit=6)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        sql = seen.captured_queries[-1]["sql"]
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        assert str(cursor.fetchall()).count("report_day_of_due_at") == 2
