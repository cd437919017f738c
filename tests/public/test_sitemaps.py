"""Sitemaps: each live address in one of them, with its other languages and its pictures; news for two days."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.editions import news
from articles.editions.models import Edition, SitemapEntry
from articles.images.actions import add
from articles.migrations._invariants import sitemap as rows
from articles.stamp.number import current
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MAP, XHTML, IMAGE = (
    "{http://www.sitemaps.org/schemas/sitemap/0.9}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.google.com/schemas/sitemap-image/1.1}",
)
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def _numbers_from_one(db):
    """PostgreSQL counts on when a test is rolled back: after thousands of rows the first address would stand in another part than the next."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_sitemapentry ALTER COLUMN id RESTART")


def tree(address):
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8"), address
    return ET.fromstring(answer.content)


def locations(address):
    """{address: last change} of a sitemap or an index of them."""
    return {each.findtext(f"{MAP}loc"): each.findtext(f"{MAP}lastmod") for each in tree(address)}


def alternates(url):
    return {each.get("hreflang"): each.get("href") for each in url.findall(f"{XHTML}link")}


def moment(at):
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_the_index_names_sections_by_language_and_parts_with_their_last_change(reporter, editor, publisher):
    sections = {f"{SITE}/sitemaps/sections-{code}.xml": None for code in ("en", "es", "ar")}
    assert locations("/sitemap.xml") == sections
    old = factories.live(reporter, editor, publisher, headline="Old", at=dt.datetime(1968, 4, 4, tzinfo=dt.UTC))
    page = factories.live(reporter, editor, publisher, kind="page", headline="About", slug="about", regions=[], dateline_region=None)
    changed = dict(Edition.objects.values_list("path", "updated_at"))
    number = SitemapEntry.objects.get(path=old.path).part
    assert locations("/sitemap.xml") == {**sections, f"{SITE}/sitemaps/{number}.xml": moment(max(changed.values()))}
    assert locations(f"/sitemaps/{number}.xml") == {SITE + each.path: moment(changed[each.path]) for each in (old, page)}


def test_a_part_names_other_languages_and_pictures(reporter, editor, publisher):
    pictures = [
        {"image": add(photograph(70), by=reporter), "alt": "A valley", "lead": True},
        {"image": add(photograph(90), by=reporter), "alt": "A road"},
    ]
    english = factories.live(reporter, editor, publisher, images=pictures)
    arabic = factories.live(
        reporter, editor, publisher, language="ar", translation_group=english.translation_group, headline="عائلتان", slug="two-ar"
    )
    spanish = factories.live(reporter, editor, publisher, language="es", headline="Dos familias")
    number = SitemapEntry.objects.get(path=english.path).part
    urls = {each.findtext(f"{MAP}loc"): each for each in tree(f"/sitemaps/{number}.xml")}
    family = {"ar": SITE + arabic.path, "en": SITE + english.path, "x-default": SITE + english.path}
    assert {path: alternates(url) for path, url in urls.items()} == {
        SITE + english.path: family,
        SITE + arabic.path: family,
        SITE + spanish.path: {},
    }
    files = [each.text.removeprefix(SITE) for each in urls[SITE + english.path].iter(f"{IMAGE}loc")]
    assert [Client().get(each).headers["Content-Type"] for each in files] == ["image/jpeg", "image/jpeg"]
    publication.withdraw(english, by=publisher, reason="Asked by the family.")
    left = tree(f"/sitemaps/{number}.xml")
    assert [each.findtext(f"{MAP}loc") for each in left] == [SITE + arabic.path, SITE + spanish.path]
    assert [alternates(each) for each in left] == [{}, {}]


def test_a_report_that_moves_stays_in_its_part_under_its_new_address(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, slug="first")
    row = SitemapEntry.objects.get()
    actions.approve(actions.submit(actions.save(report, by=reporter, slug="second"), by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")
    edition = Edition.objects.get()
    assert edition.path.endswith("/second/")
    assert SitemapEntry.objects.values().get() == {
        "id": row.pk, "edition_id": edition.uuid, "path": edition.path, "language": "en", "translation_group": edition.translation_group,
        "updated_at": edition.updated_at, "part": row.part,
    }  # fmt: skip


def test_a_part_is_full_before_the_next_begins(reporter, editor, publisher):
    first = factories.live(reporter, editor, publisher, headline="First")
    with connection.cursor() as cursor:  # as if some thousand had been there
        cursor.execute("UPDATE articles_sitemapentry SET id = %s, part = 2", [rows.PART * 3 - 1])
    assert locations("/sitemap.xml").keys() >= {f"{SITE}/sitemaps/2.xml"}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('articles_sitemapentry', 'id'), %s)", [rows.PART * 3 - 1])
    second, third = (factories.live(reporter, editor, publisher, headline=f"Report {number}") for number in (2, 3))
    parts = dict(SitemapEntry.objects.values_list("path", "part"))
    assert parts == {first.path: 2, second.path: 2, third.path: 3}
    assert [each.rpartition("/")[2] for each in locations("/sitemap.xml")][3:] == ["2.xml", "3.xml"]


def test_the_sections_of_a_language_are_those_that_are_used_and_each_answers(reporter, editor, publisher):
    Tag.objects.create(name="Unused", slug="unused")
    factories.live(reporter, editor, publisher, tags=[Tag.objects.create(name="Law", slug="law")])
    factories.live(reporter, editor, publisher, language="es", headline="Dos familias")
    urls = {each.findtext(f"{MAP}loc"): alternates(each) for each in tree("/sitemaps/sections-en.xml")}
    regions = [f"regions/{each}/" for each in ("africa", "nigeria", "sub-saharan-africa", "western-africa", "world")]
    assert list(urls) == [
        f"{SITE}/{each}" for each in ("", "reports/", "regions/", "tags/", "press/", "corrections/", "api/", *regions, "tags/law/")
    ]
    assert urls[f"{SITE}/"] == {"en": f"{SITE}/", "es": f"{SITE}/es/", "ar": f"{SITE}/ar/", "x-default": f"{SITE}/"}
    nigeria = f"{SITE}/regions/nigeria/"
    assert urls[nigeria] == {"en": nigeria, "es": f"{SITE}/es/regions/nigeria/", "x-default": nigeria}
    assert urls[f"{SITE}/tags/law/"] == {}
    assert {Client().get(each.removeprefix(SITE)).status_code for each in urls} == {200}
    assert len(tree("/sitemaps/sections-ar.xml")) == 7


@pytest.mark.parametrize("name", ["7", "sections-fr", "sections-", "00", "x", "-1", "9999999999"])
def test_a_part_that_lists_nothing_answers_as_any_random_address(db, name):
    found = Client().get(f"/sitemaps/{name}.xml")
    assert (found.status_code, found.content) == (404, Client().get("/no-such-page/").content)


def test_news_are_of_two_days_and_leave_when_the_clock_says_so(reporter, editor, publisher):
    now = timezone.now()
    news.move_window(at=now)
    old = factories.live(reporter, editor, publisher, headline="Old", at=now - dt.timedelta(hours=49))
    aging = factories.live(reporter, editor, publisher, headline="Aging & <old>", at=now - dt.timedelta(hours=47))
    fresh = factories.live(reporter, editor, publisher, headline="جديد", slug="fresh", language="ar")
    factories.live(reporter, editor, publisher, kind="page", headline="About", slug="about", regions=[], dateline_region=None)
    told = [
        [each.findtext(f".//{name}") for name in (f"{MAP}loc", f"{NEWS}name", f"{NEWS}language", f"{NEWS}publication_date", f"{NEWS}title")]
        for each in tree("/news-sitemap.xml")
    ]
    at = Edition.objects.get(uuid=fresh.uuid).published_at
    assert told == [
        [SITE + fresh.path, "Newsroom", "ar", moment(at), "جديد"],
        [SITE + aging.path, "Newsroom", "en", moment(now - dt.timedelta(hours=47)), "Aging & <old>"],
    ]
    stamp = current()
    news.move_window(at=now + dt.timedelta(minutes=30))
    assert current() == stamp and len(tree("/news-sitemap.xml")) == 2
    news.move_window(at=now + dt.timedelta(hours=2))
    assert current() == stamp + 1 and list(locations("/news-sitemap.xml")) == [SITE + fresh.path]
    publication.withdraw(fresh, by=publisher, reason="Asked by the family.")
    assert locations("/news-sitemap.xml") == {} and old.path not in Client().get("/news-sitemap.xml").text


def test_news_are_a_thousand_at_most_and_none_before_the_clock_ran(reporter, editor, publisher, monkeypatch):
    for number in range(3):
        factories.live(reporter, editor, publisher, headline=f"Report {number}")
    assert locations("/news-sitemap.xml") == {}
    news.move_window()
    monkeypatch.setattr(news, "MOST_ITEMS", 2)
    assert len(locations("/news-sitemap.xml")) == 2
