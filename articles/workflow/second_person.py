"""Why somebody cannot be the second person of a takedown or a reinstatement, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.people.models import User
from articles.reports.models import Report
from articles.reports.takedowns import ReinstatementRequest, takedown_of
from articles.workflow.permissions import can
from articles.workflow.refusals import Reason


def review_reasons(report: Report, *, by: User) -> list[Reason]:
    """Why this person cannot be the second to look at the takedown."""
    takedown = takedown_of(report)
    if takedown is None:
        return []
    if hasattr(takedown, "review"):
        return [Reason(_("%(who)s has looked at this takedown already.") % {"who": takedown.review.person})]
    if takedown.person_id == by.pk:
        return [Reason(_("You took it down yourself: somebody else must look at it."))]
    return []


def asking_reasons(report: Report, *, by: User) -> list[Reason]:
    """Why this person cannot ask for the report back."""
    takedown = takedown_of(report)
    if takedown and ReinstatementRequest.objects.filter(takedown=takedown, asked_by=by).exists():
        return [Reason(_("You have asked already: another publisher or safety officer must grant it."))]
    return []


def granting_reasons(report: Report, *, by: User) -> list[Reason]:
    """Why this person cannot grant it: nobody else who still may has asked."""
    if asked_by_others(report, by=by):
        return []
    takedown = takedown_of(report)
    if takedown and ReinstatementRequest.objects.filter(takedown=takedown, asked_by=by).exists():
        return [Reason(_("You asked for it yourself: another publisher or safety officer must grant it."))]
    return [Reason(_("Nobody has asked for it yet: another publisher or safety officer must ask first, and give the reason."))]


def asked_by_others(report: Report, *, by: User) -> list[ReinstatementRequest]:
    """What stands asked of the newest takedown, by others who still may ask; the newest first."""
    takedown = takedown_of(report)
    if takedown is None:
        return []
    asked = ReinstatementRequest.objects.filter(takedown=takedown).exclude(asked_by=by).select_related("asked_by")
    return [request for request in asked if can(request.asked_by, "ask_reinstatement", report)]


SECOND_PERSON = {"review_takedown": review_reasons, "ask_reinstatement": asking_reasons, "reinstate": granting_reasons}
"""Verb -> its reasons."""
