"""How a draft's fields and parts are written: the part of `create` and `save` that knows columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.reports.models import Citation, Credit, Kind, Report, ReportImage, ReportRegion, TaggedReport
from articles.taxonomy.slugs import RESERVED
from articles.text.sanitise import sanitise, without_controls
from articles.workflow.guards import UNLISTED_KINDS
from articles.workflow.refusals import Reason, Refused

FIELDS = frozenset(
    {
        "kind", "headline", "slug", "standfirst", "body", "dateline_on", "dateline_place", "dateline_region", "dateline_source",
        "dateline_mode", "byline_mode", "event_on", "event_precision", "contact", "call_to_action", "call_to_action_link",
        "backstory", "severity", "makes_allegation", "internal_note", "embargo_until", "expire_at", "assigned_to", "due_at", "translated_from",
    }
)  # fmt: skip
PARTS = frozenset({"regions", "primary_region", "tags", "credits", "citations", "images"})


def set_fields(report: Report, changes: Mapping[str, Any]) -> None:
    """Sets the report's columns from the changes, unsaved. Raises Refused with a reason per field that has a wrong shape."""
    if unknown := changes.keys() - FIELDS - PARTS:
        msg = f"not fields of a report: {', '.join(sorted(unknown))}"
        raise TypeError(msg)
    for name in changes.keys() & FIELDS:
        value = changes[name]
        if name == "body":
            value = sanitise(value)
        elif name == "slug":
            value = value or None
        elif isinstance(value, str):
            value = without_controls(value).strip()
        setattr(report, name, value)
    reasons = []
    try:
        report.clean_fields(exclude=["created_by"])
    except ValidationError as error:
        reasons += [Reason(sentence, field) for field, sentences in error.message_dict.items() for sentence in sentences]
    reasons += _slug_reasons(report)
    if reasons:
        raise Refused(reasons)


def _slug_reasons(report: Report) -> list[Reason]:
    if not report.slug:
        if Report.objects.filter(pk=report.pk, slug__isnull=False).exists():
            return [Reason(_("A report that was submitted keeps an address: give it a short name for its address."), "slug")]
        return []
    if report.kind in UNLISTED_KINDS and report.slug in RESERVED:
        return [Reason(_("The site uses this address itself: choose another short name."), "slug")]
    if Report.objects.filter(language=report.language, slug=report.slug).exclude(pk=report.pk).exists():
        return [Reason(_("Another report in this language has this short name in its address: choose another."), "slug")]
    return []


def write_parts(report: Report, changes: Mapping[str, Any]) -> None:
    """Replaces the report's rows named in the changes: regions, tags, credits, citations, images. The report is saved and locked."""
    if "regions" in changes:
        _write_regions(report, changes["regions"], changes.get("primary_region"))
    if "tags" in changes:
        _replace_if_changed(TaggedReport, "content_object", report, [{"tag_id": tag.pk} for tag in dict.fromkeys(changes["tags"])])
    if "credits" in changes:
        pairs = [(row["byline"], row.get("role", Credit.Role.AUTHOR)) for row in changes["credits"]]
        _check_once(pairs, _("A byline stands twice in one role: take one of the rows away."), "credits")
        if report.kind != Kind.PROFILE and any(role == Credit.Role.SUBJECT for _byline, role in pairs):
            raise Refused([Reason(_("Only a profile is about a byline: choose another role, or the kind “profile”."), "credits")])
        _replace_if_changed(Credit, "report", report, _ordered(changes["credits"], {"byline", "role", "shown"}))
    if "citations" in changes:
        allowed = {
            "kind",
            "title",
            "publisher",
            "address",
            "published_on",
            "published_precision",
            "page",
            "accessed_on",
            "archive_address",
            "public",
        }
        _replace_if_changed(Citation, "report", report, _ordered(changes["citations"], allowed))
    if "images" in changes:
        _check_once([row["image"] for row in changes["images"]], _("A picture stands twice: take one of the rows away."), "pictures")
        leads = [True for row in changes["images"] if row.get("lead")]
        _check_once(leads, _("Two pictures are marked as the lead: choose one."), "pictures")
        _replace_if_changed(ReportImage, "report", report, _ordered(changes["images"], {"image", "alt", "decorative", "caption", "lead"}))


def _check_once(keys: Sequence[object], sentence: str, field: str) -> None:
    if len(set(keys)) != len(keys):
        raise Refused([Reason(sentence, field)])


def _write_regions(report: Report, regions: Sequence[Any], primary: Any) -> None:
    regions = list(dict.fromkeys(regions))
    if primary is not None and primary not in regions:
        regions.insert(0, primary)
    if regions and primary is None:
        primary = regions[0]
    rows = [{"region_id": region.pk, "is_primary": region == primary} for region in regions]
    _replace_if_changed(ReportRegion, "report", report, rows)


def _ordered(rows: Sequence[Mapping[str, Any]], allowed: set[str]) -> list[dict[str, Any]]:
    for row in rows:
        if unknown := row.keys() - allowed:
            msg = f"not fields of this part: {', '.join(sorted(unknown))}"
            raise TypeError(msg)
    return [
        {**{name: without_controls(value) if isinstance(value, str) else value for name, value in row.items()}, "order": order}
        for order, row in enumerate(rows)
    ]


def _replace_if_changed(model: Any, key: str, report: Report, rows: Sequence[Mapping[str, Any]]) -> None:
    fresh = [model(**{key: report}, **row) for row in rows]
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    kept = list(model.objects.filter(**{key: report}).order_by("id"))
    if [[getattr(row, name) for name in names] for row in kept] == [[getattr(row, name) for name in names] for row in fresh]:
        return
    reasons = []
    for row in fresh:
        try:
            row.clean_fields(exclude=[key])
        except ValidationError as error:
            reasons += [Reason(sentence, model._meta.model_name) for sentences in error.message_dict.values() for sentence in sentences]
    if reasons:
        raise Refused(reasons)
    model.objects.filter(**{key: report}).delete()
    model.objects.bulk_create(fresh)
