"""Names of regions and tags in a reader's language, and regions found by a name."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from articles.taxonomy.models import Region, RegionName, Tag, TagName
from articles.text.analyser import fold

ALIASES = Path(__file__).parent / "facts" / "aliases.tsv"
OTHER_MARKS = str.maketrans(dict.fromkeys("’'ʼ`.", ""))


def region_names(regions: Sequence[Region], language: str) -> dict[int, str]:
    """Region id -> its name in the language, in English where it has none."""
    found = dict(RegionName.objects.filter(region__in=regions, language=language).values_list("region_id", "name"))
    return {region.pk: found.get(region.pk, region.name) for region in regions}


def tag_names(tags: Sequence[Tag], language: str) -> dict[int, str]:
    """Tag id -> its name in the language, in the main language where it has none."""
    found = dict(TagName.objects.filter(tag__in=tags, language=language).values_list("tag_id", "name"))
    return {tag.pk: found.get(tag.pk, tag.name) for tag in tags}


def name_of(region: Region, language: str) -> str:
    """One region's name in the language."""
    return region_names([region], language)[region.pk]


def named(text: str, *, languages: Iterable[str] = ()) -> list[Region]:
    """The regions that go by this name, alias or ISO code, whatever the case and accents; in the site's languages if none are given.

    Several are found where they share a name, the widest first. A code is taken in capitals alone: `no` is a word, `NO` is Norway.
    """
    sought = key_of(text)
    if not sought:
        return []
    code = text.strip()
    if len(code) in (2, 3) and code.isascii() and code.isupper():
        by_code = list(Region.objects.filter(Q(iso_alpha2=code) | Q(iso_alpha3=code)))
        if by_code:
            return by_code
    wanted = set(languages) or {code for code, _name in settings.LANGUAGES}
    keys = {pk for pk, name in Region.objects.values_list("pk", "name") if key_of(name) == sought}
    keys |= {pk for pk, name in RegionName.objects.filter(language__in=wanted).values_list("region_id", "name") if key_of(name) == sought}
    meant = aliases().get(sought, ())
    return list(Region.objects.filter(Q(pk__in=keys) | Q(iso_alpha2__in=meant) | Q(un_m49__in=meant)).order_by("path"))


@lru_cache(maxsize=1)
def aliases() -> dict[str, tuple[str, ...]]:
    """Name as it is compared -> alpha-2 or M49, of each region that may be meant by it."""
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return {key_of(row["name"]): tuple(row["code"].split()) for row in csv.DictReader(file, delimiter="\t")}


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """The name as it is compared: folded, without its article, marks and signs."""
    plain = fold(text[:200]).translate(OTHER_MARKS)
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split()).removeprefix("the ")
