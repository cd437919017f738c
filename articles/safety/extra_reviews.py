"""Another pair of eyes, legal or safety, when what a report says or how grave it is asks for it; and who looked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.people.models import User
from articles.reports.models import ApprovalRule, Kind, Report, Revision, Severity


class Review(models.TextChoices):
    LEGAL = "legal", _("Legal review")
    SAFETY = "safety", _("Safety review")


class ExtraReviewRule(models.Model):
    """When one kind of report needs one of the reviews before it goes out. A row that is missing asks for nothing."""

    class Demanded(models.TextChoices):
        NEVER = "never", pgettext_lazy("extra review", "Never")
        SEVERITY = "severity", _("When severity is high")
        ALLEGATION = "allegation", _("When it accuses somebody")
        EITHER = "either", _("When severity is high, or it accuses somebody")
        BOTH = "both", _("When severity is high and it accuses somebody")
        ALWAYS = "always", pgettext_lazy("extra review", "Always")

    review = models.CharField(_("review"), max_length=8, choices=Review)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    demanded = models.CharField(_("asked for"), max_length=12, choices=Demanded)

    class Meta:
        ordering: ClassVar = ["kind", "review"]
        verbose_name = _("rule for legal and safety review")
        verbose_name_plural = _("rules for legal and safety review")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "kind"], name="extra_review_rule_once"),
            models.CheckConstraint(
                name="extra_review_demand_known",
                condition=models.Q(demanded__in=("never", "severity", "allegation", "either", "both", "always")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_review_display()}"

    @property
    def audit_code(self) -> str:
        return f"extra-review:{self.review}.{self.kind.replace(' ', '-')}"

    def asks(self, report: Report) -> bool:
        """Whether a report of its kind, as grave and accusing as this one, needs the review. The trigger on editions asks the same in SQL."""
        high, accuses = report.severity == Severity.HIGH, report.makes_allegation
        demanded = self.Demanded
        return {
            demanded.NEVER: False,
            demanded.SEVERITY: high,
            demanded.ALLEGATION: accuses,
            demanded.EITHER: high or accuses,
            demanded.BOTH: high and accuses,
            demanded.ALWAYS: True,
        }[demanded(self.demanded)]


class ExtraSignOff(models.Model):
    """That a legal reviewer or a safety officer looked at exactly this text. It is void when the text changes, as an approval is."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="extra_sign_offs")
    review = models.CharField(max_length=8, choices=Review)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    rule = models.ForeignKey(ApprovalRule, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["report", "id"]
        verbose_name = _("extra sign-off")
        constraints: ClassVar = [
            models.CheckConstraint(name="extra_review_known", condition=models.Q(review__in=("legal", "safety"))),
            models.UniqueConstraint(
                fields=["report", "review", "content_hash"],
                condition=models.Q(voided_at__isnull=True),
                name="one_extra_sign_off_of_a_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_review_display()}, {self.person}"


def demanded_of(report: Report) -> list[str]:
    """Which reviews the report needs as it stands, in a fixed order."""
    asking = {rule.review for rule in ExtraReviewRule.objects.filter(kind=report.kind) if rule.asks(report)}
    return [review for review in Review.values if review in asking]


def standing(report: Report, content_hash: str) -> dict[str, ExtraSignOff]:
    """The sign-offs on exactly this text that are not void, by review."""
    rows = report.extra_sign_offs.filter(content_hash=content_hash, voided_at=None).select_related("person")
    return {row.review: row for row in rows}


def unsigned(review: str) -> Q:
    """As a filter of reports: that the review is asked for, and nobody has signed off the text that was saved last."""
    demanded = ExtraReviewRule.Demanded
    rules = ExtraReviewRule.objects.filter(review=review, kind=OuterRef("kind"))
    high, accuses = Q(severity=Severity.HIGH), Q(makes_allegation=True)
    asks = (
        Q(Exists(rules.filter(demanded=demanded.ALWAYS)))
        | (high & Exists(rules.filter(demanded__in=(demanded.SEVERITY, demanded.EITHER))))
        | (accuses & Exists(rules.filter(demanded__in=(demanded.ALLEGATION, demanded.EITHER))))
        | (high & accuses & Exists(rules.filter(demanded=demanded.BOTH)))
    )
    signed = ExtraSignOff.objects.filter(report=OuterRef("pk"), review=review, content_hash=OuterRef("content_hash"), voided_at=None)
    return asks & ~Exists(signed)
