"""Alternative text: who cannot see a picture is told what it shows (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule


class AltText(Rule):
    code = Requirement.Code.ALT_TEXT
    level = Requirement.Level.REQUIRED

    def applies(self, found: Material) -> bool:
        return bool(found.pictures)

    def lacks(self, found: Material) -> Iterator[Lack]:
        for row in found.pictures:
            if not row.alt.strip() and not row.decorative:
                yield "images", _("Describe the picture for those who cannot see it, or mark it as decorative.")
