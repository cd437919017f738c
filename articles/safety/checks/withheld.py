"""What the report itself holds back: its place under a coarse or withheld dateline, its writers under a withheld byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext_lazy as _

from articles.safety.finding import Finding, Outgoing
from articles.text.analyser import tokens
from articles.text.plain import plain_text


def check(outgoing: Outgoing) -> Iterator[Finding]:
    for field, text in outgoing.texts:
        words = _words(text)
        if any(_stands_in(place, words) for place in outgoing.withheld_places):
            yield Finding(
                "withheld", field, _("The place that the dateline holds back stands here: take it out, or show it in the dateline.")
            )
        if any(_stands_in(name, words) for name in outgoing.withheld_names):
            yield Finding(
                "withheld", field, _("The name of a writer whose byline is withheld stands here: take it out, or show the byline.")
            )


def _stands_in(name: str, words: str) -> bool:
    sought = _words(name)
    return bool(sought.strip()) and sought in words


def _words(text: str) -> str:
    plain = plain_text(text) if "<" in text else unescape(text)
    return f" {' '.join(tokens(re.sub(r'[-_/]', ' ', plain), ''))} "
