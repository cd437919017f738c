"""Regions and tags for machines: those that have reports, with their names in every language."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.api import parameters
from articles.api.fields import ADDRESS, LANGUAGE, SHORT_NAME, TEXT, Field, Schema, listed, or_none, shaped, thing, whole
from articles.api.operations import JSON, Answer, Asked, operation, path_of
from articles.api.parameters import LANGUAGES, PER_PAGE
from articles.api.schemas import page_of
from articles.editions import addresses
from articles.editions.sought import Fact, facts_in
from articles.taxonomy.models import Region, Tag

CODE: Schema = or_none(TEXT)
NAMES: Schema = {
    "type": "object",
    "properties": dict.fromkeys(LANGUAGES, TEXT),
    "required": [settings.MAIN_LANGUAGE],
    "additionalProperties": False,
}
PLACES: Schema = {"type": "object", "properties": dict.fromkeys(LANGUAGES, ADDRESS), "additionalProperties": False}


def _fields(what: str, path: Callable[[str, str], str], kinds: Sequence[str]) -> tuple[Field, ...]:
    def names(fact: Fact) -> dict[str, str]:
        return {settings.MAIN_LANGUAGE: fact.columns["name"], **fact.names}

    return (
        Field("slug", _("Its short name: what the filters take."), SHORT_NAME, lambda fact: fact.columns["slug"]),
        Field("names", _("Its name in each language that it has one in."), NAMES, names),
        Field("kind", _("What kind of thing it is."), {"type": "string", "enum": kinds}, lambda fact: fact.columns["kind"]),
        Field("languages", _("The languages in which there are reports."), listed(LANGUAGE), lambda fact: list(fact.languages)),
        Field(
            "addresses", _("The pages that people read, by their language."), PLACES,
            lambda fact: {code: whole(path(code, fact.columns["slug"])) for code in fact.languages},
        ),
        Field("reports", _("Its reports in the API."), ADDRESS, lambda fact: f"{path_of('api_reports')}?{what}={fact.columns['slug']}"),
    )  # fmt: skip


def _centre(fact: Fact) -> dict[str, float] | None:
    here = {name: fact.columns[name] for name in ("latitude", "longitude")}
    return None if None in here.values() else here


def _parent(fact: Fact) -> str | None:
    return fact.columns["path"].rstrip("/").rpartition("/")[0].rpartition("/")[2] or None


REGION_FIELDS = (
    *_fields("region", addresses.region_path, Region.Kind.values),
    Field("within", _("The short name of the region that it lies in, or null."), or_none(SHORT_NAME), _parent),
    Field("iso_alpha2", _("Its code in ISO 3166-1, of two letters."), CODE, lambda fact: fact.columns["iso_alpha2"]),
    Field("iso_alpha3", _("The same, of three letters."), CODE, lambda fact: fact.columns["iso_alpha3"]),
    Field("un_m49", _("Its number with the United Nations (M49)."), CODE, lambda fact: fact.columns["un_m49"]),
    Field(
        "centre", _("The middle of the region: nothing here says more exactly where something happened."),
        or_none(thing(latitude={"type": "number"}, longitude={"type": "number"})), _centre,
    ),
)  # fmt: skip
REGION_COLUMNS = ("slug", "name", "kind", "path", "iso_alpha2", "iso_alpha3", "un_m49", "latitude", "longitude")
TAG_FIELDS = _fields("tag", addresses.tag_path, Tag.Kind.values)
TAG_COLUMNS = ("slug", "name", "kind")
LIMIT = parameters.LIMIT
PAGED = replace(
    parameters.CURSOR, schema={"type": "string", "pattern": "^(after|before)[.][a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 90}, example="after.nigeria",
    read=parameters.read_place,
)  # fmt: skip


@operation(
    "api_regions", "regions/", _("List the regions"), _("Those that have reports, by their short names; what lies in a region counts as its own."),
    parameters=(parameters.LANGUAGE, LIMIT, PAGED, parameters.fields_of(each.name for each in REGION_FIELDS)), answer={JSON: page_of("Region")},
)  # fmt: skip
def regions(asked: Asked) -> Answer:
    """A page of regions."""
    return _page(asked, "region", REGION_FIELDS, REGION_COLUMNS)


@operation(
    "api_tags", "tags/", _("List the tags"), _("Those that have reports, by their short names."),
    parameters=(parameters.LANGUAGE, LIMIT, PAGED, parameters.fields_of(each.name for each in TAG_FIELDS)), answer={JSON: page_of("Tag")},
)  # fmt: skip
def tags(asked: Asked) -> Answer:
    """A page of tags."""
    return _page(asked, "tag", TAG_FIELDS, TAG_COLUMNS)


def _page(asked: Asked, what: str, fields: Sequence[Field], columns: Sequence[str]) -> Answer:
    languages = [asked.values["language"]] if "language" in asked.values else LANGUAGES
    found = [fact for fact in facts_in(what, LANGUAGES, columns=columns) if not set(languages).isdisjoint(fact.languages)]
    slugs = [fact.columns["slug"] for fact in found]
    start, end = _span(slugs, *asked.values.get("cursor", ("after", "")), limit=asked.values.get("limit", PER_PAGE))
    chosen = {each.name: each for each in fields}
    results = [shaped([chosen[name] for name in asked.values.get("fields", chosen)], fact) for fact in found[start:end]]
    next_ = f"after.{slugs[end - 1]}" if start < end < len(slugs) else ""
    return asked.page(results, next_=next_, previous=f"before.{slugs[start]}" if 0 < start < end else "")


def _span(slugs: Sequence[str], side: str, slug: str, *, limit: int) -> tuple[int, int]:
    """Which of the sorted short names stand on the page: so many after one, or before it."""
    if side == "before":
        end = bisect_left(slugs, slug)
        return max(end - limit, 0), end
    start = bisect_right(slugs, slug)
    return start, min(start + limit, len(slugs))
