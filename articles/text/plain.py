"""HTML as plain text. Django's strip_tags glues the words of neighbouring blocks; this keeps them apart."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "br", "hr", "div", "figure", "figcaption", "tr", "table", "section"}
)
SILENT = frozenset({"script", "style", "template"})


def plain_text(html: str) -> str:
    """The visible text, blocks on lines of their own."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)
