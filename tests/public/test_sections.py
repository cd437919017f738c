"""The front page, regions, tags, authors and the press desk."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client, override_settings

from articles.contacts.models import MediaContact
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db


def links(html, start):
    """The paths that a page links to, once each, in their order."""
    return list(dict.fromkeys(each for each in re.findall(r'<a href="([^"]+)"', html) if each.startswith(start)))


@pytest.fixture
def reports(reporter, editor, publisher):
    kenya, nigeria = factories.region("KE"), factories.region("NG")
    law = Tag.objects.create(name="Law", slug="law", kind="violation")
    Tag.objects.create(name="Unused", slug="unused")
    byline, _other = (Byline.objects.create(name=name, slug=name.lower().replace(" ", "-")) for name in ("A Name", "B Name"))
    made = {
        "kenya": {"regions": [kenya], "dateline_region": kenya, "tags": [law]},
        "nigeria": {"credits": [{"byline": byline}, {"byline": byline, "role": "photography"}], "byline_mode": "named"},
        "both": {
            "regions": [nigeria, kenya],
            "primary_region": nigeria,
            "credits": [{"byline": byline, "shown": False}],
            "byline_mode": "named",
        },
    }
    return {
        name: factories.live(reporter, editor, publisher, slug=name, headline=name, at=dt.datetime(2024, 1, 1 + number, 23, 30, tzinfo=dt.UTC), **facts).path
        for number, (name, facts) in enumerate(made.items())
    }  # fmt: skip


def test_a_region_shows_the_reports_of_all_that_lies_in_it(reports):
    shown = {
        slug: links(Client().get(f"/regions/{slug}/").text, "/reports/2")
        for slug in ("kenya", "nigeria", "eastern-africa", "africa", "world")
    }
    kenya, nigeria, both = (reports[name] for name in ("kenya", "nigeria", "both"))
    assert shown == {
        "kenya": [both, kenya], "nigeria": [both, nigeria], "eastern-africa": [both, kenya], "africa": [both, nigeria, kenya], "world": [both, nigeria, kenya],
    }  # fmt: skip
    africa = Client().get("/regions/africa/").text
    shown = [each for each in links(africa, "/regions/") if "/feed." not in each]
    assert shown == ["/regions/", "/regions/world/", "/regions/sub-saharan-africa/"]
    table = Client().get("/regions/").text.partition("<table")[2].partition("</table>")[0]
    assert links(table, "/regions/") == ["/regions/africa/", "/regions/kenya/", "/regions/nigeria/"]
    assert {Client().get(f"/regions/{slug}/").status_code for slug in ("france", "europe", "atlantis", "ke", "Kenya")} == {404}
    assert {Client().get(f"/es/regions/{slug}/").status_code for slug in ("kenya", "world")} == {404}


def test_a_profile_stands_on_its_own_regions_page_alone(reports, reporter, editor, publisher):
    profile = factories.live(
        reporter, editor, publisher, kind="profile", slug="about-kenya", headline="Kenya in brief", standfirst="What we know\nof Kenya.",
        regions=[factories.region("KE")],
    )  # fmt: skip
    described = {slug: 'content="What we know of Kenya."' in Client().get(f"/regions/{slug}/").text for slug in ("kenya", "eastern-africa")}
    assert described == {"kenya": True, "eastern-africa": False}
    told = {slug: "Kenya in brief" in Client().get(f"/regions/{slug}/").text for slug in ("kenya", "eastern-africa", "world", "nigeria")}
    assert told == {"kenya": True, "eastern-africa": False, "world": False, "nigeria": False}
    assert profile.path == "/about-kenya/" and profile.path in Client().get("/regions/kenya/").text
    assert "Kenya in brief" not in Client().get("/reports/").text + Client().get("/").text


def test_tags_and_authors_that_are_used_have_a_page(reports):
    tags = Client().get("/tags/").text
    assert (links(tags, "/tags/"), "Violation" in tags, "Unused" in tags) == (["/tags/law/"], True, False)
    assert links(Client().get("/tags/law/").text, "/reports/2") == [reports["kenya"]]
    assert links(Client().get("/authors/a-name/").text, "/reports/2") == [reports["nigeria"]]  # once, and not where the name is not shown
    assert {Client().get(address).status_code for address in ("/tags/unused/", "/authors/b-name/", "/authors/")} == {404}
    archive = Client().get("/reports/").text
    assert sorted(re.findall(r'<option value="([^"]+)"', archive.partition('name="kind"')[0])) == [
        "africa", "eastern-africa", "kenya", "nigeria", "sub-saharan-africa", "western-africa", "world",
    ]  # fmt: skip
    assert re.findall(r'type="checkbox" name="tag" value="([^"]+)"', archive) == ["law"]


def test_the_front_page_begins_with_the_newest_and_names_where_they_are_from(reports):
    html = Client().get("/").text
    assert links(html, "/reports/2") == [reports["both"], reports["nigeria"], reports["kenya"]]
    assert links(html.partition("gaz-h")[2].partition("</section>")[0], "/regions/") == [
        "/regions/nigeria/",
        "/regions/kenya/",
        "/regions/",
    ]
    assert 'aria-label="Where the latest reports come from, west to east: Jos"' in html


def test_days_are_those_of_the_sites_zone_wherever_they_are_named(reports):
    with override_settings(TIME_ZONE="Asia/Tokyo"):
        home, archive = Client().get("/").text, Client().get("/reports/").text
    assert re.findall(r'<time datetime="(2024-\d\d-\d\d)">', home.partition("gaz-h")[2]) == ["2024-01-04", "2024-01-02"]
    assert re.findall(r'<h2 class="day in-margin"><b>\w+</b> ([^<]+)<', archive) == [
        "January 4, 2024",
        "January 3, 2024",
        "January 2, 2024",
    ]


def contact(name, *regions, **facts):
    made = MediaContact.objects.create(name=name, **facts)
    made.regions.set(factories.region(each) for each in regions)
    return made


def test_the_press_desk_lists_who_is_active_by_region_and_language_and_hides_addresses(db):
    contact("Abeni", "NG", languages=["en"], email="abeni@example.org", phone="+44 20 7946 0000", duty="Mondays", zone="Africa/Lagos")
    contact("Boris", "KE", languages=["es"], email="boris@example.org", show_email=True)
    contact("Desk", languages=["en", "ar"])
    contact("Desk", languages=["es"], order=1)
    contact("Gone", languages=["en"], active=False)
    everyone = Client().get("/press/").text
    names = re.findall(r'<h3 class="contact__name">([^<]+)</h3>', everyone)
    assert names == ["Desk", "Desk", "Boris", "Abeni"]
    ids = re.findall(r'\bid="(contact-[^"]+)"', everyone)
    assert ids == ["contact-desk", "contact-boris", "contact-abeni"]
    assert ("abeni@" in everyone, "boris@example.org" in everyone, "+44 20 7946 0000" in everyone) == (False, True, True)
    assert links(everyone, "/press/inquiry/") == ["/press/inquiry/", "/press/inquiry/?region=kenya", "/press/inquiry/?region=nigeria"]
    narrowed = {
        query: re.findall(r'<h3 class="contact__name">([^<]+)</h3>', Client().get(f"/press/?{query}").text)
        for query in (
            "region=nigeria",
            "language=es",
            "region=nigeria&language=es",
            "region=atlantis",
            "language=xx",
            "region=kenya&language=ar",
        )
    }
    assert narrowed == {
        "region=nigeria": ["Desk", "Desk", "Abeni"], "language=es": ["Desk", "Boris"], "region=nigeria&language=es": ["Desk"],
        "region=atlantis": names, "language=xx": names, "region=kenya&language=ar": ["Desk"],
    }  # fmt: skip


def test_a_report_closes_with_its_contact_and_the_way_to_the_form(reporter, editor, publisher):
    shown = contact("Boris", "NG", email="boris@example.org", show_email=True, phone="+44 20 7946 0000")
    hidden = contact("Abeni", "NG", email="abeni@example.org")
    pages = {}
    for number, who in enumerate((shown, hidden, None)):
        report = factories.live(reporter, editor, publisher, headline=f"Report {number}", contact=who)
        pages[who] = Client().get(report.path).text.partition("For media interviews")[2]
        assert f'<a class="act" href="/press/inquiry/?report={report.uuid}">' in pages[who]
    assert '<a href="/press/#contact-boris">Boris</a>' in pages[shown] and "mailto:boris@example.org" in pages[shown]
    assert '<a href="/press/#contact-abeni">Abeni</a>' in pages[hidden] and "@" not in pages[hidden]
    assert (links(pages[None], "/press")[0], "@" in pages[None]) == ("/press/", False)
