"""Credit: readers are told whose picture it is. A newsroom that hides a photographer writes its own name."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule


class Credited(Rule):
    code = Requirement.Code.CREDIT
    levels = dict.fromkeys(("report", "press release"), Requirement.Level.REQUIRED)

    def applies(self, found: Material) -> bool:
        return any(not row.decorative for row in found.pictures)

    def lacks(self, found: Material) -> Iterator[Lack]:
        for row in found.pictures:
            if not row.decorative and not row.image.credit.strip():
                yield "images", _("A picture has no credit: write it among the picture's facts.")
