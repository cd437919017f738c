"""Which reports go out together: the members of an embargo group. One report stands in one group at most, and leaves it once it is out."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from articles.people.models import User
from articles.reports.models import Report


class EmbargoMember(models.Model):
    """That a report goes out with the others of its group, or not at all."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    group = models.UUIDField(db_index=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["report_id"]

    def __str__(self) -> str:
        return f"{self.report_id}"


def group_of(report: Report) -> UUID | None:
    """The group in which the report stands."""
    return EmbargoMember.objects.filter(report=report.pk).values_list("group", flat=True).first()


def keys_with(report: Report) -> list[int]:
    """The keys of all that go out with the report, its own among them, in order; it alone when it stands in no group."""
    group = group_of(report)
    return list(EmbargoMember.objects.filter(group=group).order_by("report").values_list("report", flat=True)) if group else [report.pk]
