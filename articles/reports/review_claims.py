"""Who says "I am reviewing this": a word to colleagues, no lock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Report


class ReviewClaim(models.Model):
    """There while one person reviews a report that is in review (trigger); it ends with the review. What was, is in the audit."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="review_claim")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("claimed review")
        indexes: ClassVar = [models.Index(fields=["person", "at"], name="claims_of_a_person")]

    def __str__(self) -> str:
        return str(self.person)
