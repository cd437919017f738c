"""Regions and tags: short facts, public by nature."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.taxonomy.slugs import numbered, propose_slug
from articles.text.slugs import LONGEST, check_slug


class RegionQuerySet(models.QuerySet["Region"]):
    def lineage(self, region: Region) -> RegionQuerySet:
        """The region and all that it lies in, the widest first."""
        return self.filter(path__in=region.lineage_paths()).order_by("path")

    def within(self, region: Region) -> RegionQuerySet:
        """The region and all that lies in it."""
        return self.filter(path__startswith=region.path)


class Region(models.Model):
    """A place of the UN's M49 tree. A region lies in one of a wider kind, so that no region lies in itself (a trigger holds it)."""

    class Kind(models.TextChoices):
        WORLD = "world", _("World")
        REGION = "region", _("Region")
        SUBREGION = "subregion", _("Subregion")
        INTERMEDIATE = "intermediate", _("Part of a subregion")
        COUNTRY = "country", _("Country")
        TERRITORY = "territory", _("Territory")
        ADMIN1 = "admin1", _("Province or state")

    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(
        max_length=200, unique=True, help_text="slugs from the world down, with slashes: /world/europe/western-europe/france/"
    )
    slug = models.CharField(max_length=LONGEST, unique=True, validators=[check_slug])
    iso_alpha2 = models.CharField(max_length=2, null=True, blank=True, unique=True)
    iso_alpha3 = models.CharField(max_length=3, null=True, blank=True, unique=True)
    iso_numeric = models.CharField(max_length=3, null=True, blank=True, unique=True)
    un_m49 = models.CharField(max_length=3, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="country_has_alpha2",
                condition=~models.Q(kind__in=["country", "territory"]) | models.Q(iso_alpha2__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_code(self) -> str:
        return f"region:{self.slug}"

    def lineage_paths(self) -> list[str]:
        """The paths of the region and its ancestors, the widest first."""
        steps = self.path.split("/")[1:-1]
        return ["/" + "/".join(steps[: end + 1]) + "/" for end in range(len(steps))]


class Tag(TagBase):
    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        VIOLATION = "violation", _("Violation")
        GROUP = "group", _("Group")
        CAMPAIGN = "campaign", _("Campaign")

    slug = models.CharField(_("slug"), max_length=LONGEST, unique=True, blank=True, validators=[check_slug])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TOPIC)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tag_not_merged_into_itself", condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id"))
            ),
        ]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """As taggit asks when a tag has no slug yet; `i` counts those that were taken."""
        slug = propose_slug(tag) or "tag"
        return slug if i is None else numbered(slug, i + 1)

    @property
    def audit_code(self) -> str:
        return f"tag:{self.pk}"


class RegionName(models.Model):
    """A region's name in one language; `own` marks one that the newsroom chose, which a new seed leaves alone."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=16)
    name = models.CharField(_("name"), max_length=120)
    own = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "language"], name="region_name_once")]

    def __str__(self) -> str:
        return self.name


class TagName(models.Model):
    """A tag's name in one language other than the main one."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=16)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("name of the tag")
        verbose_name_plural = _("names of the tag")
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "language"], name="tag_name_once")]

    def __str__(self) -> str:
        return self.name
