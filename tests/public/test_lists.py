"""Lists of reports: paging by key, filters, years and months, corrections."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from html import escape

import pytest
from django.conf import settings
from django.test import Client, override_settings

from articles.demo.scale import add_reports
from articles.editions.lists import Card, key_of
from articles.editions.models import Edition, EditionByline, EditionCorrection, EditionRegion, EditionTag
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db
SIDES = (Edition, EditionRegion, EditionTag, EditionByline)


def headlines(page):
    """The paths of the reports on a page, in their order."""
    return re.findall(r'<h3 class="entry__head"><a href="([^"]+)"', page)


def step(page, rel):
    """The address behind a pager's link, or ""."""
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
    return found[1].replace("&amp;", "&") if found else ""


def walk(address, rel):
    """The pages from an address on, as lists of paths."""
    pages = []
    while address:
        html = Client().get(address).text
        pages.append((address, headlines(html)))
        address = step(html, rel)
    return pages


@pytest.fixture
def many(reporter, editor):
    """45 reports; the middle thirty of one and the same instant."""
    Tag.objects.create(name="Law", slug="law")
    add_reports(45)
    order = list(Edition.objects.order_by("-published_at", "-uuid").values_list("uuid", flat=True))
    at = dt.datetime(2024, 2, 29, 23, 30, 0, 123456, tzinfo=dt.UTC)
    with factories.triggers_lifted():
        for model in SIDES:
            model.objects.filter(uuid__in=order[:8]).update(published_at=at + dt.timedelta(days=1))
            model.objects.filter(uuid__in=order[8:38]).update(published_at=at)
            model.objects.filter(uuid__in=order[38:]).update(published_at=at - dt.timedelta(days=400 * 60))  # 1958
    return list(Edition.objects.order_by("-published_at", "-uuid").values_list("path", flat=True))


@pytest.mark.parametrize(
    "address", ["/reports/", "/tags/law/", "/regions/world/", "/reports/?region=world&tag=law", "/reports/?from=1950-01-01"]
)
def test_a_list_is_walked_there_and_back_without_gap_or_repetition(many, address):
    older = walk(address, "next")
    assert [path for _address, paths in older for path in paths] == many
    assert [len(paths) for _address, paths in older] == [20, 20, 5]
    newer = walk(older[-1][0], "prev")
    assert [paths for _address, paths in newer] == [paths for _address, paths in reversed(older)]
    assert "page=" not in str(older)
    for place, _paths in older:
        assert f'<link rel="canonical" href="http://testserver{escape(place)}">' in Client().get(place).text


def test_what_is_published_meanwhile_moves_no_page(many, reporter, editor, publisher):
    second = step(Client().get("/reports/").text, "next")
    before = headlines(Client().get(second).text)
    fresh = factories.live(reporter, editor, publisher)
    assert headlines(Client().get(second).text) == before
    newest = walk(second, "prev")[-1][1]
    assert newest[0] == fresh.path


def test_a_key_that_leads_nowhere_is_no_page_and_what_is_no_key_is_ignored(many):
    first = Client().get("/reports/").content
    last = Card(dt.datetime(1900, 1, 1, tzinfo=dt.UTC), uuid.UUID(int=0), "")
    beyond = key_of(last)
    newest = key_of(Card(dt.datetime(2100, 1, 1, tzinfo=dt.UTC), uuid.UUID(int=0), ""))
    for address in ("/reports/", "/tags/law/", "/regions/world/", "/reports/1958/", "/corrections/"):
        for query in (f"after={beyond}", f"before={newest}"):
            assert Client().get(f"{address}?{query}").status_code == 404, (address, query)
    for query in (
        "after=",
        "after=x",
        f"after={'9' * 18}-{'f' * 31}",
        f"before=-{beyond}",
        f"after={beyond}0",
        "after[]=1",
        "offset=20",
        "page=2",
    ):
        assert Client().get(f"/reports/?{query}").content == first, query
    assert Client().get(f"/reports/?after={'9' * 18}-{'f' * 32}").content == first  # later than any calendar
    assert Client().get(f"/reports/?kind=opinion&after={'x' * 51}").status_code == 200


def test_an_odd_query_is_never_an_error(many):
    first = Client().get("/reports/").content
    ignored = [
        "kind=draft",
        "kind=page",
        "from=%00",
        "region=",
        "tag=%20",
        "sort=-id",
        "kind__in=news",
        "language=xx",
        "language=en",
        "a=%ff",
    ]
    assert {query for query in ignored if Client().get(f"/reports/?{query}").content != first} == set()
    empty = [
        "region=atlantis",
        "region=NIGERIA",
        "tag=law%00x",
        f"tag={'x' * 80}",
        "from=9999-12-31",
        "to=0001-01-01",
        "from=2024-03-02&to=2024-02-01",
    ]
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with override_settings(TIME_ZONE=zone):
            for query in empty:
                answer = Client().get(f"/reports/?{query}")
                assert (answer.status_code, headlines(answer.text), "No report " in answer.text) == (200, [], True), query


def test_filters_narrow_together_and_each_can_be_taken_away(reporter, editor, publisher):
    law, faith = (Tag.objects.create(name=name, slug=name.lower()) for name in ("Law", "Faith"))
    byline = Byline.objects.create(name="A Name", slug="a-name")
    kenya, nigeria = factories.region("KE"), factories.region("NG")
    wanted = {}
    for number, (tag, region, kind, credits) in enumerate(
        [
            (law, kenya, "news", []),
            (law, nigeria, "news", [{"byline": byline}]),
            (faith, kenya, "interview", []),
            (faith, nigeria, "news", []),
        ],
        start=1,
    ):
        wanted[number] = factories.live(
            reporter, editor, publisher, headline=f"Report {number}", tags=[tag], regions=[region], dateline_region=region, kind=kind,
            credits=credits, byline_mode="named" if credits else "organisation", at=dt.datetime(2024, number, 15, 12, tzinfo=dt.UTC),
        ).path  # fmt: skip
    expected = {
        "": [4, 3, 2, 1], "region=kenya": [3, 1], "region=africa": [4, 3, 2, 1], "tag=law": [2, 1], "kind=interview": [3], "author=a-name": [2],
        "tag=law&region=kenya": [1], "tag=faith&kind=news": [4], "region=kenya&kind=news": [1], "author=a-name&tag=law&region=nigeria&kind=news": [2],
        "author=a-name&tag=faith": [], "from=2024-02-15": [4, 3, 2], "to=2024-02-15": [2, 1], "from=2024-02-15&to=2024-03-15": [3, 2],
        "region=kenya&from=2024-02-01": [3], "kind=news&to=2024-03-31&tag=law": [2, 1],
    }  # fmt: skip
    found = {query: headlines(Client().get(f"/reports/?{query}").text) for query in expected}
    assert found == {query: [wanted[number] for number in numbers] for query, numbers in expected.items()}
    html = Client().get("/reports/?tag=law&region=kenya&kind=draft").text
    assert set(re.findall(r'<a href="([^"]+)">remove', html)) == {"/reports/?region=kenya", "/reports/?tag=law"}
    assert re.findall(r'<option value="([^"]+)" selected', html) == ["kenya"]
    assert re.findall(r'name="tag" value="([^"]+)" checked', html) == ["law"]
    assert (
        '<meta name="robots" content="noindex">' in html
        and 'rel="canonical" href="http://testserver/reports/?region=kenya&amp;tag=law"' in html
    )


@pytest.mark.parametrize(
    ("zone", "year", "month", "day"),
    [("UTC", 2023, 12, "2023-12-31"), ("Asia/Tokyo", 2024, 1, "2024-01-01"), ("America/Lima", 2023, 12, "2023-12-31")],
)
def test_a_report_stands_in_the_year_and_month_of_the_sites_zone(reporter, editor, publisher, zone, year, month, day):
    with override_settings(TIME_ZONE=zone):
        report = factories.live(reporter, editor, publisher, at=dt.datetime(2023, 12, 31, 23, 30, tzinfo=dt.UTC))
        assert report.path == f"/reports/{year}/{month:02}/two-families-told-to-leave-the-valley/"
        shown = [f"/reports/{year}/", f"/reports/{year}/{month:02}/", f"/reports/?from={day}&to={day}"]
        other = f"/reports/{4047 - year}/"
        assert {address: headlines(Client().get(address).text) for address in shown} == {address: [report.path] for address in shown}
        assert Client().get(other).status_code == 404
        year_page = Client().get(f"/reports/{year}/").text
        assert re.findall(r'href="(/reports/\d{4}/\d{2}/)"', year_page) == [f"/reports/{year}/{month:02}/"]
        assert re.findall(r'href="(/reports/\d{4}/)"', Client().get("/reports/").text) == [f"/reports/{year}/"]


@pytest.mark.parametrize("address", ["1899/", "2200/", "0000/", "9999/", "2024/00/", "2024/13/", "2025/", "2025/01/"])
def test_a_time_without_reports_is_no_page(reporter, editor, publisher, address):
    factories.live(reporter, editor, publisher, at=dt.datetime(2024, 2, 29, tzinfo=dt.UTC))
    assert Client().get(f"/reports/{address}").status_code == 404


def test_all_corrections_are_reached_and_those_of_a_withdrawn_report_have_no_link(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    with factories.triggers_lifted():
        EditionCorrection.objects.bulk_create(
            EditionCorrection(
                uuid=uuid.UUID(int=number + 1), report_uuid=report.uuid if number % 2 else uuid.UUID(int=9), language="en", path="/old/", kind="correction",
                text=f"Sentence {number:02}.", position="top", published_at=dt.datetime(2024, 1, 1 + number // 10, tzinfo=dt.UTC),
            )
            for number in range(45)
        )  # fmt: skip
    pages, address = [], "/corrections/"
    while address:
        html = Client().get(address).text
        pages.append(html)
        address = step(html, "next")
    said = [re.findall(r"Sentence (\d\d)", html) for html in pages]
    assert [len(each) for each in said] == [20, 20, 5]
    assert [int(each) for page in said for each in page] == list(range(44, -1, -1))
    assert sum(html.count(f'<a href="{report.path}">') for html in pages) == 22
    assert "/old/" not in str(pages)
    assert settings.SITE_URL in pages[0]
