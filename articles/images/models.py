"""Pictures: a private clean master rebuilt from the pixels of what was uploaded, and renditions of fixed names."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.people.models import User

UNIT = [MinValueValidator(0), MaxValueValidator(1)]


class Image(models.Model):
    """One picture. Its files stand in private storage; the uploaded file and its name are not kept, only its hash."""

    master = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    content_hash = models.CharField(max_length=64, editable=False, db_index=True)
    width_px = models.PositiveIntegerField(editable=False)
    height_px = models.PositiveIntegerField(editable=False)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("By which colleagues find the picture, such as “Valley at dusk, drawing”. Never published.")
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Stands beside the picture, such as “Photograph: Name”.")
    )
    creator = models.CharField(_("creator"), max_length=200, blank=True, help_text=_("For the desk; never published."))
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    reprintable = models.BooleanField(
        _("may be handed on for print"),
        default=False,
        help_text=_(
            "Tick it when its rights allow other newsrooms to print it: it then stands in press kits in full size, with credit and licence."
        ),
    )
    rights_expire_on = models.DateField(_("rights expire on"), null=True, blank=True)
    focal_x = models.FloatField(_("focal point from the left, 0 to 1"), default=0.5, validators=UNIT)
    focal_y = models.FloatField(_("focal point from the top, 0 to 1"), default=0.5, validators=UNIT)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    shared = models.BooleanField(
        _("for everybody at the desk"),
        default=False,
        help_text=_("Otherwise writers find it only if they added it, or in reports that they may open."),
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("added by"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return f"{self.pk} · {self.title or self.credit or f'{self.width_px} × {self.height_px}'}"

    @property
    def audit_code(self) -> str:
        return f"image:{self.pk}"


class Rendition(models.Model):
    """One file made of a picture; `clean` once it was parsed back and nothing but pixels was found."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=20)
    format = models.CharField(max_length=4)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    file = models.CharField(max_length=80)
    clean = models.BooleanField(default=False)  # type: ignore[assignment]  # hides Model.clean: nobody types a rendition into a form

    class Meta:
        ordering: ClassVar = ["width_px", "format"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["image", "name", "format"], name="rendition_once")]

    def __str__(self) -> str:
        return self.file
