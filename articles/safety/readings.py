"""What a text says to whoever reads it, its source or its links: the words that a check looks through."""

from __future__ import annotations

import re
from urllib.parse import unquote

from articles.text.characters import decoded
from articles.text.plain import plain_text

HTML_FIELDS = frozenset({"body"})
VALUE = re.compile(r'="([^"<>]*)"')
PUNYCODE = re.compile(r"(?<![a-z0-9-])xn--([a-z0-9-]{1,59})", re.IGNORECASE)
DEPTH = 3


def readings(field: str, text: str) -> list[str]:
    """The text as it is seen, then, of HTML, each value of an attribute; references, percent signs and host names are decoded."""
    found = [plain_text(text), *VALUE.findall(text)] if field in HTML_FIELDS else [text, plain_text(text)]
    return list(dict.fromkeys(_resolved(each) for each in found))


def _resolved(text: str) -> str:
    for _layer in range(DEPTH):
        deeper = unquote(decoded(text))
        if deeper == text:
            break
        text = deeper
    return PUNYCODE.sub(_label, text)


def _label(found: re.Match[str]) -> str:
    try:
        return found[1].encode().decode("punycode")
    except UnicodeError:
        return found[0]
