"""Rights: a picture goes out while they last, in files proved clean."""

from __future__ import annotations

from collections.abc import Iterator

from articles.images.policy import problems
from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule


class Rights(Rule):
    code = Requirement.Code.RIGHTS
    level = Requirement.Level.REQUIRED

    def applies(self, found: Material) -> bool:
        return bool(found.pictures)

    def lacks(self, found: Material) -> Iterator[Lack]:
        for row in found.pictures:
            for sentence in problems(row.image, at=found.at):
                yield "images", sentence
