"""What falls due: scheduled reports are released, live ones expire. The clock calls `run_due`."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.audit.chain import record
from articles.notices.models import Event
from articles.people.machines import CLOCK, machine
from articles.people.models import User
from articles.people.roles import PUBLISHER, holds
from articles.reports.models import PublicState, Report, Withdrawal
from articles.workflow.embargo_groups import called, members_of, reasons_against_release
from articles.workflow.publication import Ready, _go_dark, make_ready, put_out
from articles.workflow.refusals import Conflict, Reason, Refused, refuse_if
from articles.workflow.telling import tell

log = logging.getLogger("newsroom.clock")

ASK_BEYOND = dt.timedelta(hours=24)


def run_due(*, at: dt.datetime | None = None) -> int:
    """Releases and expires all that is due at that time; returns how many changed state. One that fails stays put and says why."""
    at = at or timezone.now()
    clock = machine(CLOCK)
    done = 0
    met: set[int] = set()
    for report in Report.objects.filter(public_state=PublicState.SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")[:100]:
        if report.pk not in met:  # else it went with its group, or stayed with it
            members = members_of(report) or [report]
            met |= {each.pk for each in members}
            done += len(members) if _release(members, by=clock, at=at) else 0
    for report in Report.objects.filter(public_state=PublicState.LIVE, expire_at__lte=at).order_by("expire_at")[:100]:
        done += _expire(report, by=clock, at=at)
    return done


def _expire(report: Report, *, by: User, at: dt.datetime) -> bool:
    try:
        _go_dark(report, "expire", by=by, kind=Withdrawal.Kind.EXPIRED, reason="", version=report.lock_version, at=at)
    except Refused:
        return False  # changed meanwhile: looked at again on the next round
    except Exception as error:  # one that fails keeps no other from its time
        log.error("a report did not expire: %s", type(error).__name__)
        return False
    return True


def _release(members: Sequence[Report], *, by: User, at: dt.datetime) -> bool:
    """Releases a report, or all of a group: when one of them fails, all stay put and say which one it is."""
    failures: dict[int, Exception] = {}
    for report in members:
        try:
            refuse_if(_release_reasons(report, late=_late(report, at)))
            refuse_if(reasons_against_release(report, "release", at=at) if len(members) > 1 else [])
        except Exception as error:  # one that fails keeps no other from its time
            failures[report.pk] = error
    if not failures:
        try:
            put_out([_ready(report, by=by, at=at) for report in members], by=by, at=at)
        except Exception as error:
            about = getattr(error, "report_id", None)
            failures |= dict.fromkeys([about] if about else [each.pk for each in members], error)
    if any(isinstance(error, Conflict) for error in failures.values()):
        return False  # changed meanwhile: looked at again on the next round
    for report in members if failures else ():
        _alert(report, _why_put(report, members, failures), by=by, at=at)
    return not failures


def _late(report: Report, at: dt.datetime) -> dt.timedelta:
    return at - report.publish_at if report.publish_at else dt.timedelta()


def _ready(report: Report, *, by: User, at: dt.datetime) -> Ready:
    facts = {"late_s": int(_late(report, at).total_seconds()), "for": report.scheduled_by.code if report.scheduled_by else ""}
    return make_ready(report, "release", by=by, version=report.lock_version, at=at, facts=facts)


def _why_put(report: Report, members: Sequence[Report], failures: Mapping[int, Exception]) -> str:
    error = failures.get(report.pk)
    if error is None:
        named = ", ".join(called(each) for each in members if each.pk in failures)
        return _("Held back with its group, of which this cannot go out: %(reports)s. All are tried again together.") % {"reports": named}
    if isinstance(error, Refused):
        return str(error)
    log.error("a release failed: %s", type(error).__name__)
    return _("The release failed for a reason that the clock's log names. It is tried again.")


def _release_reasons(report: Report, *, late: dt.timedelta) -> list[Reason]:
    reasons = []
    if report.scheduled_by is None or not holds(report.scheduled_by, PUBLISHER):
        reasons.append(Reason(_("Who scheduled this is no longer an active publisher: another publisher must publish or unschedule it.")))
    if report.scheduled_hash != report.content_hash:
        reasons.append(Reason(_("The report is no longer what was scheduled: unschedule it and have it approved again.")))
    if late > ASK_BEYOND:
        days = late.days
        sentence = ngettext(
            "This was due %(days)d day ago, when the clock was down.", "This was due %(days)d days ago, when the clock was down.", days
        )
        reasons.append(Reason(sentence % {"days": days} + " " + _("Publish it now, or unschedule it.")))
    return reasons


def _alert(report: Report, sentence: str, *, by: User, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            changed = Report.objects.filter(pk=report.pk, public_state=PublicState.SCHEDULED).exclude(release_alert=sentence)
            if changed.update(release_alert=sentence):
                record(by=by, verb="release_failed", target=report, at=at)
                tell(report, Event.RELEASE_FAILED, by=by, at=at)
    except DatabaseError as error:
        log.error("an alert was not written: %s", type(error).__name__)
