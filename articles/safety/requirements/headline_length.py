"""Length of the headline: longer ones are cut off in lists, feeds and searches."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule


class HeadlineLength(Rule):
    code = Requirement.Code.HEADLINE_LENGTH
    MAX_CHARACTERS = 110

    def lacks(self, found: Material) -> Iterator[Lack]:
        over = len(found.report.headline) - found.max_characters
        if over > 0:
            sentence = ngettext(
                "Shorten the headline by %(over)d character: at most %(most)d.",
                "Shorten the headline by %(over)d characters: at most %(most)d.",
                over,
            )
            yield "headline", sentence % {"over": over, "most": found.max_characters}
