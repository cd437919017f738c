"""Safe HTML: what a report's body may hold. Runs wherever HTML enters and again at composition; a second pass changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

import nh3

from articles.text.characters import decoded, normalised
from articles.text.plain import plain_text

TAGS = {
    "p", "h2", "h3", "blockquote", "ul", "ol", "li", "a", "em", "strong", "sup", "sub", "abbr", "cite", "q", "br", "hr", "span", "bdi", "i", "b",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "span": {"class", "lang", "dir"},
    "blockquote": {"cite"},
    "q": {"cite"},
}
CLASSES = {"span": {"sic", "pull"}}
SCHEMES = {"http", "https", "mailto"}
# Never svg, math or style as tags: each known hole of the parser needs one of them (RUSTSEC-2025-0071).
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "noscript",
    "title",
    "head",
    "select",
    "textarea",
}
PASSES = 8
DEEPEST = 200
MOST_TAGS = 20_000
HEAVIEST = 20_000_000_000
OPENING_OR_CLOSING = re.compile(r"<(/?)([a-z][a-z0-9]*)\b")
NEVER_DEEP = {"p", "li", "br", "hr", "img", "wbr", "input", "meta", "link", "tr", "td", "th", "dt", "dd", "option", "col", "area", "source"}

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Composed with a bracket of the markup, U+0338 would make another letter of it: > becomes ≯.
STROKE = re.compile('(?<=[<>="])\u0338+')
OTHER_BLOCKS = re.compile(
    r"</?(?:div|section|article|main|header|footer|aside|nav|address|figure|figcaption|table|caption|tr|t[dh]|d[ltd]|pre|h[1456]|form|fieldset|option)\b",
    re.IGNORECASE,
)
BLOCK = r"</?(?:p|h2|h3|blockquote|ul|ol|li|hr)\b[^<>]*>"
BEFORE_BLOCK = re.compile(rf"(?<![ \t\n])[ \t\n]+(?={BLOCK})")  # the first look keeps it linear
AFTER_BLOCK = re.compile(rf"({BLOCK})[ \t\n]+")
EMPTY_BLOCK = re.compile(r"<(p|h2|h3|li|blockquote|ul|ol)>(?:[ \t\n]|&nbsp;|<br>)*</\1>")
SPAN = re.compile(r"</?span\b[^<>]*>")
OWN_PATH = re.compile(r"/(?![/\\])[^\\]*\Z")
FRAGMENT = re.compile(r"#[\w.:-]*\Z")
ABSOLUTE = re.compile(r"(?:https?://(?![^/?#]*[@\\])[^/?#\\]|mailto:[^@/\\]+@)", re.IGNORECASE)
HIDING = re.compile("[\x00-\x20\x7f-\xa0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


def sanitise(html: str) -> str:
    """The HTML with only what a report may hold: no script, no style, no class but `sic` and `pull` (a pull quote), links to http(s), mailto or our own paths.

    Text is NFC without control characters; white space around blocks, empty blocks and spans that say nothing go.
    What nests deeper than a person writes, or is full of ampersands, comes back as one paragraph of its words.
    """
    text = _characters(OTHER_BLOCKS.sub(r" \g<0>", html))
    for _pass in range(PASSES if is_light(text) else 0):
        clean = _once(text)
        if clean == text:
            return clean
        text = clean
    words = " ".join(_characters(plain_text(text)).split())
    return f"<p>{escape(words, quote=False)}</p>" if words else ""


def is_safe_link(link: str) -> bool:
    """Whether a link leads where it says: absolute with http, https or mailto, or a path or fragment of our own.

    Browsers read `//host`, `/\\host`, `https:host`, `https://us@them` and a tab inside a scheme as links elsewhere
    (URL Standard, section 4.4): all are refused.
    """
    plain = decoded(link.strip(" "))
    if HIDING.search(plain):
        return False
    return bool(ABSOLUTE.match(plain) or OWN_PATH.match(plain) or FRAGMENT.match(plain))


def is_light(text: str) -> bool:
    """Whether tags nest, and ampersands stand, as in a text that a person wrote: the parser's time grows with the square of either.

    A closing tag in a comment or an attribute is counted though it closes nothing: the limit on all tags together holds those.
    """
    if (text.count("&") - text.count("&nbsp;")) * len(text) > HEAVIEST:
        return False
    depth, all_opened, opened = 0, 0, Counter[str]()
    for slash, name in OPENING_OR_CLOSING.findall(text.lower()):
        if name in NEVER_DEEP:
            continue
        if not slash:
            depth, all_opened, opened[name] = depth + 1, all_opened + 1, opened[name] + 1
        elif opened[name]:
            depth, opened[name] = depth - 1, opened[name] - 1
        if depth > DEEPEST or all_opened > MOST_TAGS:
            return False
    return True


def _once(text: str) -> str:
    clean = nh3.clean(
        text.replace("&nbsp;", "\u00a0"),
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    clean = AFTER_BLOCK.sub(r"\1", BEFORE_BLOCK.sub("", _without_bare_spans(_characters(clean))))
    for _depth in range(PASSES):
        clean, emptied = EMPTY_BLOCK.subn("", clean)
        if not emptied:
            break
    return clean.strip(" \t\n")


def without_controls(text: str) -> str:
    """The text without characters that HTML and XML forbid. Its lines end as a form sent them, or the form would take them for changed."""
    return CONTROLS.sub("", text)


def _characters(text: str) -> str:
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return normalised(STROKE.sub("", text))


def _without_bare_spans(html: str) -> str:
    """The parser's balanced HTML without `<span>`s that carry no attribute."""
    kept: list[bool] = []

    def judge(found: re.Match[str]) -> str:
        if found[0] == "</span>":
            return found[0] if not kept or kept.pop() else ""
        kept.append(found[0] != "<span>")
        return found[0] if kept[-1] else ""

    return SPAN.sub(judge, html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    value = value.strip()
    if name in ("href", "cite"):
        return value if is_safe_link(value) else None
    if name == "class":
        kept = dict.fromkeys(each for each in value.split() if each in CLASSES.get(tag, ()))
        return " ".join(kept) or None
    if name in ("lang", "hreflang"):
        return value if LANGUAGE.match(value) else None
    if name == "dir":
        return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
    return value
