"""Who publishes: the organisation, its words in each language, its menu, and the shell drawn of them. All of it public."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteIdentity(models.Model):
    """One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    organisation = models.CharField(_("organisation"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, help_text=_("Stands in datelines: “Lagos (Short Name) –”."))
    founded = models.PositiveSmallIntegerField(
        _("founding year"), null=True, blank=True, validators=[MinValueValidator(1500), MaxValueValidator(2200)]
    )

    licence = models.CharField(
        _("licence"),
        max_length=80,
        blank=True,
        help_text=_("Under which others may republish reports, such as “CC BY 4.0”. Blank: they must ask."),
    )
    licence_link = models.CharField(
        _("address of the licence"), max_length=200, blank=True, help_text=_("With https://, or a path of this site.")
    )

    class Meta:
        verbose_name = _("identity of the site")
        verbose_name_plural = _("identity of the site")
        constraints: ClassVar = [models.CheckConstraint(name="one_identity", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.organisation

    @property
    def audit_code(self) -> str:
        return "identity"


class Logo(models.Model):
    """The logo as the masthead shows it, on light paper or on dark; `file` is its name at `/media/`."""

    class Ground(models.TextChoices):
        LIGHT = "light"
        DARK = "dark"

    ground = models.CharField(max_length=5, choices=Ground, unique=True)
    file = models.CharField(max_length=80)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.file

    @property
    def audit_code(self) -> str:
        return f"logo:{self.ground}"


class SiteText(models.Model):
    """The site's words in one language; what is missing falls back to the main language."""

    language = models.CharField(_("language"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True, help_text=_("Stands in datelines: “Lagos (Short Name) –”."))
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    footer = models.CharField(_("line of the footer"), max_length=300, blank=True)
    terms = models.CharField(
        _("what is asked of those who republish"),
        max_length=1000,
        blank=True,
        help_text=_("In a few sentences. Blank: to name and link the original, and to carry its corrections."),
    )

    class Meta:
        ordering: ClassVar = ["language"]
        verbose_name = _("words of the site")
        verbose_name_plural = _("words of the site")

    def __str__(self) -> str:
        return f"{self.language}: {self.name}"

    @property
    def audit_code(self) -> str:
        return f"site-text:{self.language}"


class MenuItem(models.Model):
    class Place(models.TextChoices):
        MENU = "menu", _("Menu")
        FOOTER = "footer", _("Footer")

    language = models.CharField(_("language"), max_length=16)
    place = models.CharField(_("place"), max_length=6, choices=Place, default=Place.MENU)
    label = models.CharField(_("label"), max_length=60)
    path = models.CharField(_("address"), max_length=200, help_text=_("A path of this site, such as /reports/."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering: ClassVar = ["language", "place", "order", "id"]
        verbose_name = _("menu item")
        verbose_name_plural = _("menus and footer")

    def __str__(self) -> str:
        return self.label

    @property
    def audit_code(self) -> str:
        return f"menu-item:{self.pk}"


class PolicyPage(models.Model):
    """The page that tells of a policy in a language; `path` is "" while it is not public."""

    class Policy(models.TextChoices):
        """In schema.org's words: properties of a NewsMediaOrganization."""

        PUBLISHING = "publishingPrinciples", _("What we publish, and how")
        ETHICS = "ethicsPolicy", _("Ethics")
        CORRECTIONS = "correctionsPolicy", _("Corrections")
        VERIFICATION = "verificationFactCheckingPolicy", _("How we check facts")
        SOURCES = "unnamedSourcesPolicy", _("Sources without a name")
        FEEDBACK = "actionableFeedbackPolicy", _("How to answer or complain")
        DIVERSITY = "diversityPolicy", _("Diversity")
        FUNDING = "ownershipFundingInfo", _("Who owns and funds us")
        MASTHEAD = "masthead", _("Who works here")

    language = models.CharField(max_length=16)
    policy = models.CharField(max_length=30, choices=Policy)
    report_uuid = models.UUIDField(db_index=True)
    path = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "policy"], name="policy_has_one_page_a_language")]

    def __str__(self) -> str:
        return f"{self.language}: {self.policy}"


class Shell(models.Model):
    """What stands around every public page of a language: three pieces, drawn when something in them changes."""

    language = models.CharField(max_length=16, primary_key=True)
    site_name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    before_head = models.TextField()
    before_main = models.TextField()
    after_main = models.TextField()

    def __str__(self) -> str:
        return self.language


class Theme(models.Model):
    """One row while a newsroom has colours of its own: what people chose (`light_paper` …), and the stylesheet drawn of them under its hash."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    light_paper = models.CharField(max_length=7)
    light_ink = models.CharField(max_length=7)
    light_accent = models.CharField(max_length=7)
    light_link = models.CharField(max_length=7)
    dark_paper = models.CharField(max_length=7)
    dark_ink = models.CharField(max_length=7)
    dark_accent = models.CharField(max_length=7)
    dark_link = models.CharField(max_length=7)
    hash = models.CharField(max_length=16)
    css = models.TextField()

    class Meta:
        verbose_name = _("colours of the site")
        verbose_name_plural = _("colours of the site")
        constraints: ClassVar = [models.CheckConstraint(name="one_theme", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.hash

    @property
    def audit_code(self) -> str:
        return "theme"
