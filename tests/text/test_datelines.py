"""Dates of datelines."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.datelines import ParsedDate, parse_date

LANGUAGES = ("en", "es", "ar")
OCTOBER = dt.date(2023, 10, 18)
LEVANT = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
NILE = "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر".split(",")
ENGLISH = "January,February,March,April,May,June,July,August,September,October,November,December".split(",")
SPANISH = "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre".split(",")


@pytest.mark.parametrize(
    "written",
    [
        "10/18/2023", "18/10/2023", "18.10.2023", "18-10-2023", "10–18–2023", "18 / 10 / 2023", "2023-10-18", "2023/10/18",
        "October 18, 2023", "October 18th, 2023", "OCTOBER 18 2023", "Oct. 18, 2023", "18 October 2023", "18th of October, 2023",
        "18-Oct-2023", "18/oct/2023", "Wednesday, October 18, 2023", "Wed. 18 October 2023", "Wednesday 10/18/2023",
        "18 de octubre de 2023", "18 de octubre del 2023", "18 octubre 2023", "18.º de octubre de 2023", "octubre 18 de 2023",
        "miércoles, 18 de octubre de 2023", "18 oct 2023",
        "18 أكتوبر 2023", "١٨ أكتوبر ٢٠٢٣", "١٨ من أكتوبر ٢٠٢٣", "18 اكتوبر، 2023", "١٨ تشرين الأول ٢٠٢٣", "الأربعاء، 18 أكتوبر 2023",
        "١٨ تشرين الأول/أكتوبر ٢٠٢٣", "18 أكتوبر / تشرين الأول 2023", "١٨/١٠/٢٠٢٣", "١٨\u200f/١٠\u200f/٢٠٢٣", "٢٠٢٣-١٠-١٨", "۱۸/۱۰/۲۰۲۳",
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_in_one_way_is_read_to_its_end(written):
    assert parse_date(f"{written} North Korea (Org) –", languages=LANGUAGES) == ParsedDate(OCTOBER, (OCTOBER,), len(written))


@pytest.mark.parametrize("names", [ENGLISH, SPANISH, NILE, LEVANT])
def test_each_month_of_each_family_of_names_is_known(names):
    found = [parse_date(f"3 {name} 2024", languages=LANGUAGES) for name in names]

    assert [each and each.date for each in found] == [dt.date(2024, month, 3) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("written", "months_and_days", "years"),
    [
        ("03/04/2023", [(3, 4), (4, 3)], [2023]),
        ("١٢/١١/٢٠٢٣", [(12, 11), (11, 12)], [2023]),
        ("10/18/23", [(10, 18)], [2023, 1923]),
        ("18.10.99", [(10, 18)], [2099, 1999]),
        ("3/4/23", [(3, 4), (4, 3)], [2023, 1923]),
        ("18 October 23", [(10, 18)], [2023, 1923]),
        ("29/02/00", [(2, 29)], [2000]),
        ("Oct 18 ’23", [(10, 18)], [2023, 1923]),
    ],
)
def test_what_can_be_read_in_several_ways_names_them_all_and_chooses_none(written, months_and_days, years):
    candidates = tuple(dt.date(year, month, day) for year in years for month, day in months_and_days)

    assert parse_date(written, languages=LANGUAGES) == ParsedDate(None, candidates, len(written))


def test_the_same_figure_twice_is_no_question():
    assert parse_date("05/05/2023", languages=LANGUAGES) == ParsedDate(dt.date(2023, 5, 5), (dt.date(2023, 5, 5),), 10)


def test_a_short_month_that_is_a_weekday_elsewhere_is_still_a_month():
    assert parse_date("mar 3 2023", languages=LANGUAGES) == ParsedDate(dt.date(2023, 3, 3), (dt.date(2023, 3, 3),), 10)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "31/02/2023", "30.02.2023", "29/02/2023", "2023-13-01", "2023-02-30", "31 April 2023", "0 May 2023", "00/00/2023", "45/67/2023",
        "10/18-2023", "10/18/20235", "10/18/202", "10/18/0023", "110/18/2023", "20231018", "October 2023", "2023 October 18", "18 2023",
        "Lagos 10/18/2023", "18 Octobre 2023", "18 تشرين 2023", "18 كانون الأول/يناير 2023", "On May 18, 20:30 people", "²/10/2023", "1/2",
    ],
)  # fmt: skip
def test_what_is_no_day_or_does_not_begin_with_one_is_no_date(text):
    assert parse_date(text, languages=LANGUAGES) is None


def test_months_are_known_only_in_the_languages_given():
    assert parse_date("18 de octubre de 2023", languages=["en"]) is None
    assert parse_date("18 octobre 2023", languages=["fr", "nonsense", "zz-ZZ"]) == ParsedDate(OCTOBER, (OCTOBER,), 15)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 12, 31)), st.sampled_from(["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%y"]))
def test_no_number_is_read_as_another_day(day, form):
    found = parse_date(day.strftime(form), languages=LANGUAGES)

    assert found is not None
    assert day in found.candidates
    assert found.date in (None, day)


@pytest.mark.parametrize("piece", ["1", " ", "1 ", "1 de ", "a", "1 a", "a ", "1 a ", "1/", "تشرين ", "\u200f", "٠"])
def test_hostile_lengths_cost_nothing(piece):
    begun = time.process_time()

    parse_date(piece * 500_000, languages=LANGUAGES)
    parse_date("18 " + piece * 500_000 + " 2023", languages=LANGUAGES)

    assert time.process_time() - begun < 1
