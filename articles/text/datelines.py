"""Dates as they stand in datelines, read in several languages. What can be read in two ways is never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from articles.text.analyser import fold

LONGEST = 120
"""No date is longer: what follows is not looked at."""
EARLIEST = 1000
# The names of months differ among Arabic countries: يناير, كانون الثاني and جانفي are one month.
COUNTRIES = {"ar": ("ar", "ar-IQ", "ar-DZ", "ar-TN", "ar-MA"), "es": ("es", "es-PE")}
TURN = "[\u200e\u200f\u061c]?"  # Arabic writes a mark of direction beside the strokes of a date
WORD = "[^\\W\\d_][^\\W\\d_\u064b-\u0652]*"
MONTH = rf"(?P<month>{WORD}(?:\s{WORD})??)(?:\s?/\s?(?P<other>{WORD}(?:\s{WORD})??))?\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.?[ºo°]|\.)?"
YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?!\d|:\d)"
NUMERIC = re.compile(rf"(\d{{1,4}})\s?{TURN}(?P<stroke>[/.\-‑–]){TURN}\s?(\d{{1,2}})\s?{TURN}(?P=stroke){TURN}\s?(\d{{1,4}})(?!\d)")
WRITTEN = (
    re.compile(rf"{DAY}(?:\s(?:de|of|من)\s|\s|[-/.]){MONTH}(?:[,،]?\s(?:(?:de|del|of)\s)?|[-/.]){YEAR}", re.IGNORECASE),
    re.compile(rf"{MONTH}\s{DAY}(?:[,،]?\s(?:(?:de|del)\s)?){YEAR}", re.IGNORECASE),
)
WEEKDAY = re.compile(rf"({WORD})\.?[,،]?\s")


@dataclass(frozen=True)
class ParsedDate:
    """A date found at the start of a text: the date, or the days it could be; `length` characters of the text were read."""

    date: dt.date | None
    candidates: tuple[dt.date, ...]
    length: int


def parse_date(text: str, *, languages: Iterable[str]) -> ParsedDate | None:
    """The date that the text begins with; None when it begins with none.

    ISO (2023-10-18), numbers with the month or the day first, names of months in the languages, a weekday before any of
    them. 03/04/2023 and two-digit years give candidates and no date.
    """
    codes = tuple(sorted(languages))
    start = text[:LONGEST]
    weekday = WEEKDAY.match(start)
    after = weekday.end() if weekday and _key(weekday[1]) in _weekdays(codes) else 0
    return _date_at(start, 0, codes) or (_date_at(start, after, codes) if after else None)


def _date_at(text: str, at: int, codes: tuple[str, ...]) -> ParsedDate | None:
    if found := NUMERIC.match(text, at):
        return _numeric(found)
    for shape in WRITTEN:
        if (found := shape.match(text, at)) and (read := _written(found, codes)):
            return read
    return None


def _numeric(found: re.Match[str]) -> ParsedDate | None:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        on = _date(first, second, third)
        return ParsedDate(on, (on,), found.end()) if on else None
    if len(found[1]) == 3 or len(found[4]) not in (2, 4):
        return None
    days = [on for year in _years(found[4]) for on in (_date(year, first, second), _date(year, second, first))]
    return _parsed(days, found[4], found.end())


def _written(found: re.Match[str], codes: tuple[str, ...]) -> ParsedDate | None:
    months = _months(codes)
    month = months.get(_key(found["month"]))
    if month is None or (found["other"] and months.get(_key(found["other"])) != month):
        return None
    year = found["year"].lstrip("'’")
    return _parsed([_date(each, month, int(found["day"])) for each in _years(year)], year, found.end())


def _years(figures: str) -> list[int]:
    return [int(figures)] if len(figures) == 4 else [2000 + int(figures), 1900 + int(figures)]


def _parsed(days: Iterable[dt.date | None], year: str, length: int) -> ParsedDate | None:
    candidates = tuple(dict.fromkeys(on for on in days if on))
    if not candidates:
        return None
    return ParsedDate(candidates[0] if len(candidates) == 1 and len(year) == 4 else None, candidates, length)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None


def _key(name: str) -> str:
    return " ".join(fold(name).rstrip(".").split())


def _locales(languages: Iterable[str]) -> Iterator[Locale]:
    for language in languages:
        for code in COUNTRIES.get(language, (language,)):
            try:
                yield Locale.parse(code, sep="-")
            except (UnknownLocaleError, ValueError):
                continue


@lru_cache(maxsize=32)
def _months(languages: tuple[str, ...]) -> dict[str, int]:
    """Names of months, folded, long and short, alone and in a date; one that means two months in two languages is left out."""
    found: dict[str, set[int]] = {"sept": {9}} if "en" in languages else {}
    for locale in _locales(languages):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    if not name[:1].isdigit():
                        found.setdefault(_key(name), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


@lru_cache(maxsize=32)
def _weekdays(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _key(name)
        for locale in _locales(languages)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in locale.days[context][width].values()
    )
