"""Right of reply: who is accused is asked before the report goes out; whom, when and what came of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule


class RightOfReply(Rule):
    code = Requirement.Code.RIGHT_OF_REPLY
    level = Requirement.Level.REQUIRED

    def applies(self, found: Material) -> bool:
        return found.report.makes_allegation

    def lacks(self, found: Material) -> Iterator[Lack]:
        if not found.assurance(self.code):
            yield (
                self.code,
                _(
                    "The report makes an allegation: record who was asked to reply, and when; or an editor records why that is not possible."
                ),
            )
