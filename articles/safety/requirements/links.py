"""Links: each leads where readers can go. Only its form is looked at; no address is ever asked for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Requirement
from articles.safety.requirements.base import Lack, Rule

HREF = re.compile(r'<a\b[^<>]*?\bhref="([^"]*)"')
SPACE = re.compile(r"\s")
INSIDE = (".local", ".internal", ".localhost", ".lan", ".home.arpa")
DESK = re.compile(r"/+desk(?:[/?#]|\Z)", re.IGNORECASE)


class Links(Rule):
    code = Requirement.Code.LINKS
    level = Requirement.Level.REQUIRED

    def lacks(self, found: Material) -> Iterator[Lack]:
        anchors = {"#text", *(f"#n{number}" for number, _row in enumerate([row for row in found.citations if row.public], start=1))}
        said = set()
        for field, link in _links(found):
            sentence: str | Promise | None = None
            if not link.startswith("#"):
                sentence = fault(link)
            elif link not in anchors:
                sentence = _("A link leads to a place that this page does not have.")
            if sentence and (field, sentence) not in said:
                said.add((field, sentence))
                yield field, sentence


def fault(link: str) -> str | Promise | None:
    """What is wrong with the form of a link, as a sentence; None when nothing is."""
    if SPACE.search(link):
        return _("A link has a space in it: write it anew.")
    try:
        parts = urlsplit(link)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return _("A link is not well formed: write it anew.")
    own = (urlsplit(settings.SITE_URL).hostname or "").rstrip(".")
    if DESK.match(parts.path) and (not parts.netloc or host == own):
        return _("A link leads to the desk, where no reader can go.")
    if link.startswith("/") and not link.startswith("//"):
        return None
    if parts.scheme == "mailto":
        return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) else _("A link is not well formed: write it anew.")
    if parts.scheme not in ("http", "https"):
        return _("A link begins with something else than https:// or http://.")
    if "@" in parts.netloc:
        return _("A link has a user name or a password in it: take it out.")
    if host != own and _is_inside(host):
        return _("A link leads to an address that only your own network has.")
    if host != own and (("." not in host and ":" not in host) or ".." in host or host.startswith(".")):
        return _("A link is not well formed: write it anew.")
    return None


def _links(found: Material) -> Iterator[tuple[str, str]]:
    for href in HREF.findall(found.report.body):
        yield "body", unescape(href)
    if found.report.call_to_action_link:
        yield "call_to_action_link", found.report.call_to_action_link
    for row in found.citations:
        yield from (("citations", link) for link in (row.address, row.archive_address) if link)


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or f".{host}".endswith(INSIDE)
