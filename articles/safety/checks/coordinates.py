"""Exact coordinates: they lead to a door. They block where the place is withheld or coarse, and warn elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext_lazy as _

from articles.safety.finding import Finding, Outgoing

PAIR = re.compile(
    r"(?<![\d.])[-+−]?\d{1,3}\.\d{3,}\s*°?\s*[NSns]?\s*[,;/ ]\s*[-+−]?\d{1,3}\.\d{3,}"  # decimal degrees
    r"|\d{1,3}\s*°\s*\d{1,2}\s*[′']\s*\d{1,2}(?:\.\d+)?\s*[″\"]"  # degrees, minutes, seconds
)


def check(outgoing: Outgoing) -> Iterator[Finding]:
    for field, text in outgoing.texts:
        if PAIR.search(unescape(text)):
            sentence = (
                _("Exact coordinates stand here while the dateline holds the place back: take them out.")
                if outgoing.place_withheld
                else _("Exact coordinates stand here: is it safe to say so exactly where?")
            )
            yield Finding("coordinates", field, sentence, blocks=outgoing.place_withheld)
