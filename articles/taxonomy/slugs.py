"""Short names for addresses: a–z, figures, single hyphens, at most 80 characters."""

from __future__ import annotations

import re

from anyascii import anyascii
from django.conf import settings

from articles.text.slugs import LONGEST

RESERVED = frozenset(
    {
        "reports", "regions", "tags", "authors", "search", "corrections", "press", "media", "api", "desk", "static", "healthz", "readyz",
        "feed", "feeds", "sitemap", "sitemaps", "oembed", "robots", "admin", "humans", "favicon", "news-sitemap", "well-known",
        *(code.lower() for code, _name in settings.LANGUAGES),
    }
)  # fmt: skip
"""First path segments that the site uses itself, and its language codes."""


def propose_slug(text: str) -> str:
    """A slug from the text in whatever script, cut at a word; "" when nothing of it can be written in a–z and figures."""
    plain = re.sub(r"[’'ʼ`]", "", anyascii(text)).lower()
    return _cut(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), LONGEST)


def numbered(slug: str, number: int) -> str:
    """The slug with a number at its end, no longer than a slug may be."""
    ending = f"-{number}"
    return _cut(slug, LONGEST - len(ending)) + ending


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]
