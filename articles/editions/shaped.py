"""Pages that editors shape: the front page of a language in blocks, and the reports pinned to the page of a tag or region."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.taxonomy.models import Region, Tag

MOST_BLOCKS = 12
MOST_REPORTS = 12
"""Reports that one block shows."""


class ShapedPage(models.Model):
    """One page in one language: the front page, or that of a tag or a region. All of it is public; `version` grows with each save."""

    language = models.CharField(max_length=16)
    tag = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("front page and pinned reports")
        verbose_name_plural = _("front page and pinned reports")
        constraints: ClassVar = [
            models.CheckConstraint(name="shaped_page_of_one_subject", condition=models.Q(tag=None) | models.Q(region=None)),
            models.UniqueConstraint(
                fields=["language"], name="one_front_page_a_language", condition=models.Q(tag__isnull=True, region__isnull=True)
            ),
            models.UniqueConstraint(fields=["tag", "language"], name="one_shaped_page_a_tag", condition=models.Q(tag__isnull=False)),
            models.UniqueConstraint(
                fields=["region", "language"], name="one_shaped_page_a_region", condition=models.Q(region__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """`en`, `en-tag-12`, `en-region-5`: names the page in addresses of the desk and in the audit."""
        subject = f"-tag-{self.tag_id}" if self.tag_id else f"-region-{self.region_id}" if self.region_id else ""
        return f"{self.language}{subject}"

    @property
    def audit_code(self) -> str:
        return f"front:{self.key}"


class Block(models.Model):
    """One row of a page. Its texts are public by nature."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Lead")
        PICKS = "picks", _("Chosen reports")
        REGION = "region", _("Section: a region")
        TAG = "tag", _("Section: a tag")
        KIND = "kind", _("Section: a kind of report")
        ACTION = "action", _("Call to action")
        LATEST = "latest", pgettext_lazy("block", "Latest reports")

    page = models.ForeignKey(ShapedPage, on_delete=models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    heading = models.CharField(max_length=80, blank=True)
    how_many = models.PositiveSmallIntegerField(default=5)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    report_kind = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "order"], name="block_order_once"),
            models.CheckConstraint(name="block_shows_some", condition=models.Q(how_many__gte=1, how_many__lte=MOST_REPORTS)),
            models.CheckConstraint(
                name="block_section_has_its_subject",
                condition=(models.Q(kind="region", region__isnull=False) | (~models.Q(kind="region") & models.Q(region=None)))
                & (models.Q(kind="tag", tag__isnull=False) | (~models.Q(kind="tag") & models.Q(tag=None)))
                & ((models.Q(kind="kind") & ~models.Q(report_kind="")) | (~models.Q(kind="kind") & models.Q(report_kind=""))),
            ),
            models.CheckConstraint(
                name="block_action_leads_somewhere",
                condition=(
                    models.Q(kind="action")
                    & ~models.Q(text="")
                    & ~models.Q(label="")
                    & (models.Q(link__startswith="/") | models.Q(link__startswith="https://"))
                )
                | (~models.Q(kind="action") & models.Q(text="", link="", label="")),
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()


class BlockReport(models.Model):
    """A report chosen for a block, by its uuid: a plain column. While no edition has it, readers see nothing of it."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="block_reports")
    order = models.PositiveSmallIntegerField()
    report_uuid = models.UUIDField(db_index=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["block", "report_uuid"], name="block_report_once")]

    def __str__(self) -> str:
        return str(self.report_uuid)
