"""What a report is at one moment: the part that readers get and is hashed, and the part that stays at the desk."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Any

import rfc8785

from articles.reports.models import BylineMode, DatelineMode, Report

SCHEMA = 3
"""2: the sources that readers do not see keep their place among the others; what the report was translated from. 3: how it was reported, where it
says so: a report that does not keeps the hash it had."""
DESK_FIELDS = (
    "dateline_place",
    "dateline_source",
    "severity",
    "makes_allegation",
    "internal_note",
    "embargo_until",
    "expire_at",
    "due_at",
)


def snapshot(report: Report) -> dict[str, Any]:
    """The content of a revision: {"schema", "public", "desk"}; JSON types only, every text in NFC."""
    content = {"schema": SCHEMA, "public": public_part(report), "desk": _desk_part(report)}
    normalised: dict[str, Any] = _nfc(content)
    return normalised


def content_hash(public: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the public part as canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(_nfc(public))).hexdigest()


def public_part(report: Report) -> dict[str, Any]:
    """Exactly what a reader would get of the report as it stands; nothing that a mode withholds is in it."""
    return {
        "language": report.language,
        "kind": report.kind,
        "headline": report.headline,
        "slug": report.slug or "",
        "standfirst": report.standfirst,
        "body": report.body,
        "dateline": _dateline(report),
        "byline_mode": report.byline_mode,
        "bylines": _bylines(report),
        "event": {"on": _day(report.event_on), "precision": report.event_precision},
        "regions": [
            {"id": row.region_id, "name": row.region.name, "primary": row.is_primary}
            for row in report.report_regions.select_related("region").order_by("-is_primary", "region__path")
        ],
        "tags": [{"id": row.tag_id, "name": row.tag.name} for row in report.tagged.select_related("tag").order_by("tag__slug")],
        "citations": [_citation(row) for row in report.citations.all() if row.public],
        "pictures": [
            {
                "image": row.image_id,
                "hash": row.image.content_hash,
                "alt": row.alt,
                "decorative": row.decorative,
                "caption": row.caption,
                "credit": row.image.credit,
                "lead": row.lead,
            }
            for row in report.report_images.select_related("image")
        ],
        "contact": {"id": report.contact_id, "name": report.contact.name} if report.contact else None,
        "call_to_action": {"text": report.call_to_action, "link": report.call_to_action_link},
        **({"backstory": report.backstory} if report.backstory else {}),
    }


def _dateline(report: Report) -> dict[str, Any]:
    shown, coarse = (report.dateline_mode == mode for mode in (DatelineMode.SHOWN, DatelineMode.COARSE))
    region = report.dateline_region if shown or coarse else None
    return {
        "mode": report.dateline_mode,
        "on": _day(report.dateline_on),
        "place": report.dateline_place if shown else "",
        "region": {"id": region.pk, "name": region.name} if region else None,
        "source": report.dateline_source,
    }


def _bylines(report: Report) -> list[dict[str, Any]]:
    if report.byline_mode != BylineMode.NAMED:
        return []
    return [
        {"id": row.byline_id, "name": row.byline.name, "role": row.role} for row in report.credits.select_related("byline") if row.shown
    ]


def _citation(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": row.title,
        "publisher": row.publisher,
        "address": row.address,
        "published_on": _day(row.published_on),
        "published_precision": row.published_precision,
        "page": row.page,
        "accessed_on": _day(row.accessed_on),
        "archive_address": row.archive_address,
    }


def _desk_part(report: Report) -> dict[str, Any]:
    desk: dict[str, Any] = {name: _plain(getattr(report, name)) for name in DESK_FIELDS}
    desk["dateline_region"] = report.dateline_region_id
    desk["assigned_to"] = report.assigned_to_id
    desk["credits"] = [{"byline": row.byline_id, "role": row.role, "shown": row.shown} for row in report.credits.all()]
    desk["private_citations"] = [{**_citation(row), "place": place} for place, row in enumerate(report.citations.all()) if not row.public]
    desk["translated_from"] = report.translated_from_id
    return desk


class Unreadable(Exception):
    """The content of a revision is empty (purged), or of a schema that this version does not know."""


def readable(content: dict[str, Any]) -> dict[str, Any]:
    """A revision's content in the shape of the newest schema, blank where nothing was kept. Raises Unreadable."""
    if not content or not 1 <= content["schema"] <= SCHEMA:
        raise Unreadable
    public = content["public"]
    private = [
        {"place": len(public["citations"]) + number, **row} for number, row in enumerate(content["desk"].get("private_citations", ()))
    ]
    blank: dict[str, Any] = {
        **{name: getattr(Report(), name) for name in DESK_FIELDS},
        **dict.fromkeys(("dateline_region", "assigned_to", "translated_from")),
        "dateline_place": public["dateline"]["place"],
        "dateline_source": public["dateline"]["source"],
        "credits": [{"byline": row["id"], "role": row["role"], "shown": True} for row in public["bylines"]],
    }
    return {"schema": SCHEMA, "public": public, "desk": {**blank, **content["desk"], "private_citations": private}}


def all_citations(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The sources of a readable content in their order, each with `public`: whether readers see it."""
    rows = [{**row, "public": True} for row in content["public"]["citations"]]
    for row in content["desk"]["private_citations"]:
        facts = {name: value for name, value in row.items() if name != "place"}
        rows.insert(row["place"], {**facts, "public": False})
    return rows


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _nfc(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_nfc(each) for each in value]
    return value
