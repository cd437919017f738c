"""HTML as plain text. Django's strip_tags glues the words of neighbouring blocks; this keeps them apart.

Python's own parser is not used: its time grows with the square of the number of tags that are not closed.
"""

from __future__ import annotations

import re

from articles.text.characters import decoded

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    }
)  # fmt: skip
# What is not closed reaches to the end, as in a browser: so nothing is looked through twice.
MARKUP = re.compile(
    r"<!--(?:.*?-->|.*\Z)"
    r"|<(?P<silent>script|style|template)\b[^<>]*>(?:.*?</(?P=silent)\s*>|.*\Z)"
    r"|</?(?P<tag>[a-z][a-z0-9]*)[^<>]*>"
    r"|<[!?/][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)


def plain_text(html: str) -> str:
    """The visible text, blocks on lines of their own."""
    parts, at = [], 0
    for found in MARKUP.finditer(html):
        parts.append(_words(html[at : found.start()]))
        if found["tag"] and found["tag"].lower() in BLOCKS:
            parts.append("\n")
        at = found.end()
    parts.append(_words(html[at:]))
    lines = (re.sub(r" +", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", decoded(text))
