"""Which years and months hold a report, so that no link leads to an empty one: a probe of the lists' index for each, in one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outside of these no year has a page of its own."""

Span = tuple[dt.datetime, dt.datetime]


def months_between(first: dt.datetime, last: dt.datetime, language: str) -> list[dt.date]:
    """The months from one time to another in which something was published, newest first, each by its first day."""
    zone = timezone.get_default_timezone()
    low, high = timezone.localtime(first, zone), timezone.localtime(last, zone)
    numbers = range(high.year * 12 + high.month - 1, low.year * 12 + low.month - 2, -1)
    months = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [month for month, filled in zip(months, _filled([month_span(month) for month in months], [language]), strict=True) if filled]


def months_with_reports(language: str, year: int) -> list[int]:
    """The months of a year in which something was published."""
    months = range(1, 13)
    spans = [month_span(dt.date(year, month, 1)) for month in months]
    return [month for month, filled in zip(months, _filled(spans, [language]), strict=True) if filled]


def year_span(year: int) -> Span:
    """The first instant of a year and of the next, in the site's zone."""
    return midnight(dt.date(year, 1, 1)), midnight(dt.date(year + 1, 1, 1))


def month_span(first: dt.date) -> Span:
    """The first instant of a month and of the next, in the site's zone."""
    return midnight(first), midnight(dt.date(first.year + first.month // 12, first.month % 12 + 1, 1))


def midnight(on: dt.date) -> dt.datetime:
    """The first instant of a day in the site's zone."""
    return dt.datetime.combine(on, dt.time.min, timezone.get_default_timezone())


def _filled(spans: Sequence[Span], languages: Sequence[str]) -> list[bool]:
    """For each span whether a listed edition was published in it."""
    if not spans:
        return []
    adapt = connection.ops.adapt_datetimefield_value
    values = [each for number, (since, until) in enumerate(spans) for each in (number, adapt(since), adapt(until))]
    one = (
        "EXISTS (SELECT 1 FROM articles_edition e WHERE e.language = %s AND e.listed"
        " AND e.published_at >= s.since AND e.published_at < s.until)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH s(number, since, until) AS (VALUES {', '.join(['(%s, %s, %s)'] * len(spans))})"  # noqa: S608 - only placeholders are repeated
            f" SELECT s.number FROM s WHERE {' OR '.join([one] * len(languages))}",
            [*values, *languages],
        )
        found = {number for (number,) in cursor.fetchall()}
    return [number in found for number in range(len(spans))]
