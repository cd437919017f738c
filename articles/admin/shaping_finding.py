"""Reports to choose for a block: found among what is live, told by headline and day; of one that is not live, why readers miss it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.shaping_rows import Row
from articles.editions.models import Edition
from articles.editions.shaped import ShapedPage
from articles.reports.models import Report
from articles.search.query import search

MOST_FOUND = 10
LOOKED_AT = 60
"""Hits of a search among which those under the page's tag or region are looked for."""


@dataclass(frozen=True)
class Told:
    """One report: `missing` says why readers do not see it here, "" when they do."""

    uuid: UUID
    headline: str
    on: dt.date | None
    missing: str = ""
    is_chosen: bool = False


def about(uuids: Iterable[UUID], page: ShapedPage) -> dict[UUID, Told]:
    """Each of the reports by its uuid."""
    wanted = set(uuids)
    live = {edition.uuid: _told(edition) for edition in _live(page).filter(uuid__in=wanted)}
    reports = {report.uuid: report for report in Report.objects.filter(uuid__in=wanted - live.keys())}
    found = dict(live)
    for uuid in wanted - live.keys():
        report = reports.get(uuid)
        if report is None:
            missing = _("There is no such report any more.")
        elif report.public_state == "live" and report.language == page.language:
            missing = _("It does not stand under this tag or region any more: readers do not see it here.")
        else:
            missing = _("It is not public now: readers do not see it here, until it is public again.")
        found[uuid] = Told(uuid, report.headline if report else "–", None, missing)
    return found


def found_for(row: Row, page: ShapedPage) -> list[Told]:
    """What the words in the block's search find, best first; without words the newest."""
    live = _live(page)
    if row.find:
        hits = [hit.uuid for hit in search(row.find, language=page.language, limit=LOOKED_AT).hits]
        editions = {edition.uuid: edition for edition in live.filter(uuid__in=hits)}
        found = [editions[uuid] for uuid in hits if uuid in editions][:MOST_FOUND]
    else:
        found = list(live.order_by("-published_at", "-uuid")[:MOST_FOUND])
    return [_told(edition, is_chosen=edition.uuid in row.chosen) for edition in found]


def _live(page: ShapedPage) -> QuerySet[Edition]:
    """What may be chosen: listed editions of the language, under the page's subject."""
    editions = Edition.objects.filter(language=page.language, listed=True)
    if page.tag_id:
        editions = editions.filter(edition_tags__tag=page.tag_id)
    if page.region_id:
        editions = editions.filter(edition_regions__region=page.region_id)
    return editions.only("uuid", "headline", "published_at")


def _told(edition: Edition, *, is_chosen: bool = False) -> Told:
    on = timezone.localtime(edition.published_at, timezone.get_default_timezone()).date()
    return Told(edition.uuid, edition.headline, on, is_chosen=is_chosen)
