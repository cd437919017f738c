"""The fields of a report: each declared once, with what it is made of and how machines may take it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.api.fields import (
    ADDRESS,
    CORRECTION_KIND,
    CURSOR,
    DATE,
    ID,
    LANGUAGE,
    SHORT_NAME,
    TEXT,
    TIME,
    YES_NO,
    Field,
    Schema,
    day,
    fact,
    listed,
    moment,
    or_none,
    report_api,
    thing,
    whole,
)  # fmt: skip
from articles.editions import addresses
from articles.editions.feed_items import OWN_ADDRESS
from articles.editions.prose import numbered
from articles.editions.records import Record, Row
from articles.editions.words import KINDS, ROLES
from articles.text.plain import plain_text


def _region(row: Row, language: str) -> dict[str, Any]:
    return {"slug": row["slug"], "name": row["name"], "address": whole(addresses.region_path(language, row["slug"]))}


def _regions(record: Record) -> list[dict[str, Any]]:
    language = record.facts["language"]
    return [{**_region(row, language), "code": row["code"], "primary": bool(row["primary"])} for row in record.sides["regions"]]


def _tags(record: Record) -> list[dict[str, Any]]:
    language = record.facts["language"]
    return [
        {"slug": row["slug"], "name": row["name"], "kind": row["kind"], "address": whole(addresses.tag_path(language, row["slug"]))}
        for row in record.sides["tags"]
    ]


def _bylines(record: Record) -> list[dict[str, Any]]:
    if record.facts["byline_mode"] != "named":
        return []
    language = record.facts["language"]
    return [
        {"slug": row["slug"], "name": row["name"], "role": row["role"], "address": whole(addresses.author_path(language, row["slug"]))}
        for row in record.sides["bylines"]
    ]


def _dateline(record: Record) -> dict[str, Any]:
    facts = record.facts
    mode = facts["dateline_mode"]
    regions = record.sides["dateline_region"] if mode in ("shown", "coarse") else []
    return {
        "date": day(facts["dateline_on"]),
        "mode": mode,
        "place": (facts["dateline_place"] if mode == "shown" else "") or None,
        "region": _region(regions[0], facts["language"]) if regions else None,
        "source": facts["dateline_source"] or None,
    }


def _sources(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "kind": row["kind"], "title": row["title"], "publisher": row["publisher"] or None, "address": row["address"] or None,
            "published_on": day(row["published_on"]), "published_precision": row["precision"] if row["published_on"] else None,
            "page": row["page"] or None, "accessed_on": day(row["accessed_on"]), "archive_address": row["archive"] or None,
        }
        for row in record.sides["sources"]
    ]  # fmt: skip


def _pictures(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "alt": row["alt"], "decorative": bool(row["decorative"]), "caption": row["caption"] or None, "credit": row["credit"] or None,
            "lead": bool(row["lead"]),
            "renditions": [
                {
                    "address": whole(addresses.media_path(each["file"])), "name": each["name"], "format": each["format"],
                    "width_px": each["width_px"], "height_px": each["height_px"],
                }
                for each in json.loads(row["renditions"])
            ],
        }
        for row in record.sides["pictures"]
    ]  # fmt: skip


def _corrections(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "id": str(UUID(row["uuid"])), "kind": row["kind"], "text": row["text"], "published_at": moment(row["at"]),
            "supersedes": str(UUID(row["supersedes"])) if row["supersedes"] else None,
            "superseded_by": str(UUID(row["superseded_by"])) if row["superseded_by"] else None,
        }
        for row in record.sides["corrections"]
    ]  # fmt: skip


def _translations(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "id": str(UUID(row["uuid"])), "language": row["language"], "headline": row["headline"], "address": whole(row["path"]),
            "api_address": report_api(row["uuid"]),
        }
        for row in record.sides["translations"]
    ]  # fmt: skip


def _contact(record: Record) -> dict[str, Any] | None:
    for row in record.sides["contact"]:
        names = ("name", "role", "phone", "email", "duty", "zone")
        return {**{name: row[name] or None for name in names}, "languages": json.loads(row["languages"])}
    return None


def _event(record: Record) -> dict[str, Any] | None:
    on, precision = record.facts["event_on"], record.facts["event_precision"]
    return {"date": day(on), "precision": precision} if on else None


def _call(record: Record) -> dict[str, Any] | None:
    text, link = record.facts["call_to_action"], record.facts["call_to_action_link"]
    return {"text": text, "address": link or None} if text else None


_address_of_region = {"slug": SHORT_NAME, "name": TEXT, "address": ADDRESS}
PRECISION: Schema = {"type": "string", "enum": ["day", "month", "year"]}
CORRECTION = thing(id=ID, kind=CORRECTION_KIND, text=TEXT, published_at=TIME, supersedes=or_none(ID), superseded_by=or_none(ID))
REPORT_FIELDS: tuple[Field, ...] = (
    fact("id", _("The report’s id: the same for good, in feeds too."), ID, "uuid", str),
    fact("api_address", _("Where this report stands in the API."), ADDRESS, "uuid", report_api),
    fact("address", _("The page that people read."), ADDRESS, "path", whole),
    fact("language", _("The language it is written in."), LANGUAGE),
    fact("kind", _("What kind of text it is."), {"type": "string", "enum": list(KINDS)}),
    fact("headline", _("The headline."), TEXT),
    fact("standfirst", _("The summary below the headline; may be empty."), TEXT),
    Field(
        "dateline",
        _("Date, place and who speaks, as far as readers may know. Mode: “shown”, “coarse” (the region alone) or “withheld”. No source: the newsroom speaks."),
        thing(
            date=or_none(DATE), mode={"type": "string", "enum": ["shown", "coarse", "withheld"]}, place=or_none(TEXT),
            region=or_none(thing(**_address_of_region)), source=or_none(TEXT),
        ),
        _dateline, ("dateline_on", "dateline_mode", "dateline_place", "dateline_source", "language"), ("dateline_region",),
    ),
    fact(
        "byline_mode", _("“named”, “organisation” (the newsroom speaks) or “withheld” (to protect who wrote)."),
        {"type": "string", "enum": ["named", "organisation", "withheld"]},
    ),
    Field(
        "bylines", _("Who is named, and for what."),
        listed(thing(slug=SHORT_NAME, name=TEXT, role={"type": "string", "enum": list(ROLES)}, address=ADDRESS)),
        _bylines, ("byline_mode", "language"), ("bylines",),
    ),
    fact("published_at", _("When it was first published (UTC)."), TIME, make=moment),
    fact("updated_at", _("When its text was last changed (UTC)."), TIME, make=moment),
    fact("corrected_at", _("When it was last corrected (UTC), or null."), or_none(TIME), make=moment),
    Field(
        "retracted", _("Whether it was retracted: its text then stands for the record alone."), YES_NO,
        lambda record: any(row["kind"] == "retraction" for row in record.sides["corrections"]), (), ("corrections",),
    ),
    Field(
        "event", _("When what it tells of happened, as exactly as it is known."), or_none(thing(date=DATE, precision=PRECISION)),
        _event, ("event_on", "event_precision"),
    ),
    Field(
        "regions", _("What places it is about, the main one first; “code” is ISO 3166-1."),
        listed(thing(**_address_of_region, code=or_none({"type": "string", "pattern": "^[A-Z]{2}$"}), primary=YES_NO)), _regions, ("language",), ("regions",),
    ),
    Field("tags", _("Its tags."), listed(thing(slug=SHORT_NAME, name=TEXT, kind=TEXT, address=ADDRESS)), _tags, ("language",), ("tags",)),
    Field(
        "sources", _("The sources that it cites."),
        listed(thing(
            kind=TEXT, title=TEXT, publisher=or_none(TEXT), address=or_none(TEXT), published_on=or_none(DATE),
            published_precision=or_none(TEXT), page=or_none(TEXT), accessed_on=or_none(DATE), archive_address=or_none(TEXT),
        )),
        _sources, (), ("sources",),
    ),
    Field(
        "pictures", _("Its pictures, each in several sizes, with the words for who cannot see it and whom to credit."),
        listed(thing(
            alt=TEXT, decorative=YES_NO, caption=or_none(TEXT), credit=or_none(TEXT), lead=YES_NO,
            renditions=listed(thing(address=ADDRESS, name=TEXT, format=TEXT, width_px={"type": "integer"}, height_px={"type": "integer"})),
        )),
        _pictures, (), ("pictures",),
    ),
    Field("corrections", _("What was corrected in it, oldest first."), listed(CORRECTION), _corrections, (), ("corrections",)),
    Field(
        "translations", _("The same report in other languages."),
        listed(thing(id=ID, language=LANGUAGE, headline=TEXT, address=ADDRESS, api_address=ADDRESS)), _translations, (), ("translations",),
    ),
    Field("call_to_action", _("What readers can do."), or_none(thing(text=TEXT, address=or_none(TEXT))), _call, ("call_to_action", "call_to_action_link")),
    fact("backstory", _("How it was reported, in the newsroom’s words; may be empty."), TEXT),
    Field(
        "contact", _("Whom journalists can talk to about it."),
        or_none(thing(name=TEXT, **{name: or_none(TEXT) for name in ("role", "phone", "email", "duty", "zone")}, languages=listed(TEXT))),
        _contact, (), ("contact",),
    ),
    fact(
        "body_html", _("The text as HTML: paragraphs, headings, quotations, lists and whole links, nothing else."), TEXT, "body",
        lambda body: OWN_ADDRESS.sub(rf"\1{settings.SITE_URL}", body),
    ),
    fact("body_text", _("The text without markup, a line for each paragraph."), TEXT, "body", lambda body: plain_text(numbered(body))),
)  # fmt: skip
STREAM_CURSOR = fact(
    "cursor", _("Where this line stands: a list that broke off goes on behind it with “cursor=”."), CURSOR
)  # fmt: skip
IN_TABLES = (
    "id", "address", "language", "kind", "headline", "standfirst", "dateline", "byline_mode", "bylines", "published_at", "updated_at", "corrected_at",
    "retracted", "regions", "tags", "body_text", "cursor",
)  # fmt: skip
"""What a CSV holds when no fields are chosen."""
