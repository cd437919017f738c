"""What stands around the items of a feed, in RSS 2.0, Atom (RFC 4287, tombstones RFC 6721) and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.editions.feed_items import NOT_XML
from articles.editions.feed_lists import Gone, Item

NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
RSS_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
ATOM_SPACE, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"

Element = tuple[str, dict[str, str], str]


@dataclass(frozen=True)
class Feed:
    """A feed without its items. `page` and `own` are paths: of the page it is the feed of, and its own; `is_main` is the feed with that page's id.

    `hub` is where one may subscribe to be told of changes, or "".
    """

    title: str
    description: str
    site_name: str
    language: str
    page: str
    own: str
    is_main: bool = False
    hub: str = ""

    @property
    def page_address(self) -> str:
        return settings.SITE_URL + self.page

    @property
    def own_address(self) -> str:
        return settings.SITE_URL + self.own


def rss(feed: Feed, items: Sequence[Item], gone: Sequence[Gone]) -> bytes:
    """RSS has no word for what was taken back: there it is simply no longer listed."""
    head: list[Element] = [
        ("title", {}, feed.title),
        ("link", {}, feed.page_address),
        ("description", {}, feed.description or feed.title),
        ("language", {}, feed.language),
        *([("lastBuildDate", {}, http_date(max(each.updated_at for each in items).timestamp()))] if items else []),
        ("atom:link", {"href": feed.own_address, "rel": "self", "type": TYPES["rss"]}, ""),
        *([("atom:link", {"href": feed.hub, "rel": "hub"}, "")] if feed.hub else []),
    ]
    body = "".join(
        _with(each.item, "</item>", f"<content:encoded>{escape(each.text_html)}</content:encoded>\n" if each.text_html else "")
        for each in items
    )
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in RSS_SPACES.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{spaces}><channel>{elements(head)}{body}</channel></rss>\n'.encode()


def atom(feed: Feed, items: Sequence[Item], gone: Sequence[Gone]) -> bytes:
    """What was taken back is named by its id alone, so that readers' copies can go."""
    updated = max([each.updated_at for each in items] + [each.at for each in gone], default=NEVER)
    head: list[Element] = [
        ("id", {}, feed.page_address if feed.is_main else feed.own_address),
        ("title", {}, feed.title),
        *([("subtitle", {}, feed.description)] if feed.description else []),
        ("updated", {}, when(updated)),
        ("link", {"href": feed.page_address, "rel": "alternate", "type": "text/html"}, ""),
        ("link", {"href": feed.own_address, "rel": "self", "type": TYPES["atom"]}, ""),
        *([("link", {"href": feed.hub, "rel": "hub"}, "")] if feed.hub else []),
    ]
    author = f"<author>{elements([('name', {}, feed.site_name)])}</author>"
    body = "".join(
        _with(each.item, "</entry>", f'<content type="html">{escape(each.text_html)}</content>\n' if each.text_html else "")
        for each in items
    )
    tombstones = elements([("at:deleted-entry", {"ref": f"urn:uuid:{each.uuid}", "when": when(each.at)}, "") for each in gone])
    spaces = f'xmlns="{ATOM_SPACE}"' + (f' xmlns:at="{TOMBSTONES}"' if gone else "")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed {spaces} xml:lang="{feed.language}">{elements(head)}{author}{body}{tombstones}</feed>\n'
    ).encode()


def json_feed(feed: Feed, items: Sequence[Item], gone: Sequence[Gone]) -> bytes:
    """JSON Feed has no word for what was taken back either. Each item has a content: without the full text its summary is that."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_address,
        "feed_url": feed.own_address,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.site_name, "url": f"{settings.SITE_URL}/"}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    shown = []
    for each in items:
        if each.item:  # an old drawing has none before it is redrawn
            item = json.loads(each.item)
            shown.append({**item, **({"content_html": each.text_html} if each.text_html else {"content_text": item.get("summary", "")})})
    whole = {**{name: value for name, value in head.items() if value}, "items": shown}
    return f"{json.dumps(whole, ensure_ascii=False, separators=(',', ':'))}\n".encode()


FRAMES = {"rss": rss, "atom": atom, "json": json_feed}


def when(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def elements(rows: Sequence[Element]) -> str:
    """XML elements of (name, attributes, text), without the characters that XML forbids."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    for name, attributes, text in rows:
        xml.addQuickElement(name, NOT_XML.sub("", text), attributes)
    return out.getvalue()


def _with(item: str, ending: str, more: str) -> str:
    """The item with `more` before its end."""
    return f"{item.rstrip().removesuffix(ending)}{more}{ending}\n" if more else item
