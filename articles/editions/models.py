"""What the public side reads of a report: its published snapshot. No table here has a foreign key to a table of the desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from articles.contacts.models import MediaContact
from articles.people.models import Byline
from articles.taxonomy.models import Region, Tag


class Edition(models.Model):
    """One live report as readers get it. Withdrawing deletes the row; there is no edition that is not live.

    Columns above `format` are what was approved (a trigger compares them with the approved revision);
    those from `format` on are drawn from them and can be redrawn.
    """

    uuid = models.UUIDField(primary_key=True)
    language = models.CharField(max_length=16)
    kind = models.CharField(max_length=20)
    headline = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    standfirst = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    translation_group = models.UUIDField(db_index=True)
    dateline_on = models.DateField(null=True)
    dateline_mode = models.CharField(max_length=10)
    dateline_place = models.CharField(max_length=120, blank=True)
    dateline_region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    dateline_source = models.CharField(max_length=120, blank=True)
    byline_mode = models.CharField(max_length=14)
    event_on = models.DateField(null=True)
    event_precision = models.CharField(max_length=8)
    contact = models.ForeignKey(MediaContact, null=True, on_delete=models.PROTECT, related_name="+")
    call_to_action = models.CharField(max_length=300, blank=True)
    call_to_action_link = models.CharField(max_length=200, blank=True)
    backstory = models.CharField(max_length=1000, blank=True)

    path = models.CharField(max_length=200, unique=True)
    listed = models.BooleanField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)

    format = models.PositiveSmallIntegerField(default=0)
    head_html = models.TextField(blank=True)
    main_html = models.TextField(blank=True)
    card_html = models.TextField(blank=True)
    rss_xml = models.TextField(blank=True)
    atom_xml = models.TextField(blank=True)
    json_item = models.TextField(blank=True)
    feed_html = models.TextField(blank=True)
    placard = models.CharField(max_length=80, blank=True)
    placard_of = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "-published_at", "-uuid"], name="edition_list", condition=models.Q(listed=True)),
            models.Index(fields=["language", "kind", "-published_at", "-uuid"], name="edition_by_kind"),
            models.Index(
                fields=["language", "-published_at", "-uuid"],
                name="edition_corrected",
                condition=models.Q(listed=True, corrected_at__isnull=False),
            ),
            models.Index(fields=["format", "uuid"], name="edition_by_format"),
            models.Index(fields=["updated_at", "uuid"], name="edition_by_change", condition=models.Q(listed=True)),
        ]

    def __str__(self) -> str:
        return self.headline


class EditionRegion(models.Model):
    """A listed edition under one of its regions or an ancestor of it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_regions")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    is_own = models.BooleanField()
    is_primary = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=16)
    published_at = models.DateTimeField()
    uuid = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "region"], name="edition_region_once")]
        indexes: ClassVar = [models.Index(fields=["region", "language", "-published_at", "-uuid"], name="edition_region_list")]


class EditionTag(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=16)
    published_at = models.DateTimeField()
    uuid = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "tag"], name="edition_tag_once")]
        indexes: ClassVar = [models.Index(fields=["tag", "language", "-published_at", "-uuid"], name="edition_tag_list")]


class EditionByline(models.Model):
    """A name under an edition; `first` is false on a name's second role, so that a list of its reports shows each once."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_bylines")
    byline = models.ForeignKey(Byline, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    first = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=16)
    published_at = models.DateTimeField()
    uuid = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "byline", "role"], name="edition_byline_once")]
        indexes: ClassVar = [models.Index(fields=["byline", "language", "-published_at", "-uuid"], name="edition_byline_list")]


class EditionCitation(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_citations")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True)
    published_precision = models.CharField(max_length=8)
    page = models.CharField(max_length=40, blank=True)
    accessed_on = models.DateField(null=True)
    archive_address = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class EditionImage(models.Model):
    """A picture of an edition; `renditions` lists its public files: [{name, width_px, height_px, format, file}], `file` as in `PublicFile.name`.

    `reprint` is its file in full size, {width_px, height_px, file, licence}, when other newsrooms may print it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_images")
    order = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    alt = models.CharField(max_length=300, blank=True)
    decorative = models.BooleanField(default=False)
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    lead = models.BooleanField(default=False)
    renditions = models.JSONField(default=list)
    reprint = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class EditionVersion(models.Model):
    """A text that was public once: kept, unchanged, for as long as the report is live, for the public difference."""

    report_uuid = models.UUIDField()
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    headline = models.CharField(max_length=200)
    standfirst = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report_uuid", "number"], name="edition_version_once")]


class EditionCorrectionQuerySet(models.QuerySet["EditionCorrection"]):
    def in_succession(self) -> EditionCorrectionQuerySet:
        """With `replaces_at`, when the one that each replaces was published, and `replaced_at`, when the one that replaced it; or None."""
        others = EditionCorrection.objects
        return self.annotate(
            replaces_at=models.Subquery(others.filter(uuid=models.OuterRef("supersedes")).values("published_at")[:1]),
            replaced_at=models.Subquery(others.filter(supersedes=models.OuterRef("uuid")).values("published_at")[:1]),
        )

    def with_reports(self) -> EditionCorrectionQuerySet:
        """With `live_path` and `live_headline` of the report while it is public, None after; and `replaced_by`, the uuid of what replaced it."""
        live = Edition.objects.filter(uuid=models.OuterRef("report_uuid"))
        return self.annotate(
            live_path=models.Subquery(live.values("path")[:1]),
            live_headline=models.Subquery(live.values("headline")[:1]),
            replaced_by=models.Subquery(EditionCorrection.objects.filter(supersedes=models.OuterRef("uuid")).values("uuid")[:1]),
        )


class EditionCorrection(models.Model):
    """A correction as readers see it; it stays when its report is withdrawn."""

    uuid = models.UUIDField(primary_key=True)
    report_uuid = models.UUIDField(db_index=True)
    language = models.CharField(max_length=16)
    path = models.CharField(max_length=200)
    kind = models.CharField(max_length=14)
    text = models.TextField()
    position = models.CharField(max_length=6)
    published_at = models.DateTimeField()
    supersedes = models.UUIDField(null=True, db_index=True)

    objects = EditionCorrectionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "-published_at", "-uuid"], name="edition_correction_list"),
            models.Index(fields=["-published_at", "-uuid"], name="edition_correction_all"),
        ]


class Address(models.Model):
    """The register of every path that was ever public; a path belongs to its report for ever (trigger)."""

    class Answer(models.TextChoices):
        LIVE = "live"
        MOVED = "moved"
        GONE = "gone"

    path = models.CharField(max_length=200, unique=True)
    report_uuid = models.UUIDField(db_index=True)
    answer = models.CharField(max_length=5, choices=Answer)
    to = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="moved_says_where",
                condition=(models.Q(answer="moved") & ~models.Q(to="")) | (models.Q(answer__in=["live", "gone"], to="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answer", "-since"], name="address_by_answer")]

    def __str__(self) -> str:
        return self.path


class PublicFile(models.Model):
    """A file that `/media/` serves while this row stands; its name is the hash of its bytes."""

    name = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=40)
    bytes = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class EditionFile(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_files")
    file = models.ForeignKey(PublicFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "file"], name="edition_file_once")]


class SitemapEntry(models.Model):
    """What sitemaps say of an edition, in a row so narrow that thousands are read at once. Triggers write it beside its edition.

    `part` is the sitemap it stands in for good.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="sitemap_entry")
    path = models.CharField(max_length=200)
    language = models.CharField(max_length=16)
    translation_group = models.UUIDField(db_index=True)
    updated_at = models.DateTimeField()
    part = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["part", "updated_at"], name="sitemap_parts")]


class NewsWindow(models.Model):
    """One row: since when what is published counts as news. The clock moves it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_news_window", condition=models.Q(id=1))]
