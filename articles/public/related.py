"""What else has to do with a report: joined into its page at request, so that nothing is named that is gone."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from articles.editions.drawing import RELATED_MARK
from articles.editions.related import related
from articles.stamp.shelf import Shelf

shelf: Shelf[str] = Shelf(most_bytes=4_000_000)


def with_related(main_html: str, *, uuid: UUID, language: str, stamp: int) -> str:
    """A report's <main> with the related reports at its mark; asked for once per report and stamp."""
    before, mark, after = main_html.rpartition(RELATED_MARK)
    if not mark:
        return main_html
    key = (str(uuid), "")
    html = shelf.get(stamp, key) if settings.KEEP_PAGES else None
    if html is None:
        zone = timezone.get_default_timezone()
        reports = [
            {"path": each.path, "headline": each.headline, "on": each.published_at.astimezone(zone).date()}
            for each in related(uuid, language)
        ]
        html = render_to_string("public/_related.html", {"reports": reports, "lang": language}) if reports else ""
        if settings.KEEP_PAGES:
            shelf.put(stamp, key, html, size=len(html) + 100)
    return before + html + after
