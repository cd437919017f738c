"""Characters that turn or hide text: a reader would see another text than the desk approved (UAX #9, Trojan Source)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.finding import Finding, Outgoing
from articles.safety.readings import readings

OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
TAGS = re.compile("[\U000e0000-\U000e0fff]")


def check(outgoing: Outgoing) -> Iterator[Finding]:
    for field, text in outgoing.texts:
        said = "".join([text, *readings(field, text)])
        if OVERRIDES.search(said):
            yield Finding("bidi", field, _("A character that turns the direction of text stands here: type the passage again without it."))
        if TAGS.search(said):
            yield Finding("bidi", field, _("Invisible characters stand here: type the passage again without them."))
