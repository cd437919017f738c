"""Media contacts: whom a journalist can talk to. All of it is public; a contact is deactivated, never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.taxonomy.models import Region, Tag


class MediaContact(models.Model):
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, help_text=_("In international form: +44 20 7946 0000."))
    email = models.EmailField(_("e-mail"), blank=True)
    show_email = models.BooleanField(
        _("show the e-mail address to readers"),
        default=False,
        help_text=_("Harvesters read what readers can. Off: the inquiry form takes its place."),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True, related_name="+")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="+")
    duty = models.CharField(_("duty hours"), max_length=120, blank=True, help_text=_("In words, such as “Monday to Friday, 08:00–16:00”."))
    zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("active"), default=True)
    certificate = models.TextField(
        _("OpenPGP certificate"),
        blank=True,
        help_text=_("The public one, in armour. Inquiries are sealed to it; without one this contact gets none."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "name"]
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_code(self) -> str:
        return f"contact:{self.pk}"
