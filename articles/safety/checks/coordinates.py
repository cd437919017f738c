"""Exact coordinates: they lead to a door. They block where the place is withheld or coarse, and warn elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.finding import Finding, Outgoing
from articles.safety.readings import readings

DEGREES = r"[-+−]?\d{1,3}[.٫]\d{3,20}\s?°?"
EXACT = re.compile(
    rf"(?<![\d.])(?:[NSns]\s?)?{DEGREES}\s?[NSns]?\s?[,;/،\s]\s?(?:[EWOewo]\s|(?i:long?(?:itude)?|lng)\s?[:=]?\s?)?{DEGREES}"  # decimal degrees
    r"|(?<!\d)[-+−]?\d{1,3},\d{4,20}\s?°?\s?[NSns]?\s?[;/\s]\s?[-+−]?\d{1,3},\d{4,20}"  # with decimal commas
    r"|\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d{1,12})?\s?['′’´]"  # degrees and minutes, with seconds or without
    r"|!3d-?\d{1,3}\.\d{3,20}!4d|\bm?lat(?:itude)?=-?\d{1,3}\.\d{3,20}"  # addresses of maps
    r"|(?i:\b(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.apple\.com|w3w\.co|what3words\.com|osm\.org/go|waze\.com/ul)/\S)"
    r"|(?i:\b(?:google\.[a-z.]{2,6}/maps|openstreetmap\.org/(?:node|way|relation)|bing\.com/maps|yandex\.[a-z.]{2,6}/maps)[/?]\S)"
    r"|(?<![A-Z0-9])(?:[23456789CFGHJMPQRVWX]{4}){1,2}\+[23456789CFGHJMPQRVWX]{2,3}(?![A-Z0-9])"  # plus codes
)


def check(outgoing: Outgoing) -> Iterator[Finding]:
    for field, text in outgoing.texts:
        if any(EXACT.search(reading) for reading in readings(field, text)):
            sentence = (
                _("Exact coordinates stand here while the dateline holds the place back: take them out.")
                if outgoing.place_withheld
                else _("Exact coordinates stand here: is it safe to say so exactly where?")
            )
            yield Finding("coordinates", field, sentence, blocks=outgoing.place_withheld)
