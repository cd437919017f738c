"""The embargo of a report holds for all its languages: a change on one is a change on each, or on none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.reports.models import PublicState, Report
from articles.text.languages import own_name
from articles.workflow.permissions import can
from articles.workflow.refusals import Reason, Refused


def lock_if_shared(report: Report, changes: Mapping[str, Any], *, by: User) -> list[Report]:
    """The report's other languages, when these changes move the embargo that they share: locked with it, by key, as all acts lock them.

    Call it before the report itself is locked. Raises Refused when the person may not move it for all of them.
    """
    if "embargo_until" not in changes or changes["embargo_until"] == report.embargo_until:
        return []
    group = Report.objects.filter(translation_group=report.translation_group).order_by("pk")
    others = [each for each in group.select_for_update(of=("self",)) if each.pk != report.pk]
    for other in others:
        named = {"language": own_name(other.language)}
        if other.public_state == PublicState.SCHEDULED:
            sentence = _("The embargo holds for all languages, and the version in %(language)s is scheduled: unschedule it first.")
            raise Refused([Reason(sentence % named, "embargo_until")])
        if not can(by, "save", other):
            sentence = _("The embargo holds for all languages, and the version in %(language)s is not yours to change: ask an editor.")
            raise Refused([Reason(sentence % named, "embargo_until")])
    return others


def spread(
    others: list[Report], embargo_until: dt.datetime | None, *, by: User, keep: Callable[[Report], None], at: dt.datetime | None
) -> None:
    """Writes the embargo to the other languages; `keep` adds the revision of each."""
    for other in others:
        if other.embargo_until == embargo_until:
            continue
        other.embargo_until = embargo_until
        other.lock_version += 1
        other.save(update_fields=["embargo_until", "lock_version", "saved_at"])
        keep(other)
        record(by=by, verb="share_embargo", target=other, facts={"hash": other.content_hash}, at=at)
