"""Who works on a report, and until when. No part of the text: no version moves, no approval falls."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.notices.models import Event
from articles.people.models import User
from articles.people.roles import EDITOR, REPORTER, TRANSLATOR
from articles.reports.models import Report
from articles.workflow.permissions import check_can
from articles.workflow.refusals import Reason, refuse_if
from articles.workflow.telling import tell


def assign(
    report: Report,
    *,
    by: User,
    assigned_to: User | None,
    due_at: dt.datetime | None,
    version: int | None = None,
    at: dt.datetime | None = None,
) -> Report:
    """Says who works on the report and when it is due (UTC); None for nobody, and for no date. The last word counts, whatever `version` was seen."""
    at = at or timezone.now()
    with transaction.atomic():
        fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        check_can(by, "assign", fresh)
        if assigned_to and assigned_to.pk != fresh.assigned_to_id and not may_work_on(fresh).filter(pk=assigned_to.pk).exists():
            sentence = _("Choose a reporter, an editor, or a translator into the language of the report.")
            refuse_if([Reason(sentence, "assigned_to")])
        if (assigned_to.pk if assigned_to else None, due_at) == (fresh.assigned_to_id, fresh.due_at):
            refuse_if([Reason(_("It is assigned so already."))])
        before = fresh.assigned_to_id, fresh.due_at
        fresh.assigned_to, fresh.due_at = assigned_to, due_at
        fresh.save(update_fields=["assigned_to", "due_at"])
        record_assignment(fresh, before=before, by=by, at=at)
    return fresh


def record_assignment(report: Report, *, before: tuple[int | None, dt.datetime | None], by: User, at: dt.datetime | None) -> None:
    """The audit's line, by the person's code, and the notice to whom it is assigned, when either changed; in the caller's transaction."""
    if (report.assigned_to_id, report.due_at) == before:
        return
    facts = {"to": report.assigned_to.code if report.assigned_to else "", "due": report.due_at.isoformat() if report.due_at else ""}
    record(by=by, verb="assign", target=report, facts=facts, at=at)
    if report.assigned_to_id not in (None, before[0]):
        tell(report, Event.ASSIGNED, by=by, at=at)


def may_work_on(report: Report) -> QuerySet[User]:
    """The active people who could write the report if it were assigned to them."""
    people = User.objects.filter(is_active=True, is_staff=True, is_machine=False)
    translators = people.filter(groups__name=TRANSLATOR).values_list("pk", "languages")
    fluent = [key for key, languages in translators if report.language in languages]
    writers = people.filter(Q(groups__name__in=(REPORTER, EDITOR)) | Q(pk__in=fluent)).values("pk")
    return User.objects.filter(pk__in=writers).order_by("username")
