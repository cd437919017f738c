"""Region: every listed report is found under one, or under “World”."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import UNLISTED_KINDS, Lack, Rule


class InARegion(Rule):
    code = Requirement.Code.REGION
    level = Requirement.Level.REQUIRED

    def applies(self, found: Material) -> bool:
        return found.report.kind not in UNLISTED_KINDS

    def lacks(self, found: Material) -> Iterator[Lack]:
        if not found.has_region:
            yield "regions", _("Choose a region, or “World” when the report is about no region in particular.")
