"""What every requirement has: a code, a weight for each kind of report to begin with, and what it finds lacking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.utils.functional import Promise

from articles.safety.material import Material
from articles.safety.models import Requirement

Lack = tuple[str, str | Promise]
"""The field that mends it, and a sentence that says what to do."""
UNLISTED_KINDS = ("page", "profile")


class Rule:
    """One requirement."""

    code: ClassVar[Requirement.Code]
    level: ClassVar[Requirement.Level] = Requirement.Level.RECOMMENDED
    levels: ClassVar[dict[str, Requirement.Level]] = {}

    def level_for(self, kind: str) -> str:
        """What it weighs for that kind where nobody has set it."""
        return self.levels.get(kind, self.level)

    def applies(self, found: Material) -> bool:
        """Whether there is anything to ask of this report."""
        return True

    def lacks(self, found: Material) -> Iterator[Lack]:
        """What is missing; nothing when it is met."""
        raise NotImplementedError
