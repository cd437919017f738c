"""Whole lists as tables and as lines: complete, safe to open, and going on where they broke off."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, RequestFactory

from articles.api import reports as api_reports
from articles.api.streams import MOST_STREAMS, NDJSON, Rows, cell, stream_response
from articles.stamp.number import count_up
from articles.taxonomy.models import Tag
from articles.workflow import publication
from tests import factories
from tests.api.reports import full

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def lines(answer):
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


@pytest.fixture
def three(reporter, editor, publisher):
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    return [
        factories.live(reporter, editor, publisher, at=at + dt.timedelta(days=day), headline=f"Number {day}", slug=f"number-{day}") for day in range(3)
    ]  # fmt: skip


def test_a_table_holds_every_report_with_its_parts_in_columns(reporter, editor, publisher):
    report = full(
        reporter, editor, publisher, tags=[Tag.objects.create(name=name, slug=name) for name in ("a", "b")], headline="القرية، “x”"
    )
    answer = Client().get(f"{API}reports.csv")
    (row,) = table(answer)
    assert row.pop("updated_at") and len(row.pop("cursor")) == 32
    assert row == {
        "id": str(report.uuid), "address": f"http://testserver{report.path}", "language": "en", "kind": "news", "headline": "القرية، “x”",
        "standfirst": "The order came on a Tuesday and named no reason.", "dateline_date": "2026-03-04", "dateline_mode": "shown", "dateline_place": "Jos",
        "dateline_region": "nigeria", "dateline_source": "", "byline_mode": "named", "bylines": "a-name", "published_at": "2026-03-04T06:30:00Z",
        "corrected_at": "", "retracted": "no", "regions": "nigeria", "tags": "a|b",
        "body_text": "Two families were told to leave. Who we are.\n“We were given no paper,” a neighbour says.",
    }  # fmt: skip
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reports.csv"'
    assert table(Client().get(f"{API}reports.csv?fields=event,headline")) == [
        {"event_date": "2026-03-01", "event_precision": "month", "headline": "القرية، “x”"}
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\ufeff=1", "＝1", "＋1", "－1", "＠x", "\u00a0=cmd|' /C calc'!A0"],
)
def test_no_cell_is_taken_for_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A = b", "1-2", "“=1”", "مرحبا"])
def test_other_cells_stay_as_they_are(text):
    assert cell(text) == text


def test_a_report_that_would_be_a_formula_is_a_text(reporter, editor, publisher):
    factories.live(reporter, editor, publisher, headline='=HYPERLINK("https://evil.example")')
    assert table(Client().get(f"{API}reports.csv"))[0]["headline"] == '\'=HYPERLINK("https://evil.example")'
    assert lines(Client().get(f"{API}reports.ndjson"))[0]["headline"] == '=HYPERLINK("https://evil.example")'


def test_lines_say_what_the_list_says_and_go_on_behind_any_of_them(three, monkeypatch):
    monkeypatch.setattr(api_reports, "BATCH", 2)
    told = lines(Client().get(f"{API}reports.ndjson"))
    cursors = [each.pop("cursor") for each in told]
    assert told == Client().get(f"{API}reports/").json()["results"]
    for number, cursor in enumerate(cursors):
        rest = lines(Client().get(f"{API}reports.ndjson", {"cursor": cursor, "fields": "headline"}))
        assert [each["headline"] for each in rest] == [each["headline"] for each in told[number + 1 :]]
    changes = lines(Client().get(f"{API}reports.ndjson?updated_since=2020-01-01T00:00:00Z"))
    assert [each["headline"] for each in changes] == ["Number 0", "Number 1", "Number 2"]
    rest = lines(
        Client().get(f"{API}reports.ndjson", {"updated_since": "2020-01-01T00:00:00Z", "cursor": changes[0]["cursor"], "region": "nigeria"})
    )
    assert [each["headline"] for each in rest] == ["Number 1", "Number 2"]


def test_what_is_withdrawn_on_the_way_is_not_sent(three, publisher, monkeypatch):
    monkeypatch.setattr(api_reports, "BATCH", 1)
    answer = Client().get(f"{API}reports.ndjson?fields=headline")
    chunks = iter(answer.streaming_content)
    assert next(chunks) == b'{"headline":"Number 2"}\n'
    publication.withdraw(three[1], by=publisher, reason="Asked by the family.")
    assert list(chunks) == [b'{"headline":"Number 0"}\n']


def test_a_stream_is_compressed_on_the_way(three):
    plain = Client().get(f"{API}reports.csv").getvalue()
    packed = Client(headers={"Accept-Encoding": "gzip"}).get(f"{API}reports.csv")
    first = packed.getvalue()
    assert gzip.decompress(first) == plain and packed.headers["Content-Encoding"] == "gzip"
    assert Client(headers={"Accept-Encoding": "gzip"}).get(f"{API}reports.csv").getvalue() == first


def test_who_has_the_list_is_told_so_until_something_public_changes(three):
    answer = Client().get(f"{API}reports.csv")
    answer.getvalue()
    tag = answer.headers["ETag"]
    assert Client().get(f"{API}reports.csv", headers={"If-None-Match": tag}).status_code == 304
    assert b"Number" in Client().get(f"{API}reports.csv?kind=news", headers={"If-None-Match": tag}).getvalue()
    count_up()
    assert b"Number" in Client().get(f"{API}reports.csv", headers={"If-None-Match": tag}).getvalue()


def test_so_many_lists_are_sent_at_once_and_a_place_is_free_again_when_one_is_broken_off(three):
    rows = Rows(lambda: iter([[["x"]]]), ["a"], NDJSON, "x.ndjson")
    held = [stream_response(RequestFactory().get("/"), rows, seed="x") for _ in range(MOST_STREAMS)]
    assert next(iter(held[0])) == b'{"a":"x"}\n'
    refused = Client().get(f"{API}reports.ndjson")
    assert (refused.status_code, refused.headers["Retry-After"], refused.json()["status"]) == (503, "60", 503)
    assert Client().head(f"{API}reports.csv").status_code == 200
    request_finished.disconnect(close_old_connections)  # it would close the test's own
    for each in held:
        each.close()
    request_finished.connect(close_old_connections)
    for _ in range(MOST_STREAMS + 1):
        assert len(lines(Client().get(f"{API}reports.ndjson"))) == 3


def test_an_empty_list_is_a_table_of_names_and_no_line():
    assert Client().get(f"{API}corrections.csv?fields=id,report").getvalue() == (
        "\ufeffid,report_id,report_headline,report_address,report_api_address\r\n".encode()
    )
    assert Client().get(f"{API}corrections.ndjson").getvalue() == b""
    assert len(table(Client().get(f"{API}reports.csv?region=france"))) == 0
