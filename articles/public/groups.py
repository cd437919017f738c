"""Cards of a list under the headings of their days or months, in the site's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from articles.editions.lists import Card, Placed


@dataclass(frozen=True)
class Group:
    """The cards of one day or month, joined."""

    on: dt.date
    by_day: bool
    cards_html: str


def by_day(cards: Iterable[Card]) -> list[Group]:
    """Cards, already in order, grouped by the day of publication."""
    return [Group(on, True, _joined(each)) for on, each in groupby(cards, key=day_of)]


def by_month(cards: Iterable[Card]) -> list[Group]:
    """Cards, already in order, grouped by the month of publication."""
    return [Group(on, False, _joined(each)) for on, each in groupby(cards, key=lambda card: day_of(card).replace(day=1))]


def day_of(card: Placed) -> dt.date:
    """The day a card was published on, in the site's zone."""
    return timezone.localtime(card.published_at, timezone.get_default_timezone()).date()


def _joined(cards: Iterable[Card]) -> str:
    return "".join(card.html for card in cards)
