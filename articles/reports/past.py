"""What a report's working copy was at one of its revisions: what a merge starts from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.dateparse import parse_date, parse_datetime

from articles.reports.models import Report
from articles.reports.snapshot import Unreadable, all_citations, readable
from articles.taxonomy.models import Region, Tag

TIMES = ("embargo_until", "expire_at", "due_at")


@dataclass(frozen=True)
class Past:
    """The report as an unsaved object, its regions (the main one first) and tags, and its rows: pictures, citations, credits."""

    report: Report
    regions: list[Region]
    tags: list[Tag]
    rows: dict[str, list[dict[str, Any]]]


def standing(report: Report) -> int | None:
    """The number of the revision that the report as it was read stands at; None when it was changed since it was read."""
    found = Report.objects.filter(pk=report.pk, lock_version=report.lock_version).aggregate(number=Max("revisions__number"))
    number: int | None = found["number"]
    return number


def past_of(report: Report, number: int | None) -> Past | None:
    """The report as it was at that revision; None when it has no such revision, or one that cannot be read any more."""
    content = report.revisions.filter(number=number).values_list("content", flat=True).first() if number else None
    try:
        return _past(report, readable(content)) if content else None
    except Unreadable:
        return None


def _past(report: Report, content: dict[str, Any]) -> Past:
    public, desk = content["public"], content["desk"]
    regions = Region.objects.in_bulk([row["id"] for row in public["regions"]] + [desk["dateline_region"] or 0])
    tags = Tag.objects.select_related("merged_into").in_bulk([row["id"] for row in public["tags"]])
    was = Report(
        language=report.language,
        **{name: public[name] for name in ("kind", "headline", "slug", "standfirst", "body", "byline_mode")},
        dateline_on=_day(public["dateline"]["on"]),
        dateline_mode=public["dateline"]["mode"],
        dateline_region=regions.get(desk["dateline_region"]),
        event_on=_day(public["event"]["on"]),
        event_precision=public["event"]["precision"],
        contact_id=public["contact"]["id"] if public["contact"] else None,
        call_to_action=public["call_to_action"]["text"],
        call_to_action_link=public["call_to_action"]["link"],
        backstory=public.get("backstory", ""),
        assigned_to_id=desk["assigned_to"],
        **{name: desk[name] for name in ("dateline_place", "dateline_source", "severity", "makes_allegation", "internal_note")},
        **{name: parse_datetime(desk[name]) if desk[name] else None for name in TIMES},
    )
    rows = {
        "pictures": [{name: row[name] for name in ("image", "alt", "decorative", "caption", "lead")} for row in public["pictures"]],
        "citations": [
            {**row, "published_on": _day(row["published_on"]), "accessed_on": _day(row["accessed_on"])} for row in all_citations(content)
        ],
        "credits": desk["credits"],
    }
    kept = [tags[row["id"]] for row in public["tags"] if row["id"] in tags]
    return Past(
        was,
        [regions[row["id"]] for row in public["regions"] if row["id"] in regions],
        list(dict.fromkeys(tag.merged_into or tag for tag in kept)),
        rows,
    )


def _day(value: str | None) -> dt.date | None:
    return parse_date(value) if value else None
