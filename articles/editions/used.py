"""Which regions, tags and bylines stand under a live edition of a language: what has a page, and what a filter offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.editions.models import EditionByline, EditionRegion, EditionTag
from articles.people.models import Byline
from articles.taxonomy.models import Region, RegionName, Tag, TagName


@dataclass(frozen=True)
class Used:
    """One region, tag or byline, by its name in the language. `path` is a region's place in the tree, `kind` a region's or a tag's."""

    what: str
    pk: int
    slug: str
    name: str
    kind: str
    path: str


def used_in(language: str) -> list[Used]:
    """All of them, in one statement: each is probed in its list's index, so that the cost grows with their number and not with the archive's."""
    regions = _rows("region", Region, EditionRegion, "region", RegionName, language)
    tags = _rows("tag", Tag, EditionTag, "tag", TagName, language)
    bylines = _rows("author", Byline, EditionByline, "byline", None, language)
    return [Used(*row) for row in regions.union(tags, bylines, all=True)]


def _rows(what: str, model: Any, rows: Any, key: str, names: Any, language: str) -> QuerySet[Any]:
    text = CharField()
    shown = rows.objects.filter(language=language, edition__listed=True, **{f"{key}_id": OuterRef("pk")})
    newest = shown.order_by("-published_at", "-uuid").values("pk")[:1]  # no EXISTS: PostgreSQL would join the whole archive for it
    used = model._default_manager.annotate(newest=Subquery(newest)).filter(newest__isnull=False).order_by()
    name: Any = F("name")
    if names is not None:
        own = names.objects.filter(language=language, **{key: OuterRef("pk")}).values("name")[:1]
        name = Coalesce(Subquery(own), F("name"))
    return used.annotate(
        what=Value(what, output_field=text),
        own_name=name,
        its_kind=Value("", output_field=text) if what == "author" else F("kind"),
        its_path=F("path") if what == "region" else Value("", output_field=text),
    ).values_list("what", "pk", "slug", "own_name", "its_kind", "its_path")
