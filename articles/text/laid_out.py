"""A report's body as Markdown (CommonMark 0.31) and as plain text, laid out for people who paste it elsewhere."""

from __future__ import annotations

import re
from typing import Any

from markdownify import ATX, MarkdownConverter

BLANK_LINES = re.compile(r"\n{3,}")
TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def markdown(html: str) -> str:
    """The sanitised HTML as Markdown: headings with #, links inline, what would be read as markup escaped."""
    return _tidy(_Marked(heading_style=ATX, bullets="-", escape_misc=True, newline_style="backslash").convert(html))


def plain_lines(html: str) -> str:
    """The sanitised HTML as text: a blank line between blocks, quotations indented, links followed by their address."""
    return _tidy(_Plain(escape_asterisks=False, escape_underscores=False, escape_misc=False, bullets="-", autolinks=False).convert(html))


def _tidy(text: str) -> str:
    return BLANK_LINES.sub("\n\n", TRAILING.sub("", text.replace("\u00a0", " "))).strip()


class _Marked(MarkdownConverter):
    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """A link within the page leads nowhere in another one."""
        return text if el.get("href", "#").startswith("#") else str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]  # of a stub that lists no methods

    def convert_q(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"“{text}”"

    def convert_sup(self, el: Any, text: str, parent_tags: Any) -> str:
        """The number of a note stands in brackets, so that it is none of the sentence."""
        return str(self.escape(f"[{text}]", parent_tags)) if text.strip().isdecimal() else text  # type: ignore[attr-defined]  # as above


class _Plain(_Marked):
    """The same walk, with words in place of marks."""

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        address = el.get("href", "")
        shown = address.removeprefix("mailto:")
        return text if not address or address.startswith("#") or shown in text else f"{text} ({shown})"

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_em(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    convert_strong = convert_b = convert_i = convert_sub = convert_em

    def convert_blockquote(self, el: Any, text: str, parent_tags: Any) -> str:
        lines = "\n".join(f"    {line}" if line.strip() else "" for line in text.strip().split("\n"))
        return f"\n\n{lines}\n\n"

    def convert_br(self, el: Any, text: str, parent_tags: Any) -> str:
        return "\n"
