"""Preview links: made, revoked and opened. The token is shown once and kept nowhere; its SHA-256 finds the link."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.people.roles import PUBLISHER, SAFETY_OFFICER, holds
from articles.reports.models import PublicState, Report
from articles.reports.preview_links import PreviewLink
from articles.workflow.permissions import can, can_view, check_can, check_can_view
from articles.workflow.refusals import Reason, Refused, refuse_if

HOURS = (1, 8, 24, 48, 168, 336)
MOST_OPEN = 20
"""So many links of one report lead somewhere at a time."""
TOKEN = re.compile(r"\A[A-Za-z0-9_-]{22}\Z", re.ASCII)


def make(report: Report, *, by: User, label: str, hours: int, at: dt.datetime | None = None) -> tuple[PreviewLink, str]:
    """A link to the newest revision, and its token of 128 bits, which cannot be read again."""
    at = at or timezone.now()
    label = label.replace("\x00", "").strip()
    check_can_view(by, report)
    check_can(by, "save", report)
    refuse_if([] if label and len(label) <= 120 else [Reason(_("Say for whom the link is, in up to 120 characters."), "label")])
    refuse_if([] if hours in HOURS else [Reason(_("Choose how long the link is open."), "hours")])
    token = secrets.token_urlsafe(16)
    with transaction.atomic():
        fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if fresh.public_state == PublicState.TAKEN_DOWN:
            raise Refused([Reason(_("The report was taken down: nobody is shown it."))])
        if fresh.preview_links.open_at(at).count() >= MOST_OPEN:
            raise Refused([Reason(_("This report has 20 links that are open: revoke one first."))])
        revision = fresh.revisions.latest("number")
        link = PreviewLink.objects.create(
            report=fresh,
            revision=revision,
            token_hash=_hash(token),
            label=label,
            made_by=by,
            made_at=at,
            until=at + dt.timedelta(hours=hours),
        )
        record(by=by, verb="make_preview_link", target=fresh, facts={"link": link.pk, "revision": revision.number, "hours": hours}, at=at)
    return link, token


def can_revoke(person: User, report: Report) -> bool:
    """Whether the person may end the report's links: its writers and editors, publishers and safety officers."""
    return can_view(person, report) and (can(person, "save", report) or holds(person, PUBLISHER, SAFETY_OFFICER))


def revoke(link: PreviewLink, *, by: User, at: dt.datetime | None = None) -> None:
    """Ends the link at once and for good; one that has ended stays as it is."""
    if not can_revoke(by, link.report):
        check_can(by, "save", link.report)
    at = at or timezone.now()
    with transaction.atomic():
        if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
            record(by=by, verb="revoke_preview_link", target=link.report, facts={"link": link.pk}, at=at)


def find(token: str, *, at: dt.datetime | None = None) -> PreviewLink | None:
    """The link of that token when it is open and its revision has its text; None for all else, whatever the cause."""
    if not TOKEN.match(token):
        return None
    links = PreviewLink.objects.open_at(at or timezone.now()).select_related("report", "revision")
    link = links.exclude(report__public_state=PublicState.TAKEN_DOWN).filter(token_hash=_hash(token)).first()
    return link if link and link.revision.content else None


def count_opening(link: PreviewLink, *, at: dt.datetime | None = None) -> bool:
    """Counts one opening and its day; False when the link was ended, or opened as often as may be, meanwhile."""
    at = at or timezone.now()
    return bool(PreviewLink.objects.open_at(at).filter(pk=link.pk).update(opens=F("opens") + 1, opened_on=at.date()))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
