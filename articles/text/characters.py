"""Characters: references decoded and forms normalised, in time that grows with the length of the text and no faster."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

NUMBER = re.compile(r"&#(?=[0-9])0*+([0-9]*)")
NO_CHARACTER = "9999999"
STACK = re.compile(r"[^\w\s\x00-\x7f]{31,}")
HIGHEST_STACK = 30


def decoded(text: str) -> str:
    """The text with its character references resolved once. `html.unescape` alone raises for a number of thousands of figures."""
    return unescape(NUMBER.sub(lambda found: f"&#{(found[1] or '0') if len(found[1]) < len(NO_CHARACTER) + 1 else NO_CHARACTER}", text))


def normalised(text: str, form: str = "NFC") -> str:
    """The text in that form, with at most 30 marks on a letter (the Stream-Safe limit of UAX #15): sorting a long stack takes the square of its height."""
    return unicodedata.normalize(form, STACK.sub(_thinned, text))  # type: ignore[arg-type]  # one of the four names


def _thinned(found: re.Match[str]) -> str:
    kept, height = [], 0
    for char in found[0]:
        height = height + 1 if unicodedata.combining(char) else 0
        if height <= HIGHEST_STACK:
            kept.append(char)
    return "".join(kept)
