"""What is news: published within two days. The window is a row that the clock moves, so that time reaches readers as state alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from articles.editions.models import Edition, NewsWindow
from articles.stamp.number import count_up

NEWS_FOR = dt.timedelta(hours=48)
MOST_ITEMS = 1000  # of one news sitemap


@dataclass(frozen=True, slots=True)
class NewsItem:
    path: str
    language: str
    headline: str
    published_at: dt.datetime


def move_window(*, at: dt.datetime | None = None) -> None:
    """Moves the window's start when a report has grown too old for it, and counts the stamp. Nothing else moves it: no page would change."""
    since = (at or timezone.now()) - NEWS_FOR
    window = NewsWindow.objects.filter(id=1).first()
    if window is None:
        with transaction.atomic():
            NewsWindow.objects.create(id=1, since=since)
            count_up()
    elif any(_listed(code).filter(published_at__gte=window.since, published_at__lt=since).exists() for code in _codes()):
        with transaction.atomic():
            NewsWindow.objects.filter(id=1).update(since=since)
            count_up()


def news() -> list[NewsItem]:
    """What stands in the window, newest first, in every language; nothing before the clock first ran."""
    since = Subquery(NewsWindow.objects.filter(id=1).values("since"))
    found: list[NewsItem] = []
    for code in _codes():
        rows = _listed(code).filter(published_at__gte=since).order_by("-published_at", "-uuid")
        found += [NewsItem(*row) for row in rows.values_list("path", "language", "headline", "published_at")[:MOST_ITEMS]]
    return sorted(found, key=lambda each: (each.published_at, each.path), reverse=True)[:MOST_ITEMS]


def _listed(language: str) -> QuerySet[Edition]:
    return Edition.objects.filter(language=language, listed=True)


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
