"""Cards of a list under the headings of their days or months, in the site's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils import timezone

from articles.editions.lists import Card, Placed

CARDS_MARK = "<!--newsroom:cards-->"


def by_day(cards: Iterable[Card], language: str) -> str:
    """Cards, already in order, under the days of their publication."""
    return "".join(_group(on, True, language, each) for on, each in groupby(cards, key=day_of))


def by_month(cards: Iterable[Card], language: str) -> str:
    """Cards, already in order, under the months of their publication."""
    return "".join(_group(on, False, language, each) for on, each in groupby(cards, key=lambda card: day_of(card).replace(day=1)))


def day_of(card: Placed) -> dt.date:
    """The day a card was published on, in the site's zone."""
    return timezone.localtime(card.published_at, timezone.get_default_timezone()).date()


def _group(on: dt.date, is_day: bool, language: str, cards: Iterable[Card]) -> str:
    before, after = _around(on, is_day, language)
    return before + "".join(card.html for card in cards) + after


@lru_cache(maxsize=4096)
def _around(on: dt.date, is_day: bool, language: str) -> tuple[str, str]:
    """What stands before and after the cards of a day or month: it depends on nothing else."""
    before, _mark, after = render_to_string(
        "public/_group.html", {"on": on, "by_day": is_day, "lang": language, "cards_html": CARDS_MARK}
    ).partition(CARDS_MARK)
    return before, after
