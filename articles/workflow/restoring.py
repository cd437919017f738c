"""An old revision as the new working copy: what of it comes back, what cannot, and the save that does it.

It is a save like any other: it needs the same right, lets an approval fall, and touches nothing that is public.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from articles.contacts.models import MediaContact
from articles.people.models import Byline, User
from articles.reports.models import Report, Revision
from articles.reports.snapshot import SCHEMA, Unreadable, all_citations, content_hash, readable, snapshot
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.slugs import RESERVED
from articles.workflow import actions
from articles.workflow.guards import UNLISTED_KINDS
from articles.workflow.permissions import pictures_visible_to
from articles.workflow.refusals import Reason, Refused

TEXTS = ("kind", "headline", "standfirst", "body", "byline_mode")


@dataclass
class Restoration:
    """The changes as `actions.save` takes them, and a sentence on each thing that does not come back as it was."""

    changes: dict[str, Any] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def restoration(report: Report, revision: Revision, *, by: User) -> Restoration:
    """What restoring that revision would do now. Raises Refused when it cannot be read, or is what the report holds.

    Severity, accusation, embargo, expiry, assignment and due date are decisions of today: they stay as they are.
    """
    try:
        content = readable(revision.content)
    except Unreadable:
        raise Refused([Reason(_unreadable(revision))]) from None
    public, desk, found = content["public"], content["desk"], Restoration()
    found.changes = {
        **{name: public[name] for name in TEXTS},
        "dateline_on": _day(public["dateline"]["on"]),
        "dateline_mode": public["dateline"]["mode"],
        "dateline_place": desk["dateline_place"],
        "dateline_source": desk["dateline_source"],
        "event_on": _day(public["event"]["on"]),
        "event_precision": public["event"]["precision"],
        "call_to_action": public["call_to_action"]["text"],
        "call_to_action_link": public["call_to_action"]["link"],
        "backstory": public.get("backstory", ""),
        "internal_note": desk["internal_note"],
        "citations": [
            {**row, "published_on": _day(row["published_on"]), "accessed_on": _day(row["accessed_on"])} for row in all_citations(content)
        ],
    }
    _slug(report, public["slug"], found)
    _regions(public["regions"], desk["dateline_region"], found)
    _tags(public["tags"], found)
    _credits(desk["credits"], {each["id"]: each["name"] for each in public["bylines"]}, found)
    _contact(report, public["contact"], found)
    _pictures(report, public["pictures"], by, found)
    if not found.lost and _same(report, content):
        raise Refused([Reason(_("The report reads as this revision does: there is nothing to restore."))])
    return found


def restore(report: Report, revision: Revision, *, by: User, version: int, at: dt.datetime | None = None) -> tuple[Report, list[str]]:
    """Saves the revision's content as the newest; also returns the sentences on what did not come back. Raises what `save` raises."""
    if revision.report_id != report.pk:
        raise Refused([Reason(_("This revision belongs to another report."))])
    found = restoration(report, revision, by=by)
    return actions.save(report, by=by, version=version, at=at, restored=revision.number, **found.changes), found.lost


def _unreadable(revision: Revision) -> str:
    if not revision.content:
        return _("The text of this revision was purged: there is nothing to restore.")
    return _("This revision was saved by another version of Newsroom (its shape is %(found)s, this one reads up to %(known)s).") % {
        "found": revision.content.get("schema"),
        "known": SCHEMA,
    }


STAYS = ("severity", "makes_allegation", "embargo_until", "expire_at", "due_at", "assigned_to", "translated_from")


def _same(report: Report, content: dict[str, Any]) -> bool:
    now = readable(snapshot(report))
    kept = [{name: value for name, value in each["desk"].items() if name not in STAYS} for each in (now, content)]
    return content_hash(now["public"]) == content_hash(content["public"]) and kept[0] == kept[1]


def _slug(report: Report, slug: str, found: Restoration) -> None:
    kind = found.changes["kind"]
    taken = slug and Report.objects.filter(language=report.language, slug=slug).exclude(pk=report.pk).exists()
    if taken or (kind in UNLISTED_KINDS and slug in RESERVED):
        found.lost.append(_("The short name “%(slug)s” is in use elsewhere: the one that the report has now stays.") % {"slug": slug})
    elif slug or not report.slug:
        found.changes["slug"] = slug
    else:
        found.lost.append(_("It had no short name for its address yet: the one that the report has now stays."))


def _regions(rows: list[dict[str, Any]], dateline: int | None, found: Restoration) -> None:
    there = Region.objects.in_bulk([*(row["id"] for row in rows), *([dateline] if dateline else [])])
    kept = [there[row["id"]] for row in rows if row["id"] in there]
    primary = next((there[row["id"]] for row in rows if row["primary"] and row["id"] in there), None)
    found.lost += _missing(rows, there, _("The region “%(name)s” is no longer there: the report comes back without it."))
    found.lost += _renamed(rows, there, _("The region “%(old)s” is called “%(new)s” now."))
    if dateline and dateline not in there:
        found.lost.append(_("The region of the dateline is no longer there: the dateline comes back without it."))
    found.changes |= {"regions": kept, "primary_region": primary, "dateline_region": there.get(dateline) if dateline else None}


def _tags(rows: list[dict[str, Any]], found: Restoration) -> None:
    there = Tag.objects.select_related("merged_into").in_bulk([row["id"] for row in rows])
    found.lost += _missing(rows, there, _("The tag “%(name)s” is no longer there: the report comes back without it."))
    found.lost += _renamed(rows, there, _("The tag “%(old)s” is called “%(new)s” now."))
    tags = []
    for row in rows:
        tag = there.get(row["id"])
        if tag and tag.merged_into:
            sentence = _("The tag “%(old)s” was merged into “%(new)s”: that one comes in its place.")
            found.lost.append(sentence % {"old": tag.name, "new": tag.merged_into.name})
            tag = tag.merged_into
        tags += [tag] if tag else []
    found.changes["tags"] = tags


def _credits(rows: list[dict[str, Any]], names: dict[int, str], found: Restoration) -> None:
    there = Byline.objects.in_bulk([row["byline"] for row in rows])
    called = [{"id": row["byline"], "name": names.get(row["byline"], _("not shown to readers"))} for row in rows]
    found.lost += _missing(called, there, _("The byline “%(name)s” is no longer there: the credit does not come back."))
    shown = [each for each in called if each["id"] in names]
    found.lost += _renamed(shown, there, _("The byline “%(old)s” is called “%(new)s” now."))
    found.changes["credits"] = [
        {"byline": there[row["byline"]], "role": row["role"], "shown": row["shown"]} for row in rows if row["byline"] in there
    ]


def _contact(report: Report, contact: dict[str, Any] | None, found: Restoration) -> None:
    there = MediaContact.objects.filter(pk=contact["id"]).first() if contact else None
    if contact and (there is None or (not there.active and there.pk != report.contact_id)):
        sentence = _("The media contact “%(name)s” is no longer at work: the report comes back without one.")
        found.lost.append(sentence % {"name": contact["name"]})
        there = None
    if contact and there and there.name != contact["name"]:
        found.lost.append(_("The media contact “%(old)s” is called “%(new)s” now.") % {"old": contact["name"], "new": there.name})
    found.changes["contact"] = there


def _pictures(report: Report, rows: list[dict[str, Any]], by: User, found: Restoration) -> None:
    there = pictures_visible_to(by, report).in_bulk([row["image"] for row in rows])
    images = []
    for row in rows:
        image = there.get(row["image"])
        if image is None:
            sentence = _("Picture %(number)d is no longer there, or not yours to use: the report comes back without it.")
            found.lost.append(sentence % {"number": row["image"]})
            continue
        if (image.content_hash, image.credit) != (row["hash"], row["credit"]):
            sentence = _("Picture %(number)d or its credit was changed since: it comes back as it is now.")
            found.lost.append(sentence % {"number": image.pk})
        images.append({"image": image, **{name: row[name] for name in ("alt", "decorative", "caption", "lead")}})
    found.changes["images"] = images


def _missing(rows: Iterable[dict[str, Any]], there: dict[int, Any], sentence: str) -> list[str]:
    return [sentence % {"name": row["name"]} for row in rows if row["id"] not in there]


def _renamed(rows: Iterable[dict[str, Any]], there: dict[int, Any], sentence: str) -> Iterator[str]:
    """Once for each that has another name now."""
    pairs = {(row["name"], there[row["id"]].name) for row in rows if row["id"] in there}
    return (sentence % {"old": old, "new": new} for old, new in sorted(pairs) if old != new)


def _day(value: str | None) -> dt.date | None:
    return parse_date(value) if value else None
