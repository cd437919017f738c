"""What sitemaps list: every live address, in parts that keep their addresses however the archive grows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from articles.editions import addresses
from articles.editions.models import EditionImage, SitemapEntry
from articles.editions.pictures import PLAIN
from articles.images.renditions import CROP_NAMES

PARTS = (
    "WITH RECURSIVE parts(part) AS (SELECT MIN(part) FROM articles_sitemapentry UNION ALL"
    " SELECT (SELECT MIN(e.part) FROM articles_sitemapentry e WHERE e.part > parts.part) FROM parts WHERE parts.part IS NOT NULL)"
    " SELECT parts.part, (SELECT MAX(e.updated_at) FROM articles_sitemapentry e WHERE e.part = parts.part) FROM parts"
    " WHERE parts.part IS NOT NULL"
)
"""Each part is one step in the index over (part, updated_at): the cost grows with the parts, not with what is in them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address with its last change, the same report in every language (code, path), and the files of its pictures."""

    path: str
    updated_at: dt.datetime
    languages: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]


def parts() -> list[tuple[int, dt.datetime]]:
    """(number, last change) of each part that lists something."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        return [(number, _time(at)) for number, at in cursor.fetchall()]


def part(number: int) -> Iterator[Listed]:
    """What a part lists, in three statements."""
    inside = SitemapEntry.objects.filter(part=number)
    rows = list(inside.order_by("id").values_list("edition_id", "path", "translation_group", "updated_at"))
    families: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    siblings = SitemapEntry.objects.filter(translation_group__in=inside.values("translation_group")).order_by("language")
    for group, language, path in siblings.values_list("translation_group", "language", "path"):
        families[group].append((language, path))
    pictures: dict[UUID, list[str]] = defaultdict(list)
    images = EditionImage.objects.filter(edition__in=inside.values("edition")).order_by("edition", "order")
    for uuid, renditions in images.values_list("edition_id", "renditions"):
        if file := widest(renditions):
            pictures[uuid].append(addresses.media_path(file["file"]))
    for uuid, path, group, at in rows:
        family = families[group]
        yield Listed(path, at, tuple(family) if len(family) > 1 else (), tuple(pictures.get(uuid, ())))


def widest(renditions: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The widest file of the whole picture in a format that every machine reads; of none of those, the widest."""
    files = [each for each in renditions if each.get("name") not in CROP_NAMES]
    plain = [each for each in files if each["format"] in PLAIN] or files
    return max(plain, key=lambda each: int(each["width_px"]), default=None)


def _time(value: Any) -> dt.datetime:
    """A time as PostgreSQL gives it; SQLite gives a text in UTC."""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
