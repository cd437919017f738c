"""Dates as readers write them: in the report's language, in that language's order, with its own digits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.units import format_unit
from django.utils.translation import gettext as _
from django.utils.translation import override

ARABIC, PERSIAN, BURMESE, DEVANAGARI = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "၀၁၂၃၄၅၆၇၈၉", "०१२३४५६७८९"
# Which digits running text is set in. CLDR's `ar` is for all Arab countries and says Latin; newspapers east of Libya do not.
DIGITS = {"ar": ARABIC, "ckb": ARABIC, "fa": PERSIAN, "ps": PERSIAN, "my": BURMESE, "mr": DEVANAGARI, "ne": DEVANAGARI}


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """The CLDR locale of a BCP 47 code; English where CLDR has none."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


def digits(text: str, language: str) -> str:
    """The text with its figures in the language's own digits."""
    own = DIGITS.get(language.partition("-")[0])
    return text.translate({ord("0") + value: digit for value, digit in enumerate(own)}) if own else text


@lru_cache(maxsize=4096)
def day(on: dt.date, language: str) -> str:
    """A date in full: “October 18, 2023”, “18 de octubre de 2023”."""
    return digits(format_date(on, "long", locale=locale_of(language)), language)


def short_day(on: dt.date, language: str) -> str:
    """A day without its year, the month shortened: “Oct 18”."""
    return digits(format_skeleton("MMMd", on, locale=locale_of(language)), language)


def day_of_year(on: dt.date, language: str) -> str:
    """A day without its year: “October 18”."""
    return digits(format_skeleton("MMMMd", on, locale=locale_of(language)), language)


def weekday(on: dt.date, language: str) -> str:
    """The name of the day: “Wednesday”."""
    return format_date(on, "EEEE", locale=locale_of(language))


def month(on: dt.date, language: str) -> str:
    """A month with its year: “October 2023”."""
    return digits(format_skeleton("yMMMM", on, locale=locale_of(language)), language)


def month_name(on: dt.date, language: str) -> str:
    """A month alone, as a heading: “October”."""
    return format_date(on, "LLLL", locale=locale_of(language))


def short_month(on: dt.date, language: str) -> str:
    """A month alone, shortened: “Oct”."""
    return format_date(on, "LLL", locale=locale_of(language))


def year(on: dt.date, language: str) -> str:
    """A year alone."""
    return digits(str(on.year), language)


def moment(at: dt.datetime, language: str) -> str:
    """A time with its date and zone: “October 18, 2023, 06:30 UTC”."""
    at = at.astimezone(dt.UTC)
    with override(language):
        return _("%(day)s, %(time)s UTC") % {"day": day(at.date(), language), "time": digits(f"{at:%H:%M}", language)}


def minutes(number: int, language: str) -> str:
    """A span of time in words: “4 minutes”."""
    long, short = (format_unit(number, "duration-minute", length, locale=locale_of(language)) for length in ("long", "short"))
    return digits(short if "duration" in long else long, language)  # babel has no long form where CLDR says that it is the short one


def precise(on: dt.date | None, precision: str, language: str) -> str:
    """A date as exactly as it is known: day, month or year; nothing when unknown."""
    if on is None:
        return ""
    shown: dict[str, Callable[[dt.date, str], str]] = {"day": day, "month": month, "year": year}
    return shown[precision](on, language) if precision in shown else ""
