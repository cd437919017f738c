"""Every public path, built in one place. The main language has no prefix, every other one has its own."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings


def _path(language: str, rest: str) -> str:
    return f"/{rest}" if language == settings.MAIN_LANGUAGE else f"/{language}/{rest}"


def home_path(language: str) -> str:
    return _path(language, "")


def reports_path(language: str) -> str:
    return _path(language, "reports/")


def year_path(language: str, year: int) -> str:
    return _path(language, f"reports/{year}/")


def month_path(language: str, year: int, month: int) -> str:
    return _path(language, f"reports/{year}/{month:02}/")


def report_path(language: str, at: dt.date, slug: str) -> str:
    """The path of a report first published at that time, already in the site's zone."""
    return _path(language, f"reports/{at.year}/{at.month:02}/{slug}/")


def page_path(language: str, slug: str) -> str:
    return _path(language, f"{slug}/")


def changes_path(path: str) -> str:
    """The page that compares the published texts of the report at that path."""
    return f"{path}changes/"


TEXT, MARKDOWN, NINJS, REPUBLISH, KIT = "report.txt", "report.md", "ninjs.json", "republish/", "press-kit.zip"
"""What a report is in other forms, behind its path."""


def form_path(path: str, name: str) -> str:
    """The report at that path in another form."""
    return f"{path}{name}"


def regions_path(language: str) -> str:
    return _path(language, "regions/")


def region_path(language: str, slug: str) -> str:
    return _path(language, f"regions/{slug}/")


def tags_path(language: str) -> str:
    return _path(language, "tags/")


def tag_path(language: str, slug: str) -> str:
    return _path(language, f"tags/{slug}/")


def author_path(language: str, slug: str) -> str:
    return _path(language, f"authors/{slug}/")


def search_path(language: str) -> str:
    return _path(language, "search/")


def corrections_path(language: str) -> str:
    return _path(language, "corrections/")


def press_path(language: str) -> str:
    return _path(language, "press/")


def inquiry_path(language: str) -> str:
    return _path(language, "press/inquiry/")


def kind_slug(kind: str) -> str:
    """A kind as it stands in addresses."""
    return kind.replace(" ", "-")


def kind_path(language: str, kind: str) -> str:
    """Where the feeds of a kind stand; its list is the archive's, narrowed."""
    return _path(language, f"reports/kind/{kind_slug(kind)}/")


def feed_path(folder: str, form: str, *, extent: str = "feed") -> str:
    """The feed in the folder of the page it is of: form `rss`, `atom` or `json`, extent `feed` (full texts) or `summary`."""
    return f"{folder}{extent}.{form}"


def oembed_address(address: str) -> str:
    """Where the card of the report at that address is had."""
    return f"{settings.SITE_URL}/oembed?{urlencode({'url': address})}"


def sitemap_path(name: str) -> str:
    """A part of the sitemap: its number, or `sections-` with a language."""
    return f"/sitemaps/{name}.xml"


def media_path(name: str) -> str:
    """The path of a public file, by the hash that is its name."""
    return f"/media/{name}"


def api_page_path(language: str) -> str:
    """The page that tells people about the API."""
    return _path(language, "api/")


def api_path(rest: str = "") -> str:
    """An address of the API: one for all languages."""
    return f"/api/v1/{rest}"


def theme_path(hash_: str) -> str:
    """The path of the stylesheet of the newsroom's own colours, by its hash."""
    return f"/theme.{hash_}.css"
