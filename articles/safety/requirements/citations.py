"""Sources: what a report rests on, shown to readers or kept at the desk; or a recorded reason why it needs none."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import UNLISTED_KINDS, Lack, Rule


class Citations(Rule):
    code = Requirement.Code.CITATIONS
    levels = {  # noqa: RUF012 - a constant
        "report": Requirement.Level.REQUIRED,
        **dict.fromkeys(("opinion", "statement", *UNLISTED_KINDS), Requirement.Level.OFF),
    }

    def lacks(self, found: Material) -> Iterator[Lack]:
        if not found.citations:
            yield "citations", _("Name a source, shown to readers or not; or an editor records why none is needed.")
