"""Sitemap, robots.txt, security.txt and the two probes."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from articles.editions.models import Edition
from articles.errands.queue import beat
from articles.public import machines
from articles.taxonomy.models import Tag
from articles.workflow import publication
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def locations(address):
    """{address: last change} of a sitemap or an index of them."""
    tree = ET.fromstring(Client().get(address).content)
    return {each[0].text: each[1].text if len(each) > 1 else None for each in tree}


def test_the_sitemap_has_a_part_for_each_month_with_reports_and_none_for_others(reporter, editor, publisher):
    for number, at in enumerate([dt.datetime(2023, 11, 30, 23, 59, tzinfo=dt.UTC), dt.datetime(2024, 3, 1, tzinfo=dt.UTC)]):
        factories.live(reporter, editor, publisher, at=at, headline=f"Report {number}")
    factories.live(reporter, editor, publisher, at=dt.datetime(1968, 4, 4, tzinfo=dt.UTC), language="ar", headline="تقرير قديم")
    parts = [f"{SITE}/sitemap.xml?month={name}" for name in ("sections", "2024-03", "2023-11", "1968-04")]
    assert list(locations("/sitemap.xml")) == parts
    changed = [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in Edition.objects.order_by("published_at").values_list("updated_at", flat=True)]
    assert locations(parts[1]) == {f"{SITE}/reports/2024/03/report-1/": changed[2]}
    assert locations(parts[2]) == {f"{SITE}/reports/2023/11/report-0/": changed[1]}
    assert locations(parts[3]) == {f"{SITE}/ar/reports/1968/04/tqryr-qdym/": changed[0]}


def test_the_sitemap_of_sections_has_pages_and_lists_that_are_used_and_each_answers(reporter, editor, publisher):
    Tag.objects.create(name="Unused", slug="unused")
    tag = Tag.objects.create(name="Law", slug="law")
    factories.live(reporter, editor, publisher, tags=[tag])
    factories.live(
        reporter, editor, publisher, kind="page", headline="About us", slug="about", language="es", regions=[], dateline_region=None
    )
    found = [each.removeprefix(SITE) for each in locations("/sitemap.xml?month=sections")]
    used = [
        "/regions/africa/",
        "/regions/nigeria/",
        "/regions/sub-saharan-africa/",
        "/regions/western-africa/",
        "/regions/world/",
        "/tags/law/",
    ]
    sections = ["", "reports/", "regions/", "tags/", "press/", "corrections/"]
    assert found == [f"/{each}" for each in sections] + used + [f"/es/{each}" for each in [*sections, "about/"]] + [
        f"/ar/{each}" for each in sections
    ]
    assert {Client().get(each).status_code for each in found} == {200}


def test_a_withdrawn_report_leaves_the_sitemap(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    month = f"/sitemap.xml?month={report.published_at:%Y-%m}"
    assert len(locations(month)) == 1
    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert (list(locations("/sitemap.xml")), locations(month)) == ([f"{SITE}/sitemap.xml?month=sections"], {})


def test_a_part_of_the_sitemap_is_never_too_long(reporter, editor, publisher, monkeypatch):
    for number in range(3):
        factories.live(reporter, editor, publisher, headline=f"Report {number}", at=dt.datetime(2024, 3, 1 + number, tzinfo=dt.UTC))
    monkeypatch.setattr(machines, "MOST_URLS", 2)
    assert len(locations("/sitemap.xml?month=2024-03")) == 2


@pytest.mark.parametrize("month", ["x", "2024-13", "2024-3", "0000-01", "9999-12", "٢٠٢٤-03", "2024-03-01", ""])
def test_an_odd_month_is_no_month(db, month):
    assert list(locations(f"/sitemap.xml?month={month}")) == [f"{SITE}/sitemap.xml?month=sections"]


def test_robots_keeps_machines_from_search_and_form_in_every_language_and_names_no_desk(db):
    assert Client().get("/robots.txt").text == (
        "User-agent: *\nDisallow: /search/\nDisallow: /press/inquiry/\nDisallow: /es/search/\nDisallow: /es/press/inquiry/\n"
        f"Disallow: /ar/search/\nDisallow: /ar/press/inquiry/\nSitemap: {SITE}/sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", f"{SITE}/press/inquiry/"),
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ],
)
def test_security_txt_says_whom_to_tell_and_until_when(db, contact, said):
    with override_settings(SECURITY_CONTACT=contact, SECURITY_TXT_EXPIRES="2027-11-30T00:00:00Z"):
        answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        f"Contact: {said}\nExpires: 2027-11-30T00:00:00Z\nPreferred-Languages: en, es, ar\nCanonical: {SITE}/.well-known/security.txt\n"
    )


def test_the_process_says_that_it_lives_without_a_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.parametrize(
    ("silence", "said"),
    [(None, "the clock is silent"), (dt.timedelta(minutes=3), "the clock is silent"), (dt.timedelta(seconds=100), "ready")],
)
def test_the_newsroom_is_ready_while_its_clock_runs(db, silence, said):
    if silence:
        beat("clock", at=timezone.now() - silence)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.text) == (200 if said == "ready" else 503, f"{said}\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_newsroom_is_not_ready_before_its_migrations(db):
    beat("clock")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'articles' AND name = '0002_invariants'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database lacks migrations\n")
