"""After a takedown: a second person looks at it, and two people together bring the report back among the unpublished, without its approvals."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.reports.models import PublicState, Report, Withdrawal
from articles.reports.takedowns import Reinstatement, ReinstatementRequest, TakedownReview
from articles.workflow.actions import _locked, _set_states
from articles.workflow.refusals import Reason, refuse_if
from articles.workflow.second_person import asked_by_others, asking_reasons, granting_reasons, review_reasons

LONGEST = 2000


def review_takedown(report: Report, *, by: User, text: str = "", version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Records that this person looked at the takedown and found it right. Never who took the report down."""
    text = _cleaned(text)
    with transaction.atomic():
        report = _locked(report, "review_takedown", by=by, version=version)
        refuse_if(review_reasons(report, by=by))
        refuse_if(_too_long(text, "text"))
        TakedownReview.objects.create(takedown=_takedown(report), person=by, text=text, at=at or timezone.now())
        record(by=by, verb="review_takedown", target=report, at=at)
        _set_states(report)
    return report


def ask_reinstatement(report: Report, *, by: User, reason: str, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Asks for a report back that was taken down; it stays down until another person grants it."""
    reason = _cleaned(reason)
    with transaction.atomic():
        report = _locked(report, "ask_reinstatement", by=by, version=version)
        refuse_if(asking_reasons(report, by=by))
        refuse_if(_needed(reason, "reason"))
        ReinstatementRequest.objects.create(report=report, takedown=_takedown(report), asked_by=by, reason=reason, at=at or timezone.now())
        record(by=by, verb="ask_reinstatement", target=report, at=at)
        _set_states(report)
    return report


def reinstate(report: Report, *, by: User, reason: str, version: int | None = None, at: dt.datetime | None = None) -> Report:
    """Grants what another person asked for: taken down → unpublished. Nothing is public by it; it is reviewed and published anew."""
    reason = _cleaned(reason)
    with transaction.atomic():
        report = _locked(report, "reinstate", by=by, version=version)
        refuse_if(granting_reasons(report, by=by))
        refuse_if(_needed(reason, "reason"))
        Reinstatement.objects.create(request=asked_by_others(report, by=by)[0], granted_by=by, reason=reason, at=at or timezone.now())
        _set_states(report, public=PublicState.UNPUBLISHED)
        record(by=by, verb="reinstate", target=report, at=at)
    return report


def _takedown(report: Report) -> Withdrawal:
    return Withdrawal.objects.filter(report=report, kind=Withdrawal.Kind.TAKEN_DOWN).latest("pk")


def _cleaned(text: str) -> str:
    return text.replace("\x00", "").strip()


def _needed(reason: str, field: str) -> list[Reason]:
    return _too_long(reason, field) if reason else [Reason(_("Give the reason: colleagues will ask for it."), field)]


def _too_long(text: str, field: str) -> list[Reason]:
    return [] if len(text) <= LONGEST else [Reason(_("Keep the reason under 2,000 characters."), field)]
