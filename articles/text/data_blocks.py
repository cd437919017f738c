"""Data for machines within a page: JSON-LD that no text in it can break out of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def block(graph: Sequence[dict[str, Any]]) -> SafeString:
    """The nodes of a schema.org graph as the text of a data block; nothing in it can close the element that holds it."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - the translation leaves no markup
