"""What a report must have before it goes out, per kind, and what people vouch for. No reader's page reads a table of this room."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.people.models import User
from articles.reports.models import Kind, Report


class Requirement(models.Model):
    """How much one requirement weighs for one kind of report. A row that is missing weighs what its class says."""

    class Code(models.TextChoices):
        ALT_TEXT = "alt_text", _("Alternative text")
        RIGHTS = "rights", _("Rights to the pictures")
        CREDIT = "credit", _("Credit of the pictures")
        REGION = "region", _("Region")
        LINKS = "links", _("Links")
        HEADLINE_LENGTH = "headline_length", _("Length of the headline")
        CITATIONS = "citations", _("Sources")
        RIGHT_OF_REPLY = "right_of_reply", _("Right of reply")
        CONSENT = "consent", _("Consent")

    class Level(models.TextChoices):
        REQUIRED = "required", _("Required")
        RECOMMENDED = "recommended", _("Recommended")
        OFF = "off", _("Off")

    FIXED = (Code.ALT_TEXT, Code.RIGHTS, Code.REGION, Code.LINKS)

    code = models.CharField(_("requirement"), max_length=20, choices=Code)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.CharField(_("weight"), max_length=12, choices=Level)
    max_characters = models.PositiveSmallIntegerField(
        _("at most, in characters"), null=True, blank=True, validators=[MinValueValidator(20), MaxValueValidator(200)]
    )

    class Meta:
        ordering: ClassVar = ["kind", "code"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "kind"], name="requirement_once_per_kind"),
            models.CheckConstraint(name="requirement_level_known", condition=models.Q(level__in=("required", "recommended", "off"))),
            models.CheckConstraint(
                name="fixed_requirements_stay_required",
                condition=~models.Q(code__in=("alt_text", "rights", "region", "links")) | models.Q(level="required"),
            ),
            models.CheckConstraint(
                name="only_the_headline_has_a_limit",
                condition=models.Q(code="headline_length", max_characters__isnull=False)
                | (~models.Q(code="headline_length") & models.Q(max_characters__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_code_display()}"

    @property
    def is_fixed(self) -> bool:
        """Whether it stays required: a public page without it would be refused or unlawful anyway."""
        return self.code in self.FIXED

    @property
    def audit_code(self) -> str:
        return f"requirement:{self.code}.{self.kind.replace(' ', '-')}"


class Assurance(models.Model):
    """What a person vouches for, or why a requirement is waived for one report. Append-only (trigger): the newest of a subject counts.

    Kept like an internal note: in no revision, no edition and no text of the audit.
    """

    class Subject(models.TextChoices):
        CITATIONS = "citations", _("Sources")
        RIGHT_OF_REPLY = "right_of_reply", _("Right of reply")
        CONSENT = "consent", _("Consent")

    class Answer(models.TextChoices):
        NO_ANSWER = "no_answer", _("Asked, no answer yet")
        DECLINED = "declined", _("Asked, and declined to answer")
        ANSWERED = "answered", _("Answered, and the answer is published")
        OBTAINED = "obtained", _("Consent obtained")
        NOT_NEEDED = "not_needed", _("Consent not needed")
        WITHHELD = "withheld", _("Consent withheld")
        WAIVED = "waived", _("Waived")
        TAKEN_BACK = "taken_back", _("Taken back")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="assurances")
    subject = models.CharField(max_length=16, choices=Subject)
    answer = models.CharField(max_length=12, choices=Answer)
    asked = models.CharField(_("who was asked"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    pictures_hash = models.CharField(max_length=64)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("assurance")
        indexes: ClassVar = [models.Index(fields=["report", "-at", "-id"], name="assurances_of_a_report")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="waiver_gives_its_reason",
                condition=~models.Q(answer__in=("waived", "not_needed", "answered")) | ~models.Q(text=""),
            ),
            models.CheckConstraint(
                name="reply_names_who_and_when",
                condition=~models.Q(answer__in=("no_answer", "declined", "answered"))
                | (models.Q(asked_on__isnull=False) & ~models.Q(asked="")),
            ),
        ]
