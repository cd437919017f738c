"""Contrast of two colours as WCAG 2.2 reckons it, and colours between two others that keep enough of it."""

from __future__ import annotations

import re
from math import floor

HEX = re.compile(r"\A#[0-9a-f]{6}\Z")
TEXT, LARGE = 4.5, 3.0
"""The least contrast of text, and of large text and the edges of what can be pressed (success criteria 1.4.3 and 1.4.11)."""


def ratio(one: str, other: str) -> float:
    """Between 1 and 21, of two colours written `#rrggbb`."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def told(found: float) -> str:
    """A ratio for a sentence: rounded down, so that none is told as enough that is not."""
    return f"{floor(found * 100) / 100:.2f}:1"


def mixed(ground: str, colour: str, part: float) -> str:
    """The ground with so large a part (0 to 1) of the colour."""
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in zip(_parts(ground), _parts(colour), strict=True))


def readable(ground: str, colour: str, least: float, *, on: tuple[str, ...] = (), begin: float = 0.0) -> str:
    """The faintest mixture of the ground and the colour that keeps that contrast to all of `on`; the colour itself when none does."""
    grounds = on or (ground,)
    for step in range(round(begin * 100), 100):
        found = mixed(ground, colour, step / 100)
        if all(ratio(found, each) >= least for each in grounds):
            return found
    return colour


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
