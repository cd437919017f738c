"""Presence: which pages of a report's form are open. Nobody is held off by it: a row says who writes, and ends by itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from articles.people.models import User
from articles.reports.models import Report


class Presence(models.Model):
    """One open form of one person. It counts until its time is over, whether or not the page said that it closes."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "person", "page"], name="a_page_is_open_once"),
            models.CheckConstraint(name="presence_ends", condition=models.Q(until__gt=models.F("since"))),
        ]

    def __str__(self) -> str:
        return self.page
