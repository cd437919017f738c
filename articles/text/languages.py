"""Facts of a language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=64)
def direction(code: str) -> str:
    """`rtl` or `ltr`, by CLDR."""
    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=64)
def own_name(code: str) -> str:
    """The language's name in itself: English, español, العربية."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
