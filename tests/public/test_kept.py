"""Answers kept until the stamp moves."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from articles.public.kept import shelf
from articles.stamp.number import count_up
from articles.workflow import publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeping():
    shelf.clear()
    with override_settings(KEEP_PAGES=True):
        yield
    shelf.clear()


@pytest.fixture
def report(reporter, editor, publisher):
    return factories.live(reporter, editor, publisher)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reports/",
        "/regions/",
        "/regions/nigeria/",
        "/corrections/",
        "/press/",
        "/feed.rss",
        "/feed.atom",
        "/sitemap.xml",
        "/api/",
        "/api/v1/",
        "/api/v1/reports/",
    ],
)
def test_the_second_answer_is_the_first_and_takes_one_statement(client, report, path):
    first = client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        second = client.get(path)
    assert first.status_code == second.status_code == 200
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))
    assert len(asked) == 1


def test_a_withdrawn_report_is_gone_from_kept_lists_at_once(client, report, publisher):
    shown = [path for path in ("/", "/reports/", "/feed.rss", "/feed.atom") if report.headline in client.get(path).text]
    assert shown == ["/", "/reports/", "/feed.rss", "/feed.atom"]
    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert [path for path in shown if report.headline in client.get(path).text] == []


def test_what_is_not_found_is_not_kept(client, report):
    client.get("/regions/france/")
    assert ("/regions/france/", "") not in shelf.kept


def test_a_search_is_not_kept(client, report):
    client.get("/search/", {"q": "a name that nobody may read in memory"})
    assert shelf.kept == {}


def test_queries_are_kept_apart_and_long_ones_not_at_all(client, report):
    everything = client.get("/reports/").content
    assert client.get("/reports/?kind=opinion").content != everything
    client.get("/reports/?x=" + "y" * 400)
    assert list(shelf.kept) == [("/reports/", ""), ("/reports/", "kind=opinion")]


def test_a_reader_who_has_the_page_is_told_so(client, report):
    tag = client.get("/reports/").headers["ETag"]
    assert client.get("/reports/", headers={"If-None-Match": tag}).status_code == 304
    count_up()
    assert client.get("/reports/", headers={"If-None-Match": tag}).status_code == 304
