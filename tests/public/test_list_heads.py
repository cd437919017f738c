"""The heads of lists: what machines are told of a region, a tag, a name, a year, the archive."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.test import Client

from articles.identity.actions import change_text
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def report(reporter, editor, publisher):
    return factories.live(
        reporter, editor, publisher, kind="opinion", tags=[Tag.objects.create(name=HOSTILE, slug="law")], byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A. Name", slug="a-name")}], at=dt.datetime(2024, 2, 3, tzinfo=dt.UTC),
    )  # fmt: skip


def head(path):
    return Client().get(path).text.partition("</head>")[0]


def trail(path):
    """[(name, path)] of the list's breadcrumbs, or None."""
    graphs = [json.loads(each)["@graph"][0] for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(path))]
    found = [each for each in graphs if each["@type"] == "BreadcrumbList"]
    return [(each["name"], each["item"].removeprefix(SITE)) for each in found[0]["itemListElement"]] if found else None


def test_a_list_says_what_leads_to_it(report):
    assert trail("/regions/nigeria/") == [
        ("Regions", "/regions/"), ("World", "/regions/world/"), ("Africa", "/regions/africa/"), ("Sub-Saharan Africa", "/regions/sub-saharan-africa/"),
        ("Western Africa", "/regions/western-africa/"), ("Nigeria", "/regions/nigeria/"),
    ]  # fmt: skip
    assert trail("/tags/law/") == [("Tags", "/tags/"), (HOSTILE, "/tags/law/")]
    assert trail("/reports/2024/02/") == [("Reports", "/reports/"), ("2024", "/reports/2024/"), ("February 2024", "/reports/2024/02/")]
    assert trail("/reports/") is None
    assert "<script>" not in Client().get("/tags/law/").text


def test_a_list_is_shared_by_its_own_name_and_only_where_it_is_indexed(report):
    told = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)">', head("/regions/nigeria/")))
    assert told == {
        "og:type": "website", "og:site_name": "Newsroom", "og:title": "Nigeria", "og:description": "Nigeria – Newsroom",
        "og:url": f"{SITE}/regions/nigeria/", "og:locale": "en_US",
    }  # fmt: skip
    assert "og:" not in head("/reports/?kind=opinion") and "og:" not in head("/no-such-page/")


def test_a_list_of_which_nothing_was_written_is_described_by_its_name_and_whose_it_is(report):
    change_text("en", by=machine(COMMAND_LINE), name="Lantern Watch", tagline="A light for people at the door", footer="")
    assert '<meta name="description" content="Nigeria – A light for people at the door">' in head("/regions/nigeria/")
    assert '<meta name="description"' not in head("/reports/?kind=opinion") and '<meta name="description"' not in head("/no-such-page/")


def test_a_section_names_its_main_language_for_readers_of_any_other(report):
    assert f'<link rel="alternate" hreflang="x-default" href="{SITE}/reports/">' in head("/ar/reports/")
    assert "x-default" not in head("/regions/nigeria/")


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/", "/"), ("/reports/", "/"), ("/regions/nigeria/", "/regions/nigeria/"), ("/tags/law/", "/tags/law/"), ("/authors/a-name/", "/authors/a-name/"),
        ("/reports/?kind=opinion", "/reports/kind/opinion/"), ("/reports/?kind=opinion&tag=law", "/"), ("/corrections/", "/corrections/"),
    ],
)  # fmt: skip
def test_the_first_feed_that_a_page_names_is_its_own(report, path, folder):
    assert re.search(r'type="application/rss\+xml" href="([^"]+)"', head(path))[1] == f"{folder}feed.rss"
