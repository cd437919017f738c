"""From an approved revision to an unsaved Edition with its rows: what `publish` writes and what a preview shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from articles.editions import addresses
from articles.editions.models import Edition, EditionByline, EditionCitation, EditionImage, EditionRegion, EditionTag
from articles.editions.parts import Parts, gather
from articles.images.models import Image
from articles.images.renditions import published_set
from articles.images.reprints import reprint_of
from articles.reports.models import Report
from articles.taxonomy.models import Region
from articles.text.sanitise import sanitise
from articles.workflow.guards import UNLISTED_KINDS
from articles.workflow.refusals import Reason, Refused


@dataclass
class Composition:
    """An edition that is not saved, its rows in order, and the images whose renditions it needs."""

    edition: Edition
    regions: list[EditionRegion] = field(default_factory=list)
    tags: list[EditionTag] = field(default_factory=list)
    bylines: list[EditionByline] = field(default_factory=list)
    citations: list[EditionCitation] = field(default_factory=list)
    images: list[EditionImage] = field(default_factory=list)

    def parts(self) -> Parts:
        """What is drawn of it."""
        return gather(
            self.edition, regions=self.regions, tags=self.tags, bylines=self.bylines, citations=self.citations, images=self.images
        )


def with_ancestors(regions: Iterable[int]) -> list[int]:
    """The ids of the regions and of everything that they lie in."""
    wanted = {path for region in Region.objects.filter(pk__in=list(regions)) for path in region.lineage_paths()}
    return list(Region.objects.filter(path__in=wanted).values_list("pk", flat=True))


def compose(
    report: Report,
    public: dict[str, Any],
    *,
    hash_: str,
    published_at: dt.datetime,
    at: dt.datetime,
    lineage: Callable[[Iterable[int]], list[int]] = with_ancestors,
) -> Composition:
    """The edition of the public part of a revision. Raises Refused when the text is not as the sanitiser leaves it."""
    if sanitise(public["body"]) != public["body"]:
        raise Refused(
            [Reason(_("The rules for safe HTML have changed since the text was approved: save it and have it approved again."), "body")]
        )
    dateline = public["dateline"]
    edition = Edition(
        uuid=report.uuid,
        content_hash=hash_,
        translation_group=report.translation_group,
        dateline_on=_date(dateline["on"]),
        dateline_mode=dateline["mode"],
        dateline_place=dateline["place"],
        dateline_region_id=dateline["region"] and dateline["region"]["id"],
        dateline_source=dateline["source"],
        event_on=_date(public["event"]["on"]),
        event_precision=public["event"]["precision"],
        contact_id=public["contact"] and public["contact"]["id"],
        call_to_action=public["call_to_action"]["text"],
        call_to_action_link=public["call_to_action"]["link"],
        backstory=public.get("backstory", ""),
        path=path_of(public, published_at=published_at),
        listed=public["kind"] not in UNLISTED_KINDS,
        published_at=published_at,
        updated_at=at if report.published_at else published_at,
        **{name: public[name] for name in ("language", "kind", "headline", "slug", "standfirst", "body", "byline_mode")},
    )
    place_in_lists = {"language": edition.language, "published_at": edition.published_at, "uuid": edition.uuid, "edition": edition}
    return Composition(
        edition=edition,
        regions=_regions(public["regions"], place_in_lists, lineage),
        tags=[EditionTag(tag_id=tag["id"], order=order, **place_in_lists) for order, tag in enumerate(public["tags"])],
        bylines=[
            EditionByline(
                byline_id=each["id"],
                role=each["role"],
                first=each["id"] not in {earlier["id"] for earlier in public["bylines"][:order]},
                order=order,
                **place_in_lists,
            )
            for order, each in enumerate(public["bylines"])
        ],
        citations=[
            EditionCitation(
                edition=edition,
                order=order,
                **{**each, "published_on": _date(each["published_on"]), "accessed_on": _date(each["accessed_on"])},
            )
            for order, each in enumerate(public["citations"])
        ],
        images=_images(edition, public["pictures"]),
    )


def path_of(public: dict[str, Any], *, published_at: dt.datetime) -> str:
    """The public path: pages and profiles by their slug, reports by year and month (in the site's zone) and slug."""
    if public["kind"] in UNLISTED_KINDS:
        return addresses.page_path(public["language"], public["slug"])
    return addresses.report_path(public["language"], published_at.astimezone(timezone.get_default_timezone()), public["slug"])


def _regions(
    regions: list[dict[str, Any]], place_in_lists: dict[str, Any], lineage: Callable[[Iterable[int]], list[int]]
) -> list[EditionRegion]:
    """A row for each region of the report and for each ancestor of one."""
    own = {each["id"]: order for order, each in enumerate(regions)}
    primary = next((each["id"] for each in regions if each["primary"]), None)
    return [
        EditionRegion(
            region_id=pk,
            is_own=pk in own,
            is_primary=pk == primary,
            order=own.get(pk, len(own)),
            **place_in_lists,
        )
        for pk in sorted(lineage(own), key=lambda pk: (own.get(pk, len(own)), pk))
    ]


def _images(edition: Edition, pictures: list[dict[str, Any]]) -> list[EditionImage]:
    originals = Image.objects.in_bulk([each["image"] for each in pictures]) if pictures else {}
    rows = []
    for order, each in enumerate(pictures):
        image = originals.get(each["image"])
        if image is None or image.content_hash != each["hash"]:
            raise Refused([Reason(_("A picture is no longer the one that was approved: attach it again."), "images")])
        rows.append(
            EditionImage(
                edition=edition,
                order=order,
                sha256=each["hash"],
                renditions=published_set(image, lead=each["lead"]),
                reprint=reprint_of(image),
                **{name: each[name] for name in ("alt", "decorative", "caption", "credit", "lead")},
            )
        )
    return rows


def _date(value: str | None) -> dt.date | None:
    return parse_date(value) if value else None
