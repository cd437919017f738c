"""The rows that an act which readers will see holds while it writes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from articles.editions.models import Edition
from articles.reports.models import Report


def locked_with_languages(report: Report) -> Report:
    """The report as it is now. Its row and its edition are locked, and those of its other languages with them, in one order for every act:

    their pages link to each other, and two that go public at once would each miss the other.
    """
    lock_families([report.translation_group])
    return Report.objects.get(pk=report.pk)


def lock_families(groups: Iterable[UUID]) -> None:
    """Locks the reports of those translation groups by key, then their editions by uuid."""
    group = {"translation_group__in": set(groups)}
    list(Report.objects.filter(**group).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    list(Edition.objects.filter(**group).order_by("uuid").select_for_update(of=("self",)).values_list("pk"))
