"""What the report itself holds back: its place under a coarse or withheld dateline, its writers under a withheld byline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.finding import Finding, Outgoing
from articles.safety.readings import readings
from articles.text.analyser import tokens


def check(outgoing: Outgoing) -> Iterator[Finding]:
    # Of “Jos, Plateau State” the town alone gives the place away.
    places = [words for place in outgoing.withheld_places if (words := _words(re.split(r"[,،、;(]", place.strip(" ,،、;("))[0])).strip()]
    names = [words for name in outgoing.withheld_names if (words := _words(name)).strip()]
    for field, text in outgoing.texts if places or names else ():
        said = [_words(reading) for reading in readings(field, text)]
        if _stands_in(places, said):
            yield Finding(
                "withheld", field, _("The place that the dateline holds back stands here: take it out, or show it in the dateline.")
            )
        if _stands_in(names, said):
            yield Finding(
                "withheld", field, _("The name of a writer whose byline is withheld stands here: take it out, or show the byline.")
            )


def _stands_in(sought: list[str], said: list[str]) -> bool:
    return any(words in reading for words in sought for reading in said)


def _words(text: str) -> str:
    """The folded words between spaces. What joins words in addresses and between initials parts them here."""
    return f" {' '.join(tokens(re.sub(r'[-_/.+]', ' ', text), ''))} "
