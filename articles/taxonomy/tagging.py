"""Tags are written with commas between: a phrase of several words is one tag."""

from __future__ import annotations

import re


def comma_tags(text: str) -> list[str]:
    """The names in a line of text, Arabic and ideographic commas included; for taggit's TAGGIT_TAGS_FROM_STRING."""
    return sorted({name.strip() for name in re.split("[,،、，]", text) if name.strip()})
