"""What was done with a report, from the audit, with the comments and reasons given; and what a report holds, as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.acts import MOST_ROWS, Done, events_on, told
from articles.audit.models import AuditEvent
from articles.reports.models import BylineMode, Citation, Credit, DatelineMode, Kind, Precision, Report, Severity
from articles.reports.snapshot import snapshot
from articles.text.moments import moment
from articles.text.plain import plain_text

WRITES = ("create", "save", "submit", "publish", "publish_update", "release")
ENDS = ("withdraw", "take_down", "expire")
NAMES: dict[str, str | Promise] = {
    "headline": gettext_lazy("Headline"),
    "slug": gettext_lazy("Short name in the address"),
    "standfirst": gettext_lazy("Standfirst"),
    "body": gettext_lazy("Body"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "dateline": gettext_lazy("Dateline"),
    "byline_mode": gettext_lazy("Byline"),
    "bylines": gettext_lazy("Credits"),
    "event": gettext_lazy("Date of the event"),
    "regions": gettext_lazy("Regions"),
    "tags": gettext_lazy("Tags"),
    "citations": gettext_lazy("Sources"),
    "pictures": gettext_lazy("Pictures"),
    "contact": gettext_lazy("Media contact"),
    "call_to_action": gettext_lazy("Call to action"),
    "backstory": gettext_lazy("How it was reported"),
    "severity": gettext_lazy("Severity"),
    "makes_allegation": gettext_lazy("Accuses somebody"),
    "internal_note": gettext_lazy("Internal note"),
    "embargo_until": gettext_lazy("Embargo until"),
    "expire_at": gettext_lazy("Expire at"),
    "due_at": gettext_lazy("Due at"),
    "private_citations": gettext_lazy("Sources that readers do not see"),
}


def history_of(report: Report) -> list[Done]:
    """The newest 500 acts, newest first."""
    events = events_on(report.audit_code)
    rows = told(events)
    revisions = report.revisions.order_by("-number").values_list("number", "content_hash")[:MOST_ROWS]
    for place, (number, content_hash) in _paired(events, WRITES, revisions):
        if events[place].facts.get("hash") == content_hash:
            rows[place].revision = number
            if restored := events[place].facts.get("restored"):
                rows[place].what = _("Restored revision %(number)d") % {"number": restored}
    for place, text in _paired(events, ("request_changes", "comment"), report.review_comments.values_list("text", flat=True)[:MOST_ROWS]):
        rows[place].said = text
    for place, text in _paired(events, ENDS, report.withdrawals.values_list("reason", flat=True)[:MOST_ROWS]):
        rows[place].said = text
    return rows


def flat(content: dict[str, Any]) -> dict[str, str]:
    """A revision's content as plain text, field by field."""
    public, desk = content.get("public", {}), content.get("desk", {})
    found = {name: told_value(part[name], name) for part in (public, desk) for name in NAMES if name in part}
    found["body"] = plain_text(str(public.get("body", "")))
    if not public.get("event", {}).get("on"):
        found["event"] = ""
    return found


def told_value(value: Any, name: str = "") -> str:
    if isinstance(value, dict):
        if "name" in value and "id" in value:
            role = _("main") if value.get("primary") else LABELS["role"].get(value.get("role", ""), "")
            return f"{value['name']} ({role})" if role else str(value["name"])
        return " · ".join(text for key, each in value.items() if key not in ("id", "image", "hash") and (text := told_value(each, key)))
    if isinstance(value, list):
        return "\n".join(told_value(each, name) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else ""
    if name in TIMES and value and (at := parse_datetime(str(value))):
        return moment(at)
    return "" if value is None else str(LABELS.get(name, {}).get(str(value), value))


TIMES = ("embargo_until", "expire_at", "due_at")
LABELS: dict[str, dict[str, Any]] = {
    "severity": dict(Severity.choices),
    "kind": {**dict(Kind.choices), **dict(Citation.Kind.choices)},
    "mode": dict(DatelineMode.choices),
    "byline_mode": dict(BylineMode.choices),
    "precision": dict(Precision.choices),
    "published_precision": dict(Precision.choices),
    "role": dict(Credit.Role.choices),
}


def _paired(events: list[AuditEvent], verbs: tuple[str, ...], rows: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    """The places of the acts that leave such a row, each with its row; both are newest first."""
    places = [place for place, event in enumerate(events) if event.verb in verbs]
    return zip(places, rows, strict=False)


def facts_of(report: Report) -> list[tuple[str, str]]:
    """What a report holds besides its headline, standfirst and body, as (label, text)."""
    found = flat(snapshot(report))
    return [
        (str(label), found[name]) for name, label in NAMES.items() if found.get(name) and name not in ("headline", "standfirst", "body")
    ]
