"""Foreign HTML as a row of clean blocks: paragraphs, headings, lists, quotations. What lays a page out goes; its words stay."""

from __future__ import annotations

import re
from html import escape

import nh3

from articles.text.characters import decoded
from articles.text.plain import plain_text
from articles.text.sanitise import is_light, is_safe_link

INLINE = {"a", "em", "strong", "sup", "sub", "abbr", "cite", "q", "span", "bdi", "i", "b"}
PARAGRAPHS = {
    "p", "div", "pre", "td", "th", "caption", "figcaption", "dt", "dd", "address", "article", "section", "main", "header", "footer", "aside",
    "figure", "table", "tr", "form", "fieldset", "legend",
}  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
CHROME = {"nav", "select", "button", "textarea"}
"""What a page steers with: its words are no part of a text."""
STRUCTURE = {"ul", "ol", "li", "blockquote", "br", "hr"}
WITHOUT_WORDS = {"script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "title", "head"}
ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href", "hreflang"}, "abbr": {"title"}, "span": {"class"}}
TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*+)>|([^<]++)')
CHARACTER = re.compile(r'<[a-z/][^<>"]*(?:"[^"]*"[^<>"]*)*>|&[#\w]{1,32};|.', re.DOTALL)
SPACES = re.compile(r"[^\S\n]+")
TAGS = re.compile(r"<[^<>]*>")
BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")
EDGE = re.compile(r"\A(?:\s|<br>)+|(?:(?<![\s>])\s+)?(?:<br>\s*)+\Z")
OPENING = re.compile(r"<(?:p|h2|h3)(?: [^>]*)?>")
LEADING = re.compile(r"\A\s*(?:<br>\s*)*")
EMPTY = re.compile(r"<(\w+)(?: [^<>]*)?>\s*</\1>")


def html_blocks(html: str) -> tuple[list[str], list[str]]:
    """The blocks of the HTML in order, and the lines of its menus and buttons, which are none of them."""
    if not is_light(html):
        return [f"<p>{escape(line, quote=False)}</p>" for line in plain_text(html).split("\n") if line], []
    clean = nh3.clean(
        html.replace("&nbsp;", "\u00a0"),
        tags=INLINE | PARAGRAPHS | HEADINGS.keys() | CHROME | STRUCTURE,
        clean_content_tags=WITHOUT_WORDS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _Reader().read(one_space(clean.replace("&nbsp;", " "), keep_lines=True))


def one_space(text: str, *, keep_lines: bool = False) -> str:
    """The text with one plain space where there were several, or unbreakable ones; byte order marks go."""
    text = text.replace("\ufeff", "")
    return SPACES.sub(" ", text) if keep_lines else " ".join(text.split())


def opening_words(block: str, longest: int) -> str:
    """The first visible characters of a paragraph, as they are counted by `without_opening`."""
    words: list[str] = []
    if opening := OPENING.match(block):
        for found in CHARACTER.finditer(block, opening.end()):
            if len(words) >= longest:
                break
            if len(found[0]) == 1 or found[0][0] == "&":
                words.append(decoded(found[0])[:1])
    return "".join(words)


def without_opening(block: str, length: int) -> str:
    """The paragraph without its first `length` visible characters; tags that stood there stay balanced, "" when nothing is left."""
    opening = OPENING.match(block)
    if opening is None:
        return block
    kept, at = [], opening.end()
    for found in CHARACTER.finditer(block, at):
        if len(found[0]) == 1 or found[0][0] == "&":
            if length <= 0:
                break
            length -= 1
        elif found[0] != "<br>":
            kept.append(found[0])
        at = found.end()
    rest = "".join(kept) + block[at:].lstrip()
    while (shorter := LEADING.sub("", EMPTY.sub("", rest))) != rest:
        rest = shorter
    return opening[0] + rest if re.sub(r"<[^<>]*>", "", rest).strip() else ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Links of another site that are not whole lead nowhere here."""
    if name == "href":
        return value if is_safe_link(value) and not value.lstrip().startswith(("/", "#")) else None
    if name == "class":
        return "sic" if "sic" in value.split() else None
    return value.replace('"', "").replace("<", "").replace(">", "")


MOST_CARRIED = 12
"""So many inline elements, one in another, go on from paragraph to paragraph."""


class _Reader:
    """Reads the parser's balanced HTML from left to right."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.dropped: list[str] = []
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []  # inline elements, with their opening tags
        self.opening = "<p>"
        self.items: list[str] | None = None
        self.list_tag = ""
        self.carried = 0  # of the parts, the tags that were open before
        self.lists = self.quotes = self.chrome = self.inside = 0
        self.quoted: list[str] = []

    def read(self, clean: str) -> tuple[list[str], list[str]]:
        for slash, name, attributes, text in TOKEN.findall(clean):
            if text:
                self._text(text)
            elif slash:
                self._end(name)
            else:
                self._start(name, attributes)
        self._flush()
        return self.blocks, self.dropped

    def _text(self, text: str) -> None:
        if self.inside or self.lists:
            self.parts.append(text)
            return
        first, *others = BLANK_LINE.split(text)
        self.parts.append(first)
        for other in others:
            self._flush()
            self.parts.append(other)

    def _start(self, name: str, attributes: str) -> None:
        if name in INLINE:
            opening = f"<{name}{attributes}>"
            if any(opening == other for _name, other in self.open) or sum(bool(other) for _name, other in self.open) == MOST_CARRIED:
                opening = ""  # says nothing more
            self.open.append((name, opening))
            self.parts += [opening] if opening else []
        elif name == "br":
            if not re.search(r"<br>\s*\Z", "".join(self.parts[-2:])):
                self.parts.append("<br>")
            elif not self.lists:
                self._flush()
        elif name == "li":
            self._flush()
        else:
            self._flush()
            if name in HEADINGS or name == "p":
                self.inside += 1
                self.opening = f"<{HEADINGS.get(name, 'p')}{attributes}>"
            elif name in ("ul", "ol"):
                self.lists += 1
                if self.lists == 1:
                    self.items, self.list_tag = [], name
            elif name == "blockquote":
                self.quotes += 1
            elif name == "hr":
                self._add("<hr>")
            elif name in CHROME:
                self.chrome += 1

    def _end(self, name: str) -> None:
        if name in INLINE:
            if self.open and self.open.pop()[1]:
                self.parts.append(f"</{name}>")
            return
        self._flush()
        if name in HEADINGS or name == "p":
            self.inside -= 1
            self.opening = "<p>"
        elif name in ("ul", "ol"):
            self.lists -= 1
            if not self.lists and self.items:
                items, self.items = self.items, None
                self._add(f"<{self.list_tag}>{''.join(items)}</{self.list_tag}>")
        elif name == "blockquote":
            self.quotes -= 1
            if not self.quotes and self.quoted:
                quoted, self.quoted = self.quoted, []
                self._add(f"<blockquote>{''.join(quoted)}</blockquote>")
        elif name in CHROME:
            self.chrome -= 1

    def _flush(self) -> None:
        """Ends a paragraph; inline elements that are open go on in the next."""
        if len(self.parts) == self.carried:
            return
        closing = "".join(f"</{name}>" for name, opening in reversed(self.open) if opening)
        inner = one_space("".join(self.parts)) + closing
        inner = EDGE.sub("", inner).strip() if "<br>" in inner else inner
        self.parts = [opening for _name, opening in self.open if opening]
        self.carried = len(self.parts)
        if not inner or (inner[0] == "<" and not TAGS.sub("", inner).strip()):
            return
        if self.chrome:
            self.dropped.append(one_space(decoded(TAGS.sub(" ", inner))))
        elif self.lists and self.items is not None:
            self.items.append(f"<li>{inner}</li>")
        else:
            self._add(f"{self.opening}{inner}</{self.opening[1:3].strip('> ')}>")

    def _add(self, block: str) -> None:
        (self.quoted if self.quotes else self.blocks).append(block)
