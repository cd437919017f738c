"""Dates as they stand in datelines, read in several languages. What can be read in two ways is never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from articles.text.analyser import fold

FIGURES = {
    ord(char): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "၀၁၂၃၄၅၆၇၈၉") for value, char in enumerate(digits)
}
NUMERIC = re.compile(r"(\d{1,4})\s*([/.\-‑–])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º|\.)?\s+(?:de\s+|من\s+)?([^\W\d]+\.?)(?:\s+(?:de|del|of))?,?\s+(\d{4})(?!\d)")
MONTH_FIRST = re.compile(r"([^\W\d]+\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


@dataclass(frozen=True)
class ParsedDate:
    """A date found at the start of a text: the date, or the days it could be; `length` characters of the text were read."""

    date: dt.date | None
    candidates: tuple[dt.date, ...]
    length: int


def parse_date(text: str, *, languages: Iterable[str]) -> ParsedDate | None:
    """The date that the text begins with; None when it begins with none.

    ISO (2023-10-18), numbers with the month or the day first, names of months in the languages. 03/04/2023 and
    two-digit years give candidates and no date.
    """
    plain = text.translate(FIGURES)
    if found := NUMERIC.match(plain):
        return _numeric(found)
    for shape in (DAY_FIRST, MONTH_FIRST):
        if found := shape.match(plain):
            day, name = (found[1], found[2]) if shape is DAY_FIRST else (found[2], found[1])
            month = _months(tuple(sorted(languages))).get(fold(name).rstrip("."))
            on = _date(int(found[3]), month, int(day)) if month else None
            if on:
                return ParsedDate(on, (on,), found.end())
    return None


def _numeric(found: re.Match[str]) -> ParsedDate | None:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        on = _date(first, second, third)
        return ParsedDate(on, (on,), found.end()) if on else None
    if len(found[1]) == 3 or len(found[4]) not in (2, 4):
        return None
    years = [third] if len(found[4]) == 4 else [century + third for century in (2000, 1900)]
    candidates = tuple(
        dict.fromkeys(on for year in years for on in (_date(year, first, second), _date(year, second, first)) if on is not None)
    )
    if not candidates:
        return None
    return ParsedDate(candidates[0] if len(candidates) == 1 and len(found[4]) == 4 else None, candidates, found.end())


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=32)
def _months(languages: tuple[str, ...]) -> dict[str, int]:
    """Names of months, folded, long and short, alone and in a date; one that means two months in two languages is left out."""
    found: dict[str, set[int]] = {}
    for language in languages:
        for code in {"ar": ("ar", "ar-LB")}.get(language, (language,)):
            try:
                locale = Locale.parse(code, sep="-")
            except (UnknownLocaleError, ValueError):
                continue
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for number, name in locale.months[context][width].items():
                        for each in re.split(r"[\s/]+", name):
                            if not each.strip(".").isdigit():
                                found.setdefault(fold(each).rstrip("."), set()).add(number)
    if "en" in languages:
        found.setdefault("sept", {9})
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}
