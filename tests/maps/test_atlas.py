"""The file of shapes: ours is whole; a newsroom's own is proved before it is used, and refused with a sentence."""

from __future__ import annotations

import json

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from articles.maps.atlas import OURS, AtlasError, atlas, read
from articles.taxonomy import tables

COUNTRIES = {row["iso_alpha2"] for row in tables.regions() if row["iso_alpha2"]}
ONLY_DOTS = {"BV", "CC", "CX", "GI", "TK", "TV", "UM"}


def square(west, south, size=1.0):
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def own_file(tmp_path, **changed):
    """A file as a newsroom may write one: a square for each country, in plain degrees, under its number where it has one."""
    rows = [row for row in tables.regions() if row["iso_alpha2"]]
    text = {
        "type": "Topology",
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": row["iso_numeric"] or row["iso_alpha2"], "arcs": [[number]]}
                    for number, row in enumerate(rows)
                ],
            }
        },
        "arcs": [square(number % 20 * 9 - 90.0, number // 20 * 9 - 60.0) for number in range(len(rows))],
        **changed,
    }
    path = tmp_path / "own.json"
    path.write_text(json.dumps(text))
    return path


def test_our_file_holds_every_country_but_those_that_are_only_a_dot():
    assert COUNTRIES - set(read(OURS).rings) == ONLY_DOTS
    assert set(read(OURS).rings) - COUNTRIES == {""}


def test_our_file_is_small_and_says_where_it_is_from():
    assert OURS.stat().st_size < 250_000
    assert "Natural Earth is in the public domain" in OURS.with_name("make.py").read_text()


def test_a_border_is_one_line_for_both_lands():
    users = read(OURS).users()
    assert {len(codes) for codes in users} == {1, 2}
    shared = {tuple(sorted(codes)) for codes in users if len(set(codes)) == 2}
    assert {("DE", "FR"), ("KP", "KR"), ("MM", "TH"), ("EH", "MA"), ("RS", "XK"), ("IL", "PS")} <= shared


def test_lands_follow_the_list_of_regions():
    """Crimea, Northern Cyprus and Somaliland lie in what the UN's list has; Western Sahara reaches to 27°40' north."""
    found = read(OURS)
    for code in ("UA", "CY", "SO"):
        assert len(found.outline([code])) < len(found.rings[code])
    sahara = [point for ring in found.rings["EH"] for index in ring for point in found.arcs[index if index >= 0 else ~index]]
    assert max(y for _x, y in sahara) == 27.66 and min(x for x, _y in sahara) < -17
    assert (27.66, 27.66) == tuple(
        y for _x, y in next(found.arcs[number] for number, codes in enumerate(found.users()) if set(codes) == {"EH", "MA"})
    )


def test_an_outline_leaves_out_what_lies_between_two_lands():
    found = read(OURS)
    together, apart = found.outline(["CZ", "SK"]), [*found.outline(["CZ"]), *found.outline(["SK"])]
    assert (len(together), len(apart)) == (1, 2)
    assert (
        len({number if number >= 0 else ~number for number in together[0]})
        == len({n if n >= 0 else ~n for ring in apart for n in ring}) - 1
    )


def test_a_newsroom_s_own_file_takes_the_place_of_ours(tmp_path):
    with override_settings(MAP_FILE=str(own_file(tmp_path))):
        assert set(atlas().rings) == COUNTRIES
        assert atlas().arcs[atlas().rings["AF"][0][0]][1][0] - atlas().arcs[atlas().rings["AF"][0][0]][0][0] == 1.0
        assert run_checks() == []
    assert set(atlas().rings) != COUNTRIES


def geometry(**one):
    return {"countries": {"geometries": [{"type": "Polygon", "id": "FR", "arcs": [[0]], **one}]}}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"type": "FeatureCollection"}, "no TopoJSON with an object named `countries`"),
        ({"objects": {"land": {}}}, "no TopoJSON with an object named `countries`"),
        ({"objects": geometry(id="Atlantis")}, "`Atlantis` stands under no code"),
        ({"objects": geometry(arcs=[[100_000]])}, "`FR` names a line that is not there"),
        ({"objects": geometry(arcs=[["0"]])}, "`FR` names a line that is not there"),
        ({"objects": geometry(arcs=[[0, 1]])}, "`FR` does not close"),
        ({"objects": geometry(arcs=[[]])}, "`FR` names a line that is not there"),
        ({"objects": geometry()}, "fewer than 100 countries"),
        ({"arcs": [square(300.0, 10.0)]}, "a line leaves the globe"),
        ({"arcs": [[[0, "north"]]]}, "is no TopoJSON: a part is missing, or is no number"),
        ({"arcs": [[[float("nan"), 1.0], [2.0, 2.0]]]}, "a line leaves the globe"),
        ({"arcs": [[[1.0, 1.0]]]}, "a line leaves the globe, or has no length"),
        ({"arcs": None}, "is no TopoJSON"),
        ({"transform": {"scale": [1]}}, "is no TopoJSON"),
    ],
)
def test_a_broken_file_is_refused_at_the_start_with_a_sentence(tmp_path, changed, sentence):
    path = own_file(tmp_path, **changed)
    with override_settings(MAP_FILE=str(path)):
        (error,) = run_checks()
    assert error.id == "newsroom.E001" and error.msg.startswith(f"MAP_FILE ({path}) cannot be used: ") and sentence in error.msg


def test_a_file_that_is_none_is_refused(tmp_path):
    missing, empty, large = tmp_path / "missing.json", tmp_path / "empty.json", tmp_path / "large.json"
    empty.write_text("")
    large.write_bytes(b" " * 4_000_001)
    for path, sentence in ((missing, "cannot be read"), (tmp_path, "cannot be read"), (empty, "no JSON"), (large, "larger than 4 MB")):
        with pytest.raises(AtlasError, match=sentence):
            read(path)
