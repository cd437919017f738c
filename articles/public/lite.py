"""The text-only edition of any page (`?lite`): the same words, links and forms without style, pictures and drawings. It is made of the page itself."""

from __future__ import annotations

import hashlib
import re
from html import escape, unescape

import nh3
from django.conf import settings
from django.utils.translation import gettext as _

from articles.public.request import ReaderRequest
from articles.stamp.shelf import Shelf

TAGS = {
    "a", "abbr", "article", "aside", "b", "bdi", "blockquote", "br", "button", "cite", "dd", "del", "details", "dl", "dt", "em", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "header", "hr", "i", "input", "ins", "label", "legend", "li", "main", "nav",
    "ol", "optgroup", "option", "p", "q", "s", "section", "select", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "textarea", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir", "id", "aria-label", "aria-labelledby", "aria-describedby", "aria-current", "aria-invalid"},
    "a": {"href", "hreflang", "rel"},
    "abbr": {"title"},
    "button": {"type", "name", "value"},
    "details": {"open"},
    "form": {"method", "action", "novalidate", "accept-charset"},
    "input": {
        "type", "name", "value", "checked", "required", "disabled", "readonly", "min", "max", "step", "minlength", "maxlength", "pattern",
        "autocomplete", "inputmode", "size", "placeholder", "list",
    },
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "type"},
    "optgroup": {"label"},
    "option": {"value", "selected", "disabled", "label"},
    "select": {"name", "required", "multiple", "size", "disabled", "autocomplete"},
    "td": {"colspan", "rowspan"},
    "textarea": {"name", "rows", "cols", "required", "maxlength", "minlength", "autocomplete", "spellcheck", "placeholder"},
    "th": {"colspan", "rowspan", "scope"},
}  # fmt: skip
WITH_CONTENT = {"svg", "math", "script", "style", "template", "noscript", "video", "audio", "object", "iframe"}
ROOT = re.compile(r"<html [^<>]*>")
KEPT_OF_HEAD = re.compile(r'<title>[^<]*</title>|<link rel="(?:canonical|icon)"[^<>]*>|<meta name="(?:viewport|color-scheme)"[^<>]*>')
WAY_HERE = re.compile(r'<a [^<>]*href="\?(?:([^"<>]*)&amp;)?lite"[^<>]*>[^<]*</a>')
MENU_BUTTON = re.compile(r'<details class="menu">.*?</details>', re.DOTALL)
SAID_TWICE = re.compile(r'<p class="pulled".*?</p>', re.DOTALL)
IMAGE = re.compile(r"<img ([^<>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
CANDIDATE = re.compile(r"(\S+) (\d+)w")
GET_FORM = re.compile(r'<form [^<>]*method="get"[^<>]*>')
ENOUGH_WIDTH = 600
MOST_KEPT = 4_000_000

shelf: Shelf[bytes] = Shelf(most_bytes=MOST_KEPT)


def is_asked_for(request: ReaderRequest) -> bool:
    """Whether the address ends in the word."""
    return "lite" in request.META.get("QUERY_STRING", "") and "lite" in request.GET


def also(request: ReaderRequest, path: str) -> str:
    """A path of ours in the edition that the reader is in."""
    return f"{path}?lite" if is_asked_for(request) and "?" not in path else path


def kept_text_only(page: bytes, stamp: int) -> bytes:
    """`text_only`, made once per page and stamp."""
    if not settings.KEEP_PAGES:
        return text_only(page.decode()).encode()
    key = (hashlib.sha256(page).hexdigest(), "")
    made = shelf.get(stamp, key)
    if made is None:
        made = text_only(page.decode()).encode()
        shelf.put(stamp, key, made, size=len(made))
    return made


def text_only(page: str) -> str:
    """The page's words in their order and languages, its links, which stay in this edition, and its forms.

    A picture becomes a link to a small file of it, named by its alternative text. The same page gives the same bytes.
    """
    head, _mark, body = page.partition("<body>")
    way = WAY_HERE.search(body)
    full, label = f"?{way[1]}" if way and way[1] else "./", escape(_("The page with style and pictures"))
    body = WAY_HERE.sub("", body, count=1)
    body = GET_FORM.sub(
        r'\g<0><input type="hidden" name="lite" value="">', IMAGE.sub(_in_words, SAID_TWICE.sub("", MENU_BUTTON.sub("", body)))
    )
    clean = nh3.clean(
        body.rpartition("</body>")[0],
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=WITH_CONTENT,
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        strip_comments=True,
    )
    root = ROOT.search(head)
    kept = "\n".join(KEPT_OF_HEAD.findall(head))
    lines = "\n".join(line for each in clean.split("\n") if (line := each.strip()))
    return (
        f'<!doctype html>\n{root[0] if root else "<html>"}\n<head>\n<meta charset="utf-8">\n{kept}\n<meta name="robots" content="noindex">\n'
        f'</head>\n<body>\n<p><a href="{full}">{label}</a></p>\n{lines}\n</body>\n</html>\n'
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    return _in_this_edition(value) if name in ("href", "action") else value


def _in_this_edition(link: str) -> str:
    """A link to a page of ours with the word; files, feeds, anchors and other sites as they are."""
    own = link.removeprefix(settings.SITE_URL)
    path, query, fragment = re.match(r"([^?#]*)(?:\?([^#]*))?(#.*)?", own, re.DOTALL).groups("")  # type: ignore[union-attr]  # it matches all
    if not path.startswith("/") or path.startswith("//") or not path.endswith("/"):
        return link
    return f"{path}?{query}{'&' if query else ''}lite{fragment}"


def _in_words(found: re.Match[str]) -> str:
    """A picture as a link to the smallest of its files that is wide enough to be seen; a logo as its name; a decoration as nothing."""
    given = dict(ATTRIBUTE.findall(found[1]))
    alt, source = given.get("alt", ""), given.get("src", "")
    if not alt or "mast__logo" in given.get("class", ""):
        return alt
    files = sorted((int(width), path) for path, width in CANDIDATE.findall(unescape(given.get("srcset", ""))))
    small = next((path for width, path in files if width >= ENOUGH_WIDTH), source)
    words = _("Picture: %(words)s") % {"words": unescape(alt)}
    return f'<a href="{escape(unescape(small))}">{escape(words, quote=False)}</a> '
