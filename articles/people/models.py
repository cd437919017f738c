"""People who work at the desk, and the names readers see."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.text.slugs import LONGEST, check_slug


def new_code() -> str:
    """A person's code for the audit: random, says nothing of who it is, never reused."""
    return secrets.token_hex(6)


class Byline(models.Model):
    """A public name under a report; need not be an account, may be a pseudonym. Nothing here is private."""

    name = models.CharField(_("public name"), max_length=120)
    slug = models.CharField(_("slug"), max_length=LONGEST, unique=True, validators=[check_slug])

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_code(self) -> str:
        return f"byline:{self.pk}"


class User(AbstractUser):
    """An account of the desk. Deactivated, never deleted: records keep pointing to it."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    language = models.CharField(_("language of the desk"), max_length=16, blank=True)
    time_zone = models.CharField(_("time zone of the desk"), max_length=64, blank=True)
    byline = models.ForeignKey(Byline, verbose_name=_("byline"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    languages = models.JSONField(_("languages translated into"), default=list, blank=True)
    is_machine = models.BooleanField(default=False, editable=False)

    objects: ClassVar[UserManager[User]] = UserManager()  # type: ignore[assignment]  # the stubs give it the type of a subclass

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="machine_has_no_powers",
                condition=models.Q(is_machine=False) | models.Q(is_active=False, is_staff=False, is_superuser=False),
            ),
            models.CheckConstraint(
                name="machines_alone_have_their_names",
                condition=models.Q(is_machine=True) | ~models.Q(username__in=["clock", "command line"]),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def audit_code(self) -> str:
        return f"user:{self.code}"
