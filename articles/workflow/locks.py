"""The rows that an act which readers will see holds while it writes."""

from __future__ import annotations

from articles.editions.models import Edition
from articles.reports.models import Report


def locked_with_languages(report: Report) -> Report:
    """The report as it is now. Its row and its edition are locked, and those of its other languages with them, in one order for every act:

    their pages link to each other, and two that go public at once would each miss the other.
    """
    group = {"translation_group": report.translation_group}
    list(Report.objects.filter(**group).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    list(Edition.objects.filter(**group).order_by("uuid").select_for_update(of=("self",)).values_list("pk"))
    return Report.objects.get(pk=report.pk)
