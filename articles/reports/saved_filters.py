"""Filters of the list of reports that a person keeps under a name; an editor may share one with the desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User


class SavedFilter(models.Model):
    """What the list is asked for, as its address says it. The words of a search stand in it: it is read at the desk alone."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=600)
    shared = models.BooleanField(_("for the whole desk"), default=False)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        verbose_name = _("saved filter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="filter_name_once_a_person"),
            models.CheckConstraint(name="filter_has_name_and_query", condition=~models.Q(name="") & ~models.Q(query="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_code(self) -> str:
        return f"filter:{self.pk}"
