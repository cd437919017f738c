"""What the API asks of regions, tags and bylines: ids by their slugs, with the stamp; and the facts of those that have reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from articles.editions.models import EditionRegion, EditionTag
from articles.taxonomy.models import Region, RegionName, Tag, TagName


@dataclass(frozen=True)
class Sought:
    """The stamp, and the ids of what was sought by its slug: None where there is no such."""

    stamp: int
    region: int | None
    tags: tuple[int | None, ...]
    author: int | None


def sought(*, region: str = "", tags: Sequence[str] = (), author: str = "") -> Sought:
    """The stamp and those ids in one statement. Whether anything stands under them is for the list to say: a slug tells nothing of drafts."""
    parts = [("region", region), *(("tag", tag) for tag in tags), ("byline", author)]
    columns = [f"(SELECT id FROM articles_{table} WHERE slug = %s)" if slug else "NULL" for table, slug in parts]  # noqa: S608 - tables from here
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, {', '.join(columns)} FROM articles_stamp WHERE id = 1", [slug for _table, slug in parts if slug])  # noqa: S608 - as above
        stamp, region_id, *tag_ids, author_id = cursor.fetchone()
    return Sought(stamp, region_id, tuple(tag_ids), author_id)


@dataclass(frozen=True)
class Fact:
    """A region or tag that a live edition stands under: its own columns, its name in each language, and the languages it has reports in."""

    columns: dict[str, Any]
    names: dict[str, str]
    languages: tuple[str, ...]


def facts_in(what: str, languages: Sequence[str], *, columns: Sequence[str]) -> list[Fact]:
    """Every region, or tag, with reports in any of the languages, by its slug: two statements, each with a probe of an index for a language."""
    model, rows, names = {"region": (Region, EditionRegion, RegionName), "tag": (Tag, EditionTag, TagName)}[what]
    probes = {
        f"newest_{number}": Subquery(
            rows._default_manager.filter(language=code, edition__listed=True, **{f"{what}_id": OuterRef("pk")})
            .order_by("-published_at", "-uuid")
            .values("pk")[:1]
        )
        for number, code in enumerate(languages)
    }
    found = model._default_manager.annotate(**probes).order_by("slug").values_list("pk", *columns, *probes)
    own: dict[int, dict[str, str]] = {}
    for pk, code, name in names._default_manager.filter(language__in=languages).values_list(f"{what}_id", "language", "name"):
        own.setdefault(pk, {})[code] = name
    facts = []
    for pk, *values in found:
        used = tuple(code for code, newest in zip(languages, values[len(columns) :], strict=True) if newest is not None)
        if used:
            facts.append(Fact(dict(zip(columns, values, strict=False)), own.get(pk, {}), used))
    return facts
