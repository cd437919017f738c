"""The regions: every country once, each in its place in the tree, found and named in three languages."""

from __future__ import annotations

import pytest
from babel import Locale
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.taxonomy.models import Region, RegionName
from articles.taxonomy.names import name_of, named, region_names
from articles.taxonomy.seeds import seed

pytestmark = pytest.mark.django_db

NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "XK"}
"""Codes of babel's territories that ISO 3166-1 does not assign."""


def region(code):
    return Region.objects.get(iso_alpha2=code)


def test_every_country_and_territory_of_iso_3166_stands_once_and_kosovo():
    iso = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - NOT_ISO
    here = set(Region.objects.filter(kind__in=["country", "territory"]).values_list("iso_alpha2", flat=True))

    assert here == iso | {"XK"}
    assert len(here) == 250


def test_codes_are_three_letters_and_three_figures_and_kosovo_alone_has_no_number():
    places = Region.objects.filter(kind__in=["country", "territory"])
    without = set(places.filter(iso_numeric=None).values_list("iso_alpha2", flat=True))

    assert without == {"XK"}
    assert set(places.filter(un_m49=None).values_list("iso_alpha2", flat=True)) == {"XK", "TW"}
    assert all(len(each.iso_alpha3) == 3 and each.iso_alpha3.isupper() for each in places)
    assert all(len(each.iso_numeric) == 3 and each.un_m49 in (each.iso_numeric, None) for each in places.exclude(iso_alpha2="XK"))


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("KP", "/world/asia/eastern-asia/north-korea/"),
        ("TW", "/world/asia/eastern-asia/taiwan/"),
        ("XK", "/world/europe/southern-europe/kosovo/"),
        ("AQ", "/world/antarctica/"),
        ("US", "/world/americas/northern-america/united-states/"),
        ("NG", "/world/africa/sub-saharan-africa/western-africa/nigeria/"),
        ("CU", "/world/americas/latin-america-and-the-caribbean/caribbean/cuba/"),
        ("CI", "/world/africa/sub-saharan-africa/western-africa/cote-divoire/"),
        ("CY", "/world/asia/western-asia/cyprus/"),
    ],
)
def test_a_country_stands_where_m49_puts_it(code, path):
    assert region(code).path == path


def test_those_that_m49_does_not_place_carry_a_note():
    assert {each.iso_alpha2 for each in Region.objects.exclude(note="")} == {"TW", "XK", "AQ"}


def test_each_region_lies_in_its_parent():
    for each in Region.objects.select_related("parent"):
        above = each.parent.path if each.parent else "/"
        assert each.path == f"{above}{each.slug}/"
    assert list(Region.objects.filter(parent=None).values_list("un_m49", flat=True)) == ["001"]


def test_ancestors_and_descendants_come_in_one_query_each(django_assert_num_queries):
    nigeria, africa = region("NG"), Region.objects.get(un_m49="002")
    with django_assert_num_queries(1):
        above = list(Region.objects.lineage(nigeria))
    with django_assert_num_queries(1):
        below = set(Region.objects.within(africa).values_list("iso_alpha2", flat=True))

    assert [each.slug for each in above] == ["world", "africa", "sub-saharan-africa", "western-africa", "nigeria"]
    assert {"NG", "EG", "ZA", "RE"} <= below
    assert not {"FR", "YE"} & below


def test_places_are_on_the_globe_and_shapes_across_180_degrees_turn_round():
    for each in Region.objects.all():
        assert -90 <= each.latitude <= 90
        assert all(-180 <= value <= 180 for value in (each.longitude, each.west, each.east)), each
        width = (each.east - each.west) % 360 or 360
        assert (each.longitude - each.west) % 360 <= width, f"{each} lies outside of itself"
    across = set(Region.objects.filter(west__gt=0, east__lt=0, iso_alpha2__isnull=False).values_list("iso_alpha2", flat=True))
    assert across == {"FJ", "KI", "RU"}


@pytest.mark.parametrize(("code", "longitude"), [("AU", 133), ("KP", 127), ("FR", 2), ("US", -96), ("NZ", 171), ("FJ", 180), ("KI", -157)])
def test_the_middle_of_a_country_is_where_its_largest_part_is(code, longitude):
    assert abs((region(code).longitude - longitude + 180) % 360 - 180) <= 3


@pytest.mark.parametrize(("m49", "west", "east"), [("150", -25, -169), ("019", -169, -11), ("005", -82, -34), ("002", -26, 58)])
def test_a_group_reaches_from_its_first_to_its_last_country(m49, west, east):
    found = Region.objects.get(un_m49=m49)

    assert (round(found.west), round(found.east)) == (pytest.approx(west, abs=1), pytest.approx(east, abs=1))


@pytest.mark.parametrize(
    ("code", "en", "es", "ar"),
    [
        ("KP", "North Korea", "Corea del Norte", "كوريا الشمالية"),
        ("TW", "Taiwan", "Taiwán", "تايوان"),
        ("XK", "Kosovo", "Kosovo", "كوسوفو"),
        ("MK", "North Macedonia", "Macedonia del Norte", "مقدونيا الشمالية"),
        ("CI", "Côte d’Ivoire", "Costa de Marfil", "كوت ديفوار"),
        ("TR", "Türkiye", "Turquía", "تركيا"),
        ("PS", "Palestine", "Palestina", "فلسطين"),
        ("HK", "Hong Kong", "Hong Kong", "هونغ كونغ"),
        ("MM", "Myanmar", "Myanmar", "ميانمار"),
        ("CD", "Democratic Republic of the Congo", "República Democrática del Congo", "جمهورية الكونغو الديمقراطية"),
    ],
)
def test_names_in_three_languages(code, en, es, ar):
    assert [name_of(region(code), language) for language in ("en", "es", "ar")] == [en, es, ar]


def test_every_region_has_a_name_in_every_language_and_no_two_share_one():
    for language in ("en", "es", "ar"):
        names = list(RegionName.objects.filter(language=language).values_list("name", flat=True))
        assert len(names) == Region.objects.count() == 280
        assert sorted(names) == sorted(set(names))


def test_a_language_without_names_gets_the_english_one(django_assert_num_queries):
    korea, kenya = region("KP"), region("KE")
    with django_assert_num_queries(1):
        assert region_names([korea, kenya], "fr") == {korea.pk: "North Korea", kenya.pk: "Kenya"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("North Korea", "KP"), ("NORTH KOREA", "KP"), ("DPRK", "KP"), ("d.p.r.k.", "KP"), ("corea del norte", "KP"),
        ("كوريا الشمالية", "KP"),
        ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("México", "MX"), ("mexico", "MX"), ("Turkey", "TR"),
        ("Turkiye", "TR"), ("Burma", "MM"), ("D.R. Congo", "CD"), ("DRC", "CD"), ("UK", "GB"), ("U.K.", "GB"), ("U.S.", "US"),
        ("EE. UU.", "US"),
        ("The Gambia", "GM"), ("the Philippines", "PH"), ("KP", "KP"), ("PRK", "KP"), ("Türkiye", "TR"), ("مصر", "EG"), ("إيران", "IR"),
        ("ايران", "IR"), ("St. Lucia", None), ("Saint Lucia", "LC"), ("Viet Nam", "VN"), ("Bosnia & Herzegovina", None), ("Kosovo", "XK"),
        ("kp", None), ("no", None), ("NO", "NO"), ("Atlantis", None), ("", None), ("—", None),
    ],
)  # fmt: skip
def test_a_region_is_found_by_what_people_call_it(text, code):
    assert [each.iso_alpha2 for each in named(text)] == ([code] if code else [])


def test_a_region_is_found_in_the_languages_asked_for_alone():
    assert [each.iso_alpha2 for each in named("Alemania", languages=["es"])] == ["DE"]
    assert named("Alemania", languages=["ar"]) == []


def test_a_group_of_countries_is_found_too():
    assert [each.un_m49 for each in named("Sub-Saharan Africa")] == ["202"]
    assert [each.un_m49 for each in named("South-eastern Asia")] == ["035"]


def test_a_long_text_is_no_name():
    assert named("Korea " * 100_000) == []


def test_seeding_again_writes_nothing():
    with CaptureQueriesContext(connection) as caught:
        seed()

    assert [each["sql"] for each in caught if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_a_name_that_the_newsroom_chose_stays_and_a_stale_one_is_renewed():
    RegionName.objects.filter(region=region("MM"), language="es").update(name="Birmania", own=True)
    RegionName.objects.filter(region=region("KP"), language="es").update(name="Corea")
    Region.objects.filter(iso_alpha2="NG").update(latitude=0.0)

    seed()

    assert name_of(region("MM"), "es") == "Birmania"
    assert name_of(region("KP"), "es") == "Corea del Norte"
    assert region("NG").latitude == 8.64


def refused(match, act):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        act()


def test_a_region_never_lies_in_itself():
    africa, before = Region.objects.get(un_m49="002"), list(Region.objects.order_by("pk").values())
    nigeria = region("NG")
    set_parent = "UPDATE articles_region SET parent_id = %s, path = %s WHERE id = %s"

    def run(*values):
        with connection.cursor() as cursor:
            cursor.execute(set_parent, values)

    refused("wider kind", lambda: run(nigeria.pk, f"{nigeria.path}africa/", africa.pk))
    refused("wider kind", lambda: run(nigeria.pk, f"{nigeria.path}nigeria/", nigeria.pk))
    refused("path of a region", lambda: run(africa.pk, nigeria.path, nigeria.pk))
    refused("wider kind", lambda: Region.objects.filter(pk=africa.pk).update(kind="country", iso_alpha2="ZZ"))
    assert list(Region.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("slug", ["", "North-Korea", "north--korea", "-korea", "korea-", "كوريا", "a/b", "a_b", "a\nb", "a" * 81])
def test_a_slug_of_another_shape_is_refused(slug):
    count = Region.objects.count()
    world = Region.objects.get(un_m49="001")

    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Region.objects.create(kind="region", parent=world, path=f"/world/{slug}/", slug=slug, name="New")
    assert Region.objects.count() == count


def test_a_region_keeps_its_slug_and_codes_are_given_once():
    refused("keeps its address", lambda: Region.objects.filter(iso_alpha2="KP").update(slug="dprk", path="/world/asia/eastern-asia/dprk/"))
    refused("iso_alpha3", lambda: Region.objects.filter(iso_alpha2="KP").update(iso_alpha3="KOR"))
    refused("country_has_alpha2", lambda: Region.objects.filter(iso_alpha2="KP").update(iso_alpha2=None))
    assert (region("KP").slug, region("KP").iso_alpha3) == ("north-korea", "PRK")
