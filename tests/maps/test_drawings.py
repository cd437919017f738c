"""The drawings: no streak across the map, every land on it, a window that shows where a region lies."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from math import hypot

import pytest

from articles.maps.lines import Weighed, cut_line, cut_ring, joined, path, weights
from articles.maps.places import land_of, place_of, region_map, report_map
from articles.maps.projections import azimuthal, equal_earth
from articles.maps.world import HEIGHT, WIDTH, parts, world
from articles.taxonomy import tables

ROWS = tables.regions()
PATHS = {}
for row in ROWS:
    PATHS[tables.code_of(row)] = f"{PATHS.get(row['parent'], '/')}{row['slug']}/"
COUNTRIES = [row["iso_alpha2"] for row in ROWS if row["iso_alpha2"]]
NARROW = ["FJ", "RU", "KI", "TV", "VA", "XK", "PS", "EH", "TW", "AQ", "US", "NZ", "MM", "SG", "FR", "TK"]


def lines(data):
    """The points of each line of a path."""
    found = []
    for each in re.findall(r"M(-?\d+)[ ]?(-?\d+)l([^Mz]*)(z?)", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", each[2])]
        points = [(int(each[0]), int(each[1]))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        found.append(points + points[:1] * bool(each[3]))
    return found


def longest_step(data):
    return max(hypot(b[0] - a[0], b[1] - a[1]) for line in lines(data) for a, b in pairwise(line))


def test_the_projection_is_the_published_one():
    """The corners of Equal Earth as PROJ gives them (eqearth, sphere of radius 1)."""
    assert equal_earth(180, 0) == pytest.approx((2.7066299, 0), abs=1e-6)
    assert equal_earth(0, 90) == pytest.approx((0, -1.3173628), abs=1e-6)
    assert equal_earth(-90, -45)[0] == pytest.approx(-equal_earth(90, 45)[0])


def test_an_azimuthal_map_keeps_areas_and_has_its_centre_in_the_middle():
    place = azimuthal(179, -17)
    assert place(179, -17) == pytest.approx((0, 0))
    west, east = place(178, -17), place(-179, -17)
    assert west[0] < 0 < east[0] and east[0] == pytest.approx(-2 * west[0], rel=1e-3)  # the date line is nothing to it
    assert place(179, -16)[1] == pytest.approx(-0.01745, abs=1e-4)


def test_no_line_runs_across_the_world():
    drawn = world()
    antarctica = 700  # its lower edge is the pole, which Equal Earth draws as a line
    assert longest_step(drawn.borders) < 120
    for code, land in drawn.lands.items():
        if land.path:
            assert longest_step(land.path) < (antarctica if code == "AQ" else 120), code
    russia = lines(drawn.lands["RU"].path)
    assert all(max(x for x, _y in line) - min(x for x, _y in line) < 500 for line in russia)
    assert any(max(x for x, _y in line) < 200 for line in russia) and any(
        min(x for x, _y in line) > 500 for line in russia
    )  # Chukotka apart
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for data in (drawn.land, drawn.borders) for line in lines(data) for x, y in line)


def test_every_country_is_on_the_map_or_has_a_place_for_its_dot():
    for code in COUNTRIES:
        x, y = place_of(code)
        assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
        box = land_of(code).box
        if box is None:
            assert code in {"BV", "CC", "CX", "GI", "TK", "TV", "UM"}
    for code in ("MM", "NG", "BR", "AQ", "IS", "KR"):
        west, north, east, south = land_of(code).box
        assert west <= place_of(code)[0] <= east and north <= place_of(code)[1] <= south


def test_a_ring_around_a_pole_is_closed_by_way_of_it():
    ring = [(float(x), -70.0) for x in range(-180, 180, 10)] + [(180.0, -70.0)]
    (whole,) = parts(ring)
    assert {y for _x, y in whole} >= {-70.0, -90.0}
    assert (min(x for x, _y in whole), max(x for x, _y in whole)) == (-180.0, 180.0)


@pytest.mark.parametrize("code", NARROW)
def test_a_region_stands_in_the_middle_of_its_window_with_something_around_it(code):
    drawn = region_map(PATHS[code])
    assert drawn.rings or drawn.shape
    points = [point for line in lines(drawn.shape) for point in line] + [(x, y) for x, y, _r in drawn.rings]
    x = (min(x for x, _y in points) + max(x for x, _y in points)) / 2
    assert abs(x - drawn.width / 2) < drawn.width / 3
    assert drawn.coasts and drawn.net
    for data in (drawn.shape, drawn.coasts, drawn.borders, drawn.net):
        assert all(-4 <= x <= drawn.width + 4 and -4 <= y <= drawn.height + 4 for line in lines(data) for x, y in line)


@pytest.mark.parametrize("code", ["TV", "VA", "TK", "SG", "KI", "MC", "NR", "BV"])
def test_what_is_too_small_to_see_is_ringed(code):
    assert region_map(PATHS[code]).rings


@pytest.mark.parametrize("code", ["MM", "FR", "KP", "PS", "XK", "RU"])
def test_what_can_be_seen_is_not_ringed(code):
    assert region_map(PATHS[code]).rings == ()


@pytest.mark.parametrize("code", ["001", "002", "019", "142", "150", "009", "029"])
def test_a_group_of_countries_is_drawn_as_one_shape(code):
    drawn = region_map(PATHS[code])
    assert len(drawn.shape) > 300
    assert (drawn.is_whole, drawn.coasts == "") == (code == "001", code == "001")


def test_a_province_is_shown_as_its_country_and_an_unknown_path_not_at_all():
    assert region_map(f"{PATHS['MM']}chin-state/") == region_map(PATHS["MM"])
    assert region_map("/nowhere/") is None and report_map(PATHS["001"]) is None


@pytest.mark.parametrize("row", ROWS[1::6], ids=lambda row: row["slug"])
def test_a_report_s_map_is_small(row):
    drawn = report_map(PATHS[tables.code_of(row)])
    data = drawn.shape + drawn.coasts + drawn.borders
    assert len(gzip.compress(data.encode())) <= 1100
    assert drawn.net == ""


def test_a_line_made_simpler_keeps_its_ends_and_a_ring_a_triangle():
    line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert Weighed(line).simpler(1.0) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.2), (0.0, 1.0), (0.0, 0.0)]
    assert len(Weighed(ring).simpler(100.0)) == 4
    assert weights([(0.0, 0.0), (1.0, 1.0)]) == [float("inf")] * 2


def test_lines_are_joined_where_they_meet():
    a, b, c, d = [(0.0, 0.0), (1.0, 0.0)], [(2.0, 0.0), (1.0, 0.0)], [(2.0, 0.0), (0.0, 0.0)], [(9.0, 9.0), (8.0, 8.0)]
    whole, other = joined([a, b, c, d])
    assert whole[0] == whole[-1] and {*whole} == {(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)} and other == d


def test_lines_and_rings_are_cut_at_the_edge():
    box = (0.0, 0.0, 10.0, 10.0)
    assert cut_line([(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (15.0, 20.0), (5.0, 20.0)], box) == [[(0.0, 5.0), (5.0, 5.0), (10.0, 5.0)]]
    assert cut_line([(-5.0, -5.0), (-5.0, 15.0)], box) == []
    assert sorted(cut_ring([(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)], box)) == [
        (5.0, 5.0),
        (5.0, 10.0),
        (10.0, 5.0),
        (10.0, 10.0),
    ]
    assert cut_ring([(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], box) == []


def test_a_path_is_written_in_whole_steps_and_without_what_has_no_extent():
    assert path([[(1.2, 2.0), (3.0, -4.0), (3.1, -4.2)], [(5.0, 5.0), (5.1, 5.1)]], closed=False) == "M1 2l2-6"
    assert path([[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0)]], closed=True) == "M0 0l4 0 0 4z"
    assert path([], closed=True) == ""
