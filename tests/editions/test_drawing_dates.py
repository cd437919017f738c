"""Dates as readers write them."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.editions import dates

DAY = dt.date(2023, 10, 8)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "October 8, 2023"),
        ("es", "8 de octubre de 2023"),
        ("ar", "٨ أكتوبر ٢٠٢٣"),
        ("ko", "2023년 10월 8일"),
        ("qq", "October 8, 2023"),
        ("not a code", "October 8, 2023"),
    ],
)
def test_a_day_in_full(language, written):
    assert dates.day(DAY, language) == written


def test_a_time_names_its_zone_whatever_zone_it_came_in():
    berlin = dt.timezone(dt.timedelta(hours=2))
    assert dates.moment(dt.datetime(2023, 10, 8, 1, 30, tzinfo=berlin), "en") == "October 7, 2023, 23:30 UTC"


@pytest.mark.parametrize(
    ("precision", "written"), [("day", "October 8, 2023"), ("month", "October 2023"), ("year", "2023"), ("unknown", "")]
)
def test_a_date_is_said_as_exactly_as_it_is_known(precision, written):
    assert dates.precise(DAY, precision, "en") == written


def test_no_date_is_no_words():
    assert dates.precise(None, "day", "en") == ""


def test_headings_of_lists():
    assert (dates.weekday(DAY, "es"), dates.day_of_year(DAY, "es"), dates.month_name(DAY, "es"), dates.short_day(DAY, "en")) == (
        "domingo",
        "8 de octubre",
        "octubre",
        "Oct 8",
    )
