"""The desk's working copies: reports, their parts, revisions and sign-offs. No reader's page reads a table of this room."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import ItemBase

from articles.contacts.models import MediaContact
from articles.images.models import Image
from articles.people.models import Byline, User
from articles.reports.lists import INDEXES
from articles.taxonomy.models import Region, Tag

slug_shape = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters a–z, figures and single hyphens, such as “church-closed-in-lagos”."),
)


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    REPORT = "report", _("Report")
    STATEMENT = "statement", _("Statement")
    URGENT_ACTION = "urgent action", _("Urgent action")
    INTERVIEW = "interview", _("Interview")
    OPINION = "opinion", _("Opinion")
    PRESS_RELEASE = "press release", _("Press release")
    EXPLAINER = "explainer", _("Explainer")
    PAGE = "page", _("Page")
    PROFILE = "profile", _("Profile")


class EditState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")


class PublicState(models.TextChoices):
    UNPUBLISHED = "unpublished", _("Not published")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TAKEN_DOWN = "taken_down", _("Taken down")


class DatelineMode(models.TextChoices):
    SHOWN = "shown", _("Place shown")
    COARSE = "coarse", _("Region only")
    WITHHELD = "withheld", _("Place withheld")


class BylineMode(models.TextChoices):
    NAMED = "named", _("Named")
    ORGANISATION = "organisation", _("The organisation")
    WITHHELD = "withheld", _("Withheld")


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    UNKNOWN = "unknown", _("Unknown")


class Severity(models.TextChoices):
    NORMAL = "normal", pgettext_lazy("severity", "Normal")
    HIGH = "high", pgettext_lazy("severity", "High: somebody could be harmed")


class TaggedReport(ItemBase):
    """A tag on a report; the tag outlives it and cannot be deleted from under it."""

    content_object = models.ForeignKey("articles.Report", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="report_tagged_once")]


class Report(models.Model):
    """One report as the desk works on it. Its states are written by `workflow.actions` alone."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=16)
    translation_group = models.UUIDField(default=uuid4, editable=False)
    translated_from = models.ForeignKey(
        "articles.Revision", verbose_name=_("translated from"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    slug = models.CharField(_("slug"), max_length=80, null=True, blank=True, validators=[slug_shape])  # noqa: DJ001 - NULL until submitted: unique where set
    standfirst = models.CharField(_("standfirst"), max_length=400, blank=True)
    body = models.TextField(_("body"), blank=True)

    dateline_on = models.DateField(_("date"), null=True, blank=True)
    dateline_place = models.CharField(_("place"), max_length=120, blank=True)
    dateline_region = models.ForeignKey(
        Region, verbose_name=_("region of the dateline"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dateline_source = models.CharField(_("source"), max_length=120, blank=True, help_text=_("Blank: the organisation's short name."))
    dateline_mode = models.CharField(_("place of the dateline"), max_length=10, choices=DatelineMode, default=DatelineMode.SHOWN)
    byline_mode = models.CharField(_("byline"), max_length=14, choices=BylineMode, default=BylineMode.ORGANISATION)
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    event_precision = models.CharField(_("precision"), max_length=8, choices=Precision, default=Precision.UNKNOWN)

    tags = models.ManyToManyField(Tag, through=TaggedReport, related_name="+", blank=True, verbose_name=_("tags"))
    regions = models.ManyToManyField(Region, through="articles.ReportRegion", related_name="+", blank=True, verbose_name=_("regions"))
    contact = models.ForeignKey(
        MediaContact, verbose_name=_("media contact"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    call_to_action = models.CharField(_("call to action"), max_length=300, blank=True)
    call_to_action_link = models.URLField(_("link of the call to action"), blank=True)
    backstory = models.CharField(
        _("how it was reported"),
        max_length=1000,
        blank=True,
        help_text=_("For readers: whom you spoke with, what you checked, what you could not. Nothing that leads to a source."),
    )
    severity = models.CharField(
        _("severity"), max_length=6, choices=Severity, default=Severity.NORMAL,
        help_text=_("High when it names or shows a person at risk, or must go out in haste."),
    )  # fmt: skip
    makes_allegation = models.BooleanField(
        _("accuses somebody"),
        default=False,
        help_text=_("It says of a person or an organisation that can be recognised that they did wrong."),
    )
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("Never published."))

    edit_state = models.CharField(_("edit state"), max_length=20, choices=EditState, default=EditState.DRAFT, editable=False)
    public_state = models.CharField(_("public state"), max_length=12, choices=PublicState, default=PublicState.UNPUBLISHED, editable=False)
    round = models.PositiveIntegerField(default=1, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    path = models.CharField(max_length=200, blank=True, editable=False)
    live_hash = models.CharField(max_length=64, blank=True, editable=False)

    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    scheduled_by = models.ForeignKey(User, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+")
    scheduled_hash = models.CharField(max_length=64, blank=True, editable=False)
    release_alert = models.TextField(blank=True, editable=False)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    expire_at = models.DateTimeField(_("expire at"), null=True, blank=True)
    assigned_to = models.ForeignKey(User, verbose_name=_("assigned to"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    created_by = models.ForeignKey(User, verbose_name=_("created by"), on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes: ClassVar = INDEXES
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["translation_group", "language"], name="one_report_per_language_of_a_group"),
            models.UniqueConstraint(fields=["language", "slug"], condition=models.Q(slug__isnull=False), name="slug_once_per_language"),
            models.CheckConstraint(name="edit_state_known", condition=models.Q(edit_state__in=EditState.values)),
            models.CheckConstraint(name="severity_known", condition=models.Q(severity__in=Severity.values)),
            models.CheckConstraint(name="public_state_known", condition=models.Q(public_state__in=PublicState.values)),
            models.CheckConstraint(
                name="submitted_has_slug_and_headline",
                condition=models.Q(edit_state=EditState.DRAFT) | (models.Q(slug__isnull=False) & ~models.Q(headline="")),
            ),
            models.CheckConstraint(
                name="scheduled_names_time_person_and_hash",
                condition=~models.Q(public_state=PublicState.SCHEDULED)
                | (models.Q(publish_at__isnull=False, scheduled_by__isnull=False) & ~models.Q(scheduled_hash="")),
            ),
            models.CheckConstraint(
                name="live_names_hash_and_path",
                condition=~models.Q(public_state=PublicState.LIVE)
                | (models.Q(published_at__isnull=False) & ~models.Q(live_hash="") & ~models.Q(path="")),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("Untitled report"))

    @property
    def audit_code(self) -> str:
        return f"report:{self.uuid}"


class ReportRegion(models.Model):
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="report_regions")
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+")
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        verbose_name = _("region of the report")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "region"], name="region_once_per_report"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(is_primary=True), name="one_primary_region"),
        ]


class Credit(models.Model):
    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        REPORTING = "reporting", _("Reporting")
        PHOTOGRAPHY = "photography", _("Photography")
        TRANSLATION = "translation", _("Translation")
        EDITING = "editing", _("Editing")
        RESEARCH = "research", _("Research")
        SUBJECT = "subject", _("Subject of the profile")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="credits")
    byline = models.ForeignKey(Byline, verbose_name=_("byline"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    shown = models.BooleanField(_("shown to readers"), default=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("credit")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "byline", "role"], name="credit_once_per_role")]


class Citation(models.Model):
    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document")
        INTERVIEW = "interview", _("Interview")
        MEDIA = "media", _("Media")
        OFFICIAL = "official", _("Official source")
        DATASET = "dataset", _("Data set")
        OBSERVATION = "observation", _("Own observation")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="citations")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_precision = models.CharField(_("precision"), max_length=8, choices=Precision, default=Precision.DAY)
    page = models.CharField(_("page"), max_length=40, blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    archive_address = models.URLField(_("address of an archived copy"), max_length=500, blank=True)
    public = models.BooleanField(_("shown to readers"), default=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title


class ReportImage(models.Model):
    """A picture as this report uses it; the lead picture is the one marked so."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="report_images")
    image = models.ForeignKey(Image, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    lead = models.BooleanField(_("lead picture"), default=False)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("picture of the report")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "image"], name="picture_once_per_report"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(lead=True), name="one_lead_picture"),
        ]


class Revision(models.Model):
    """What a report was at one save, submission or publication. Immutable (trigger); chained without its text, which a hard purge may empty."""

    class Kind(models.TextChoices):
        SAVE = "save", _("Saved")
        SUBMIT = "submit", _("Submitted")
        PUBLISH = "publish", pgettext_lazy("act", "Published")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        ordering: ClassVar = ["report", "number"]
        verbose_name = _("revision")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Draftlet(models.Model):
    """What one person has typed and not saved: overwritten, in no chain."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    lock_version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "person"], name="one_draftlet_a_person")]


class ApprovalRule(models.Model):
    """Under which rule an approval was given: `four eyes`, or `alone` while `manage.py four_eyes off` has it in force (trigger)."""

    FOUR_EYES = "four eyes"
    ALONE = "alone"

    code = models.CharField(max_length=12, primary_key=True)
    in_force = models.BooleanField()

    def __str__(self) -> str:
        return self.code


class SignOff(models.Model):
    """Who wrote and who approved in a round: under four eyes one row a person, so that a writer's approval collides with the own writing."""

    class Part(models.TextChoices):
        WROTE = "wrote", _("Wrote")
        APPROVED = "approved", _("Approved")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sign_offs")
    round = models.PositiveIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)
    rule = models.ForeignKey(ApprovalRule, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["report", "round", "id"]
        verbose_name = _("sign-off")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "round", "person"], condition=models.Q(rule=ApprovalRule.FOUR_EYES), name="a_person_signs_a_round_once"
            ),
            models.UniqueConstraint(fields=["report", "round"], condition=models.Q(part="approved"), name="one_approval_a_round"),
            models.CheckConstraint(
                name="approval_names_revision_and_hash",
                condition=models.Q(part="wrote", revision__isnull=True, content_hash="")
                | (models.Q(part="approved", revision__isnull=False) & ~models.Q(content_hash="")),
            ),
        ]


class Withdrawal(models.Model):
    """Why and by whom a live report was withdrawn or taken down. Append-only (trigger): the revision it names is public no more."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Withdrawn")
        TAKEN_DOWN = "taken_down", _("Taken down")
        EXPIRED = "expired", _("Expired")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="withdrawals")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField(max_length=2000, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("withdrawal")
