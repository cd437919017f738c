"""One act on several reports: on each by itself, through the act of its own button, with its own rights, lock and refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.people.models import User
from articles.reports.models import Report
from articles.taxonomy.models import Tag
from articles.workflow import actions
from articles.workflow.permissions import can_view
from articles.workflow.refusals import Reason, Refused, refuse_if

MOST = 50
"""Reports at a time. Publication, approval and what takes a report out of sight are not done so: each wants a look at the text."""


@dataclass(frozen=True)
class Outcome:
    """What became of one report: done, nothing to do, or the reasons why not."""

    report: Report
    done: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Together:
    """An act that several reports can share: its name, and what it does to one of them."""

    label: str | Promise
    needs: str
    do: Callable[..., Any]


def do_each(verb: str, seen: Sequence[tuple[int, int]], *, by: User, given: Mapping[str, Any]) -> list[Outcome]:
    """What became of each (key, version seen); a report that the person may not know of is left out. Each is a transaction of its own."""
    refuse_if([] if seen else [Reason(_("Choose the reports first."))])
    refuse_if([] if len(seen) <= MOST else [Reason(_("Choose at most 50 reports at a time."))])
    outcomes = []
    for key, version in dict(seen).items():
        report = Report.objects.filter(pk=key).first()
        if report is None or not can_view(by, report):
            continue
        try:
            changed = ACTS[verb].do(report, by=by, version=version, **given)
        except Refused as refusal:
            outcomes.append(Outcome(report, done=False, reasons=tuple(str(reason) for reason in refusal.reasons)))
        else:
            outcomes.append(Outcome(report, done=changed, reasons=() if changed else (_("It is so already: nothing was changed."),)))
    return outcomes


def _assign(report: Report, *, by: User, version: int, person: User | None) -> bool:
    if report.assigned_to == person:
        return False
    if person is not None and not (person.is_active and person.is_staff and not person.is_machine):
        raise Refused([Reason(_("This person does not work at the desk any more: choose somebody else."))])
    actions.save(report, by=by, version=version, assigned_to=person)
    return True


def _set_due(report: Report, *, by: User, version: int, due_at: dt.datetime | None) -> bool:
    if report.due_at == due_at:
        return False
    actions.save(report, by=by, version=version, due_at=due_at)
    return True


def _add_tag(report: Report, *, by: User, version: int, tag: Tag) -> bool:
    tags = list(report.tags.all())
    if tag in tags:
        return False
    actions.save(report, by=by, version=version, tags=[*tags, tag])
    return True


def _remove_tag(report: Report, *, by: User, version: int, tag: Tag) -> bool:
    tags = list(report.tags.all())
    if tag not in tags:
        return False
    actions.save(report, by=by, version=version, tags=[each for each in tags if each != tag])
    return True


def _submit(report: Report, *, by: User, version: int) -> bool:
    actions.submit(report, by=by, version=version)
    return True


ACTS: dict[str, Together] = {
    "assign": Together(gettext_lazy("Assign"), "person", _assign),
    "due": Together(gettext_lazy("Set the due date"), "due_at", _set_due),
    "add_tag": Together(gettext_lazy("Add a tag"), "tag", _add_tag),
    "remove_tag": Together(gettext_lazy("Remove a tag"), "tag", _remove_tag),
    "submit": Together(gettext_lazy("Submit for review"), "", _submit),
}
