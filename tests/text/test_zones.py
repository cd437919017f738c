"""Names of time zones as browsers send them: known, gone, or no names at all."""

from __future__ import annotations

import pytest

from articles.text.zones import zone_named


@pytest.mark.parametrize("name", ["UTC", "Africa/Lagos", "America/Argentina/ComodRivadavia"])
def test_a_zone_is_found_by_its_name(name):
    assert str(zone_named(name)) == name


@pytest.mark.parametrize(
    "name", ["", "Africa", "Etc/Unknown", "Europe/../../etc", "/etc/localtime", "a\x00b", "\ud800", "/" * 300, "a/" * 1000, "[" * 2000]
)
def test_what_is_no_zone_is_none(name):
    assert zone_named(name) is None
