"""The shape of a short name in an address."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 80
SHAPE = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"

check_slug = RegexValidator(SHAPE, _("Use the letters a–z, figures and single hyphens only, as in north-korea."), code="slug")
"""Raises ValidationError unless the text has the shape."""
