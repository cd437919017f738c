"""Regions, tags and authors: lists of what is used, and the reports under each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses, lists
from articles.editions.groups import by_month
from articles.editions.line import mark, narrow_name
from articles.editions.models import Edition
from articles.editions.selections import Selection
from articles.editions.subjects import subject
from articles.editions.used import Used
from articles.maps.places import region_map
from articles.public.filters import used
from articles.public.framed import list_response
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import alternates, keys, not_found
from articles.public.request import ReaderRequest
from articles.public.world import by_continent, on_the_map, step
from articles.taxonomy.models import Tag


@kept
@require_safe
def regions(request: ReaderRequest) -> HttpResponse:
    """The regions that have reports: on the map of the world, and under their continents."""
    language = request.language
    found = {each.path: each for each in used(request) if each.what == "region"}
    path = addresses.regions_path(language)
    continents = by_continent(found, language)
    context = {"heading": _("Regions"), "continents": continents, **on_the_map([each for one in continents for each in one["countries"]])}
    return page_response(
        request, title=_("Regions"), template="public/region_list.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.regions_path),
    )  # fmt: skip


@kept
@require_safe
def region(request: ReaderRequest, slug: str) -> HttpResponse:
    """A region with the reports of all that lies in it. A region that nothing was published from has no page."""
    language = request.language
    found = _used(request, "region", slug)
    page = lists.page_of(Selection(language, region=found.pk), **keys(request)) if found else None
    if found is None or page is None or not page.cards:
        return not_found(request)

    def context() -> dict[str, Any]:
        about = subject("region", found.pk, language)
        here = about.here
        near = [each for each in used(request) if each.what == "region" and each.path != here.path]
        where = mark("coarse", "", here, least=0)
        above = [step(each, language) for each in sorted(near, key=lambda each: each.path) if here.path.startswith(each.path)]
        top = (_("Regions"), addresses.regions_path(language))
        path = addresses.region_path(language, slug)
        return {
            "heading": here.own_name,
            "region": here,
            "mark": where,
            "place_narrow": narrow_name(where, [here.own_name]),
            "above": above,
            "trail": [top, *((each["name"], each["path"]) for each in above), (here.own_name, path)],
            "within": [step(each, language) for each in near if _is_child(each, here.path)],
            "profile": about.profile,
            "description": _written_of(about.profile),
            "pins": about.pins,
            "pinned_heading": about.pinned_heading,
            "inquiry_query": f"?region={slug}",
            "note": here.note,
            "map": region_map(here.path),
        }

    return _subject_response(request, page, found.name, "public/region_detail.html", context, addresses.region_path(language, slug))


@kept
@require_safe
def tags(request: ReaderRequest) -> HttpResponse:
    """The tags that have reports, by kind."""
    language = request.language
    found = [each for each in used(request) if each.what == "tag"]
    kinds = [
        {"label": label, "tags": [{"name": tag.name, "path": addresses.tag_path(language, tag.slug)} for tag in found if tag.kind == kind]}
        for kind, label in Tag.Kind.choices
        if any(tag.kind == kind for tag in found)
    ]
    path = addresses.tags_path(language)
    return page_response(
        request, title=_("Tags"), template="public/tag_list.html", context={"heading": _("Tags"), "kinds": kinds}, section=path, canonical=path,
        alternates=alternates(addresses.tags_path),
    )  # fmt: skip


@kept
@require_safe
def tag(request: ReaderRequest, slug: str) -> HttpResponse:
    """The reports under a tag. A tag that no edition uses has no page."""
    language = request.language
    found = _used(request, "tag", slug)
    page = lists.page_of(Selection(language, tags=(found.pk,)), **keys(request)) if found else None
    if found is None or page is None or not page.cards:
        return not_found(request)

    def context() -> dict[str, Any]:
        about = subject("tag", found.pk, language)
        trail = [(_("Tags"), addresses.tags_path(language)), (about.here.own_name, addresses.tag_path(language, slug))]
        return {
            "heading": about.here.own_name, "trail": trail, "kind_label": about.here.get_kind_display(), "profile": about.profile, "pins": about.pins,
            "description": _written_of(about.profile), "pinned_heading": about.pinned_heading,
        }  # fmt: skip

    return _subject_response(request, page, found.name, "public/tag_detail.html", context, addresses.tag_path(language, slug))


@kept
@require_safe
def author(request: ReaderRequest, slug: str) -> HttpResponse:
    """What a byline has published. One that stands under no edition has no page."""
    language = request.language
    found = _used(request, "author", slug)
    page = lists.page_of(Selection(language, byline=found.pk), **keys(request)) if found else None
    if found is None or page is None or not page.cards:
        return not_found(request)

    def context() -> dict[str, Any]:
        about = _biography(found.pk, language)
        return {"heading": found.name, "profile": about, "description": _written_of(about)}

    return _subject_response(request, page, found.name, "public/author_detail.html", context, addresses.author_path(language, slug))


def _used(request: ReaderRequest, what: str, slug: str) -> Used | None:
    return next((each for each in used(request) if each.what == what and each.slug == slug), None)


def _is_child(region: Used, path: str) -> bool:
    return region.path.startswith(path) and region.path.count("/") == path.count("/") + 1


def _subject_response(
    request: ReaderRequest, page: lists.ListPage[lists.Card], title: str, template: str, context: Callable[[], dict[str, Any]], path: str
) -> HttpResponse:
    return list_response(
        request, page, grouped=by_month, path=path, title=title, template=template, context=context, section=path,
        alternates=((request.language, path),), feeds_of=path,
    )  # fmt: skip


def _written_of(profile: dict[str, str] | None) -> str:
    """What a profile says first of its subject, on one line; "" where there is none."""
    return " ".join(profile["standfirst"].split()) if profile else ""


def _biography(byline: int, language: str) -> dict[str, str] | None:
    """The live profile whose subject the byline is: a report that was approved like any other."""
    about = Edition.objects.filter(language=language, kind="profile", edition_bylines__byline=byline, edition_bylines__role="subject")
    found = about.order_by("-published_at").values("path", "headline", "standfirst").first()
    return dict(found) if found else None  # type: ignore[arg-type]  # three texts
