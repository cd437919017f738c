"""Maps for readers: a report's says no more than its dateline, the world's countries are links with names, and none of it is heavy."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import re

import pytest
from django.test import Client, override_settings

from articles.editions.redraw import redraw
from articles.maps.places import report_map
from articles.taxonomy.models import Region, RegionName
from tests import factories
from tests.maps.test_atlas import own_file
from tests.markup import flaws

pytestmark = pytest.mark.django_db
MAP = re.compile(r'<svg class="map.*?</svg>', re.DOTALL)


def live(cast, code, **facts):
    region = factories.region(code)
    at = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
    return factories.live(*cast, at=at, **{"regions": [region], "dateline_region": region, "slug": f"from-{code.lower()}", **facts})


@pytest.fixture
def cast(reporter, editor, publisher):
    return reporter, editor, publisher


def world_links(page):
    """(address, name) of each link on the map of the world."""
    return [
        (address, html.unescape(name)) for address, name in re.findall(r'<a href="([^"]+)"><title>([^<]+)</title>', MAP.search(page)[0])
    ]


@pytest.mark.parametrize("mode", ["shown", "coarse"])
def test_a_report_shows_the_region_of_its_dateline_and_nothing_finer(cast, mode):
    report = live(cast, "MM", dateline_mode=mode, dateline_place="Falam")
    (drawn,) = MAP.findall(Client().get(report.path).text)
    other = live(cast, "TH", dateline_mode="shown", dateline_place="Mae Sot")

    assert report_map(factories.region("MM").path).shape in drawn
    assert 'role="img" aria-label="Map: Myanmar and what lies around it"' in drawn
    assert "Falam" not in drawn and "circle" not in drawn
    assert MAP.findall(Client().get(other.path).text) != [drawn]


def test_the_place_changes_nothing_on_the_map(cast):
    pages = [live(cast, "MM", dateline_mode=mode, dateline_place=place, language=language) for mode, place, language in (
        ("shown", "Falam", "en"), ("shown", "Yangon", "es"), ("coarse", "Sittwe", "ar"))]  # fmt: skip
    drawn = [re.sub(' aria-label="[^"]+"', "", MAP.search(Client().get(each.path).text)[0]) for each in pages]
    assert drawn[0] == drawn[1] == drawn[2]


def test_a_withheld_place_has_no_map_and_two_withheld_reports_are_drawn_alike(cast):
    pages = []
    for code in ("MM", "FJ"):
        slug = f"withheld-{code.lower()}"
        report = live(
            cast, code, regions=[factories.region("KE")], dateline_place="Falam", dateline_mode="withheld", slug=slug, headline="Withheld"
        )
        page = Client().get(report.path).text
        assert MAP.search(page) is None and "cols--map" not in page
        for word in (report.path, str(report.uuid), slug):
            page = page.replace(word, "-")
        pages.append(page.partition("</article>")[0])  # behind it the other is named as related
    assert pages[0] == pages[1]


def test_a_report_from_the_world_or_from_nowhere_has_no_map(cast):
    world = Region.objects.get(un_m49="001")
    for slug, region in (("world", world), ("nowhere", None)):
        report = factories.live(*cast, regions=[world], dateline_region=region, slug=slug)
        assert MAP.search(Client().get(report.path).text) is None


@pytest.mark.parametrize("code", ["RU", "US", "ID", "NO", "CA", "GR", "MM", "KI", "VA"])
def test_a_report_s_map_takes_less_than_its_share_of_the_page(cast, code):
    page = Client().get(live(cast, code).path).text
    without = MAP.sub("", page)
    assert len(gzip.compress(page.encode(), 6)) - len(gzip.compress(without.encode(), 6)) <= 1400


def test_lists_carry_no_map(cast):
    live(cast, "MM")
    for address in ("/", "/reports/", "/search/?q=report", "/feed.atom"):
        assert "map__" not in Client().get(address).text


def test_a_region_and_what_it_lies_in_show_themselves(cast):
    live(cast, "FJ")
    labels = {
        "fiji": "Map: Fiji and what lies around it", "melanesia": "Map: Melanesia and what lies around it",
        "oceania": "Map: Oceania and what lies around it", "world": "Map of the world",
    }  # fmt: skip
    for slug, label in labels.items():
        page = Client().get(f"/regions/{slug}/").text
        assert [f'aria-label="{label}"' in each for each in MAP.findall(page)] == [True]
        assert "no judgement on any claim" in page
        assert len(gzip.compress(page.encode(), 6)) <= 12_000


def test_the_world_links_each_country_that_has_reports_and_the_table_says_the_same(cast):
    for code in ("VA", "IT", "KE", "TV", "XK"):
        live(cast, code)
    page = Client().get("/regions/").text
    day = "March 1, 2024"
    linked = world_links(page)

    assert sorted(linked) == sorted(
        [(f"/regions/{slug}/", f"{name}: newest report {day}") for slug, name in (
            ("italy", "Italy"), ("kenya", "Kenya"), ("kosovo", "Kosovo"), ("tuvalu", "Tuvalu"), ("vatican-city", "Vatican City"))]
    )  # fmt: skip
    assert linked.index(linked[-1]) > linked.index(next(each for each in linked if "italy" in each[0]))
    table = page.partition('<table class="countries"')[2].partition("</table>")[0]
    rows = re.findall(r'<td><a href="([^"]+)">([^<]+)</a></td><td><time datetime="2024-03-01">([^<]+)</time>', table)
    assert sorted((path, f"{name}: newest report {on}") for path, name, on in rows) == sorted(linked)
    assert re.findall(r'scope="rowgroup"><a href="([^"]+)"', table) == ["/regions/africa/", "/regions/europe/", "/regions/oceania/"]
    assert flaws(Client().get("/regions/"), "/regions/") == []


def test_small_lands_come_after_the_land_around_them_and_have_a_wide_target(cast):
    for code in ("VA", "IT", "LS", "ZA"):
        live(cast, code)
    drawn = MAP.search(Client().get("/regions/").text)[0]
    order = re.findall(r'<a href="/regions/([^"/]+)/">', drawn)
    assert set(order[:2]) == {"italy", "south-africa"} and set(order[2:]) == {"vatican-city", "lesotho"}
    assert drawn.count('class="map__hit"') == 2 and drawn.count('class="map__dot"') == 4


def test_an_empty_newsroom_has_no_map_and_says_so():
    page = Client().get("/regions/").text
    assert MAP.search(page) is None and "<table" not in page and "Nothing has been published here yet." in page


def test_names_are_escaped_and_in_the_reader_s_language(cast):
    RegionName.objects.filter(region=factories.region("MM"), language="es").update(name='Birmania "<b>&', own=True)
    report = live(cast, "MM", language="es")
    world, region, own = (Client().get(address).text for address in ("/es/regions/", "/es/regions/myanmar/", report.path))
    assert "<title>Birmania &quot;&lt;b&gt;&amp;: último informe:" in world
    for page in (region, own):
        assert 'aria-label="Mapa: Birmania &quot;&lt;b&gt;&amp; y su entorno"' in page
    assert "<b>&" not in world + region + own


def test_the_map_of_a_full_world_stays_light(cast):
    """A report from every country at once."""
    live(cast, "MM", regions=list(Region.objects.filter(iso_alpha2__isnull=False)), primary_region=factories.region("MM"))
    page = Client(headers={"Accept-Encoding": "gzip"}).get("/regions/")
    assert len(page.content) <= 30_000
    assert len(world_links(gzip.decompress(page.content).decode())) == 250


def test_a_newsroom_s_own_file_is_drawn_and_reports_follow_when_they_are_redrawn(cast, tmp_path):
    report = live(cast, "MM")
    before = {address: MAP.search(Client().get(address).text)[0] for address in ("/regions/", "/regions/myanmar/", report.path)}
    with override_settings(MAP_FILE=str(own_file(tmp_path))):
        redraw()
        after = {address: MAP.search(Client().get(address).text)[0] for address in before}
        assert "<title>Myanmar:" in after["/regions/"]
    assert all(before[address] != after[address] for address in before)
