"""Time zones as people look for them: by continent and city, in the reader's language."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils.translation import gettext as _
from django.utils.translation import override

CONTINENTS = {"Africa": "002", "America": "019", "Antarctica": "AQ", "Asia": "142", "Australia": "AU", "Europe": "150"}
"""First part of an IANA name -> its code in UN M49 or ISO 3166, by which CLDR names it."""
OCEANS = ("Arctic", "Atlantic", "Indian", "Pacific")


@lru_cache(maxsize=32)
def zones_by_continent(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """(continent, ((IANA name, city), …)), both in alphabetical order, the islands of the oceans last. Each city stands once."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    groups: dict[str, dict[str, str]] = {}
    for zone in sorted(filter(_is_place, available_timezones()), key=lambda name: (_is_alias(name), name)):
        area = zone.partition("/")[0]
        city = get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]
        groups.setdefault(area if area in CONTINENTS else "", {}).setdefault(city, zone)
    with override(language):
        names = {area: locale.territories.get(code, area) for area, code in CONTINENTS.items()} | {"": _("Islands of the oceans")}
    ordered = sorted(groups, key=lambda area: (area == "", _in_order(names[area])))
    return tuple((names[area], tuple((groups[area][city], city) for city in sorted(groups[area], key=_in_order))) for area in ordered)


def _is_place(zone: str) -> bool:
    area, slash, _rest = zone.partition("/")
    return bool(slash) and (area in CONTINENTS or area in OCEANS)


def _in_order(name: str) -> str:
    """Accents do not count: África stands before Asia."""
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def _is_alias(zone: str) -> bool:
    """Whether CLDR calls its city otherwise, as it does with Calcutta and Saigon."""
    return bool(get_timezone_location(zone, locale="en", return_city=True) != zone.rpartition("/")[2].replace("_", " "))


LONGEST_NAME = 64
"""No zone has a longer one. The library imports a package for each slash in a name: a thousand of them exhaust its stack."""


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name; None when there is none, or none any more."""
    try:
        return ZoneInfo(name) if 0 < len(name) <= LONGEST_NAME else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # what is no key at all, or names a folder
        return None
