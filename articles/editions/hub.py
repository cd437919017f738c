"""Tells a WebSub hub that the feeds changed, so that who subscribed there hears of a report at once. Off unless WEBSUB_HUB names one.

The hub is told addresses of feeds that everybody may read, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import urllib.request
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from articles.editions import addresses
from articles.errands.models import Errand
from articles.errands.queue import enqueue
from articles.stamp.number import current

ERRAND = "tell hub"
LONGEST_S = 10


def run_due(*, at: dt.datetime | None = None) -> None:
    """Asks for the errand when something public changed since the hub was last told. One that waits already will tell of this too."""
    if not settings.WEBSUB_HUB:
        return
    stamp, last = current(), Errand.objects.filter(key=ERRAND).first()
    if last is None or (last.done_at and last.payload.get("stamp") != stamp):
        enqueue(ERRAND, key=ERRAND, payload={"stamp": stamp}, run_at=at)


def tell(payload: dict[str, Any]) -> None:
    """One request to the hub, for all topics. Raises OSError unless it is accepted; where it redirects to is not asked."""
    if not settings.WEBSUB_HUB:
        return
    words = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics())])
    request = urllib.request.Request(settings.WEBSUB_HUB, data=words.encode(), headers={"User-Agent": "Newsroom"})  # noqa: S310 - the setting is https
    with urllib.request.build_opener(_Straight).open(request, timeout=LONGEST_S):
        pass


def topics() -> list[str]:
    """The feeds that name the hub: those of the whole site, in each language."""
    return [
        settings.SITE_URL + addresses.feed_path(addresses.home_path(code), form, extent=extent)
        for code, _name in settings.LANGUAGES
        for extent in ("feed", "summary")
        for form in ("rss", "atom", "json")
    ]


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the request goes to the hub that was set, or nowhere."""

    def redirect_request(self, *_given: Any) -> None:
        return None
