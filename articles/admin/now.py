"""The first page of the desk: what waits for this person, the most pressing first. What is empty is not shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.reviews import with_reviews
from articles.admin.takedowns import to_grant, to_review
from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.inquiries.models import MediaInquiry
from articles.inquiries.permissions import can_handle
from articles.people.models import User
from articles.people.roles import EDITOR, LEGAL_REVIEWER, PUBLISHER, REPORTER, SAFETY_OFFICER, TRANSLATOR, holds
from articles.reports import four_eyes
from articles.reports.lists import differing
from articles.reports.models import EditState, PublicState, Report, SignOff
from articles.reports.paging import first
from articles.reports.review_claims import ReviewClaim
from articles.safety.extra_reviews import Review, unsigned

SHOWN = 6
WARN_BEFORE = dt.timedelta(days=30)
NOT_LIVE = (PublicState.UNPUBLISHED, PublicState.SCHEDULED, PublicState.WITHDRAWN)
AT_WORK = (EditState.DRAFT, EditState.CHANGES_REQUESTED, EditState.IN_REVIEW)


@dataclass(frozen=True)
class Need:
    """A heading, the reports under it, the word on each one's button, and the list that holds all of them when there are more."""

    heading: str | Promise
    verb: str | Promise
    rows: list[Report]
    fact: str = "saved"
    everything: str = ""
    pressing: bool = False

    @property
    def reports(self) -> list[Report]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> str:
        return self.everything if len(self.rows) > SHOWN else ""


@dataclass(frozen=True)
class Inquiries:
    """How many inquiries wait for somebody to take them, and which of all that are open come next."""

    number: int
    first: list[MediaInquiry]


def needs_of(person: User, visible: QuerySet[Report], *, at: dt.datetime | None = None) -> list[Need]:
    """What the person can do next, by role; in each part what is due first, or has waited longest. Parts without a report are left out."""
    at = at or timezone.now()
    rows = visible.select_related("assigned_to").defer("body", "internal_note")
    needs = []
    if holds(person, EDITOR, PUBLISHER):
        stuck = rows.filter(public_state=PublicState.SCHEDULED).exclude(release_alert="").order_by("publish_at", "id")
        needs.append(_need(gettext_lazy("Not released"), gettext_lazy("Look at it"), stuck, fact="alert", pressing=True))
    needs += _taken_down(person, rows, at)
    if holds(person, REPORTER, TRANSLATOR, EDITOR):
        needs += _to_write(person, rows, at)
    if holds(person, EDITOR):
        needs += _to_review(person, rows)
    needs += _extra_reviews(person, rows)
    if holds(person, PUBLISHER):
        needs += [_to_publish(rows), _updates(rows)]
    scheduled = rows.filter(public_state=PublicState.SCHEDULED, release_alert="").order_by("publish_at", "id")
    needs.append(_need(gettext_lazy("Scheduled next"), gettext_lazy("Open"), scheduled, "public_state__exact=scheduled", fact="publish_at"))
    if holds(person, REPORTER, TRANSLATOR, EDITOR):
        drafts = rows.filter(edit_state=EditState.DRAFT, created_by=person).order_by("-saved_at", "-id")
        needs.append(_need(gettext_lazy("Your drafts"), gettext_lazy("Write on"), drafts, "edit_state__exact=draft&whose=mine"))
    needs = [need for need in needs if need.rows]
    with_reviews(report for need in needs for report in need.reports)
    return needs


def inquiries_waiting(person: User) -> Inquiries | None:
    """The open inquiries, the nearest deadline first, for those who handle them; None for everyone else."""
    if not can_handle(person):
        return None
    status = MediaInquiry.Status
    rows = MediaInquiry.objects.filter(status__in=(status.WAITING, status.TAKEN)).select_related("assigned_to").defer("sealed")
    first = rows.order_by("slow_lane", F("deadline_at").asc(nulls_last=True), "id")[:SHOWN]
    return Inquiries(MediaInquiry.objects.filter(status=status.WAITING).count(), list(first))


def keys_to_renew(person: User, *, at: dt.datetime | None = None) -> list[tuple[str, str]]:
    """(sentence, address) for each active contact whose certificate cannot be sealed to, or will expire soon; for press officers."""
    if not can_handle(person):
        return []
    at = at or timezone.now()
    found = []
    for contact in MediaContact.objects.filter(active=True).exclude(certificate=""):
        verdict = examine(contact.certificate, at=at)
        if not verdict.usable:
            sentence = _("The key of %(name)s cannot be used, and inquiries are not sealed to it.") % {"name": contact}
        elif verdict.expires_at and verdict.expires_at - at < WARN_BEFORE:
            sentence = _("The key of %(name)s expires on %(on)s.") % {"name": contact, "on": f"{verdict.expires_at:%Y-%m-%d}"}
        else:
            continue
        found.append((sentence, reverse("admin:articles_mediacontact_change", args=[contact.pk])))
    return found


def _to_write(person: User, rows: QuerySet[Report], at: dt.datetime) -> list[Need]:
    """What is assigned to the person with a date, and what they were asked to change."""
    dated = [rows.filter(assigned_to=person, edit_state=state, due_at__isnull=False) for state in AT_WORK]
    due = first(dated, rows, "due_at", "id", limit=SHOWN + 1)
    mine = Q(created_by=person) | Q(assigned_to=person) | _wrote(person)
    asked = rows.filter(mine, edit_state=EditState.CHANGES_REQUESTED).order_by("saved_at", "id")
    due_need = _need(gettext_lazy("Due"), gettext_lazy("Write on"), due, "whose=assigned", fact="due_at")
    late = any(report.due_at and report.due_at < at for report in due_need.reports)
    return [
        Need(due_need.heading, due_need.verb, due_need.rows, "due_at", due_need.everything, pressing=late),
        _need(gettext_lazy("Changes were asked for"), gettext_lazy("Change"), asked, "edit_state__exact=changes_requested"),
    ]


def _taken_down(person: User, rows: QuerySet[Report], at: dt.datetime) -> list[Need]:
    """What a second person must look at within a day, and what others ask to have back."""
    everything = f"{reverse('admin:articles_report_changelist')}?public_state__exact=taken_down"
    reviews = to_review(person, rows)
    late = any(report.due_at and report.due_at < at for report in reviews)
    return [
        Need(gettext_lazy("Takedowns to look at"), gettext_lazy("Look at it"), reviews, "due_at", everything, pressing=late),
        Need(gettext_lazy("Asked to reinstate"), gettext_lazy("Look at it"), to_grant(person, rows), "saved", everything),
    ]


def _to_review(person: User, rows: QuerySet[Report]) -> list[Need]:
    """What the person is reviewing, then what waits for a reviewer, then what colleagues review: each in the order of its waiting."""
    review = rows.filter(edit_state=EditState.IN_REVIEW).order_by("saved_at", "id")
    mine = review.filter(pk__in=ReviewClaim.objects.filter(person=person).values("report"))
    others = review if four_eyes.are_off() else review.exclude(_wrote(person))
    claimed = Exists(ReviewClaim.objects.filter(report=OuterRef("pk")))
    waiting = list(others.exclude(claimed)[: SHOWN + 1])
    if len(waiting) <= SHOWN:
        waiting += others.filter(pk__in=ReviewClaim.objects.exclude(person=person).values("report"))[: SHOWN + 1 - len(waiting)]
    everything = f"{reverse('admin:articles_report_changelist')}?edit_state__exact=in_review"
    return [
        _need(gettext_lazy("You are reviewing"), gettext_lazy("Go on"), mine),
        Need(gettext_lazy("To review"), gettext_lazy("Review"), waiting, everything=everything),
    ]


def _extra_reviews(person: User, rows: QuerySet[Report]) -> list[Need]:
    """What waits for the legal or the safety review that the person may give."""
    found = []
    for review, heading, role in (
        (Review.LEGAL, gettext_lazy("For legal review"), LEGAL_REVIEWER),
        (Review.SAFETY, gettext_lazy("For safety review"), SAFETY_OFFICER),
    ):
        if holds(person, role):
            asked = [
                report
                for state, public in ((EditState.IN_REVIEW, PublicState.values), (EditState.APPROVED, NOT_LIVE))
                for report in rows.filter(unsigned(review), edit_state=state, public_state__in=public).order_by("saved_at", "id")[
                    : SHOWN + 1
                ]
            ]
            found.append(Need(heading, gettext_lazy("Review"), asked[: SHOWN + 1]))
    return found


def _to_publish(rows: QuerySet[Report]) -> Need:
    """What is approved and not public. Each public state is read for itself, in the order of an index: most that is approved is live."""
    ready = [
        report
        for state in (PublicState.UNPUBLISHED, PublicState.WITHDRAWN)
        for report in rows.filter(edit_state=EditState.APPROVED, public_state=state).order_by("saved_at", "id")[: SHOWN + 1]
    ]
    everything = f"{reverse('admin:articles_report_changelist')}?edit_state__exact=approved&public_state__exact=unpublished"
    oldest = sorted(ready, key=lambda report: (report.saved_at, report.pk))[: SHOWN + 1]
    return Need(gettext_lazy("Approved, to publish"), gettext_lazy("Publish"), oldest, everything=everything)


def _updates(rows: QuerySet[Report]) -> Need:
    """What is live and has an approved text that readers do not get yet."""
    waiting = differing(rows.filter(edit_state=EditState.APPROVED, public_state=PublicState.LIVE)).order_by("saved_at", "id")
    query = "edit_state__exact=approved&public_state__exact=live&differs=yes"
    return _need(gettext_lazy("Approved updates, to publish"), gettext_lazy("Publish"), waiting, query)


def _need(
    heading: Promise, verb: Promise, rows: QuerySet[Report] | list[Report], query: str = "", *, fact: str = "saved", pressing: bool = False
) -> Need:
    everything = f"{reverse('admin:articles_report_changelist')}?{query}" if query else ""
    return Need(heading, verb, list(rows[: SHOWN + 1]), fact, everything, pressing)


def _wrote(person: User) -> Exists:
    """That the person wrote in the report's current round."""
    return Exists(SignOff.objects.filter(report=OuterRef("pk"), round=OuterRef("round"), person=person, part=SignOff.Part.WROTE))
