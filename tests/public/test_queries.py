"""What a page costs in statements: the same with 3, 30 and 10,000 reports; each through an index, none by counting or skipping."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.demo.scale import add_reports
from articles.editions.lists import key_of
from articles.editions.models import Edition
from articles.editions.sitemap import parts
from articles.people.models import Byline
from articles.public import archive, filter_form, filters, framed
from articles.public import search as public_search
from articles.taxonomy.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db
PINNED = {
    "report": 2,
    "home": 4,
    "archive": 4,
    "filtered": 3,
    "older": 4,
    "year": 3,
    "region": 4,
    "continent": 4,
    "regions": 2,
    "tag": 4,
    "tags": 2,
    "author": 4,
    "search": 4,
    "search without a match": 4,
    "narrowed search": 4,
    "api page": 3,
    "api index": 3,
    "api list": 4,
    "api filtered": 4,
    "api changes": 4,
    "api report": 2,
    "api regions": 3,
    "api tags": 3,
    "api corrections": 2,
    "rss": 2,
    "atom": 2,
    "json": 2,
    "region_feed": 2,
    "tag_feed": 2,
    "author_feed": 2,
    "kind_feed": 2,
}


def addresses():
    """One address of each sort, all of which have reports."""
    edition = Edition.objects.filter(listed=True).order_by("-published_at")[0]
    region = edition.edition_regions.get(is_primary=True).region
    tag = edition.edition_tags.first().tag
    byline = max(Byline.objects.all(), key=lambda each: Edition.objects.filter(edition_bylines__byline=each).count())
    middle = Edition.objects.filter(listed=True).order_by("-published_at")[min(25, Edition.objects.count() - 2)]
    key = key_of(middle)
    return {
        "report": edition.path, "home": "/", "archive": "/reports/", "filtered": f"/reports/?region={region.slug}&tag={tag.slug}",
        "older": f"/reports/?after={key}", "year": f"/reports/{edition.published_at.year}/", "region": f"/regions/{region.slug}/",
        "continent": "/regions/world/", "regions": "/regions/", "tag": f"/tags/{tag.slug}/", "tags": "/tags/", "author": f"/authors/{byline.slug}/",
        "search": "/search/?q=the", "search without a match": "/search/?q=thee+repotr",
        "narrowed search": f"/search/?q=the+-zzz&tag={tag.slug}&region={region.slug}&language=all",
        "rss": "/feed.rss", "atom": "/feed.atom", "json": "/summary.json",
        "region_feed": f"/regions/{region.slug}/feed.rss", "tag_feed": f"/tags/{tag.slug}/feed.rss", "author_feed": f"/authors/{byline.slug}/feed.rss",
        "kind_feed": f"/reports/kind/{edition.kind.replace(' ', '-')}/feed.rss",
        "api page": "/api/", "api index": "/api/v1/", "api list": "/api/v1/reports/", "api report": f"/api/v1/reports/{edition.uuid}/",
        "api filtered": f"/api/v1/reports/?region={region.slug}&tag={tag.slug}&language=en",
        "api changes": f"/api/v1/reports/?updated_since=2000-01-01T00:00:00Z&tag={tag.slug}", "api regions": "/api/v1/regions/", "api tags": "/api/v1/tags/",
        "api corrections": "/api/v1/corrections/",
    }  # fmt: skip


def statements(settings):
    """{sort: the statements of its page}, nothing kept from before."""
    settings.KEEP_PAGES = False
    found = {}
    for name, address in addresses().items():
        filters.forget()
        public_search.forget()
        filter_form.forget()
        archive.tallies.clear()
        framed.frames.clear()
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200, address
        found[name] = [query["sql"] for query in captured]
    return found


@pytest.fixture
def three(reporter, editor, publisher):
    tag = Tag.objects.create(name="Law", slug="law")
    byline = Byline.objects.create(name="A Name", slug="a-name")
    for number in range(3):
        factories.live(
            reporter, editor, publisher, headline=f"The report {number}", tags=[tag], credits=[{"byline": byline}], byline_mode="named"
        )


def test_each_page_takes_its_pinned_number_of_statements(three, settings):
    found = statements(settings)
    assert {name: len(each) for name, each in found.items()} == PINNED
    Tag.objects.bulk_create(Tag(name=f"Tag {number}", slug=f"tag-{number}") for number in range(6))
    add_reports(30)
    assert {name: len(each) for name, each in statements(settings).items()} == PINNED


def test_nothing_is_counted_and_nothing_skipped(three, settings):
    for name, each in statements(settings).items():
        for sql in each:
            assert not re.search(r"COUNT\(|\bOFFSET\b", sql, re.IGNORECASE), (name, sql)


@pytest.mark.long
def test_thousands_of_reports_cost_no_statement_more_and_every_list_uses_its_index(three, settings):
    Tag.objects.bulk_create(Tag(name=f"Tag {number}", slug=f"tag-{number}") for number in range(40))
    add_reports(10_000 if connection.vendor == "postgresql" else 3_000)  # PostgreSQL sorts a few hundred rows sooner than walk an index
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = statements(settings)
    assert {name: len(each) for name, each in found.items()} == PINNED
    lists = {
        "archive": "edition_list",
        "older": "edition_list",
        "year": "edition_list",
        "region": "edition_region_list",
        "tag": "edition_tag_list",
        "author": "edition_byline_list",
        "rss": "edition_list",
        "region_feed": "edition_region_list",
        "tag_feed": "edition_tag_list",
        "author_feed": "edition_byline_list",
        "kind_feed": "edition_by_kind",
    }
    for name, index in lists.items():
        driving = next(sql for sql in found[name] if "card_html" in sql or "rss_xml" in sql)
        plan = explain(driving)
        assert index in plan and not re.search(r"Seq Scan on articles_edition|TEMP B-TREE|Sort", plan), (name, plan)
    asked = [sql for each in found.values() for sql in each] + [sql for address in narrowed() for sql in sent(address)]
    whole = re.compile(r"(Seq Scan on|SCAN) articles_(edition(region|tag|byline)?|searchentry)\b")
    assert {plan for plan in map(explain, asked) if whole.search(plan)} == set()


def narrowed():
    """Addresses with every pair of filters, rare and common words, and the parts of the sitemap."""
    edition = Edition.objects.filter(listed=True).order_by("-published_at")[1500]
    region, tag = edition.edition_regions.get(is_primary=True).region.slug, edition.edition_tags.first().tag.slug
    given = [
        f"region={region}",
        "region=world",
        f"tag={tag}",
        "kind=opinion",
        "kind=news",
        f"author={edition.edition_bylines.first().byline.slug}",
        "to=2020-01-01",
    ]
    searches = [f"/search/?q={word}" for word in ("zzz", "the", "%22the+of%22", edition.headline.split()[0])]
    return [
        *(f"/reports/?{one}&{two}" for one, two in combinations(given, 2)),
        *searches,
        "/sitemap.xml",
        *(f"/sitemaps/{number}.xml" for number, _at in parts()),
        "/sitemaps/sections-en.xml",
        "/news-sitemap.xml",
    ]


def sent(address):
    """The statements of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200, address
    return [query["sql"] for query in captured]


def explain(sql):
    """The plan of a statement as it was sent."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
