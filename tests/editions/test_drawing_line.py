"""The line: where the needle stands, how wide a bar is, and that no name of the front page is cut."""

from __future__ import annotations

import itertools

import pytest
from django.utils.translation import override

from articles.editions import line
from articles.taxonomy.models import Region
from tests.editions.parts import FIJI, KOREA


def at(longitude: float, **more: float) -> Region:
    return Region(pk=9, name="X", slug="x", longitude=longitude, **more)


@pytest.mark.parametrize(("longitude", "x"), [(-180, "0"), (0, "50"), (180, "100"), (127.2, "85.3"), (-200, "0"), (400, "100")])
def test_a_longitude_has_its_place_on_the_line(longitude, x):
    assert line.mark("shown", "There", at(longitude)).x == x


def test_a_place_is_a_dot_a_region_a_bar_and_a_withheld_place_neither():
    assert line.mark("shown", "Sinuiju", KOREA).kind == "dot"
    assert line.mark("shown", "", KOREA).kind == "bar"
    assert line.mark("coarse", "Sinuiju", KOREA).kind == "bar"
    assert line.mark("withheld", "Sinuiju", KOREA) == line.Mark("withheld")
    assert line.mark("shown", "Everywhere", None) == line.Mark("none")


def test_a_bar_runs_from_west_to_east_and_can_be_seen():
    ((start, width),) = line.mark("coarse", "", at(100, west=82.0, east=118.0)).bars
    assert (start, width) == ("72.8", "10")
    ((start, width),) = line.mark("coarse", "", at(14.5, west=14.3, east=14.6)).bars
    assert float(width) == line.LEAST_BAR and float(start) < 54.0 < float(start) + float(width)


def test_a_bar_at_the_end_of_the_line_stays_on_it():
    ((start, width),) = line.mark("coarse", "", at(179.9, west=179.8, east=180.0)).bars
    assert float(start) + float(width) <= 100


def test_a_region_across_180_degrees_has_two_bars():
    west_end, east_end = line.mark("coarse", "", FIJI).bars
    assert west_end[0] == "0" and float(east_end[0]) + float(east_end[1]) == pytest.approx(100, abs=0.2)


def test_a_name_that_does_not_fit_a_phone_gives_way_to_a_shorter_one():
    mark = line.mark("shown", "Banja Luka", at(17.8))
    assert line.narrow_name(mark, ["Banja Luka, Bosnia and Herzegovina", "Banja Luka"]) == "Banja Luka"
    assert line.narrow_name(mark, ["A name of a place that no telephone can show"]) == ""


def test_needles_on_one_spot_are_one_and_name_both():
    dial = line.dial([("Geneva", line.mark("shown", "Geneva", at(8.2))), ("Maiduguri", line.mark("shown", "M", at(8.0)))])
    assert [needle.names for needle in dial.needles] == [["Geneva", "Maiduguri"]]


def test_names_are_said_from_west_to_east_and_places_without_longitude_passed_over():
    places = [("Lahore", line.mark("shown", "L", at(74))), ("Hidden", line.Mark("withheld")), ("Managua", line.mark("shown", "M", at(-86)))]
    assert line.dial(places).label == "Managua, Lahore"


@pytest.mark.parametrize("step", [1, 3, 7, 20])
def test_no_needle_cuts_a_name_and_no_two_names_overlap(step):
    places = [(f"Place {number}", line.mark("shown", "P", at(-170 + number * step))) for number in range(16)]
    needles = line.dial(places).needles
    for one, other in itertools.permutations(needles, 2):
        if one.row is None or other.row is None:  # a needle without a name ends above all names
            continue
        low, high = one.reach()
        assert 0 <= low and high <= 100
        if other.row >= one.row:
            assert not low < other.x < high
        if other.row == one.row:
            assert not (low < other.reach()[1] and other.reach()[0] < high)
    assert any(needle.row is not None for needle in needles)


def test_the_axis_is_in_the_digits_of_the_language():
    with override("ar"):
        assert [each["label"] for each in line.axis("ar")][2] == "٠°"
    with override("en"):
        assert [each["label"] for each in line.axis("en")] == ["120° W", "60° W", "0°", "60° E", "120° E"]
