"""A report's placard: the picture that stands for it where its address is shared. Words, a line and a needle, drawn by an errand."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.editions import line, words
from articles.editions.models import Edition
from articles.editions.parts import Parts
from articles.images.clean import is_clean
from articles.images.intake import CleanFile
from articles.text.languages import direction

SIZE_PX = (1200, 630)
MOST_BYTES = 80_000
LOOK = 1
"""Raise it when placards are to look different: the errand draws those again that have another."""
TIME_S = 120
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from articles.editions.placards.drawing import main; main()"


class NotDrawn(Exception):
    """The confined process gave no picture that could be proved clean."""


def facts(parts: Parts, *, place: str) -> dict[str, Any]:
    """All that the placard shows, no more than the page does: `place` is the dateline's as readers may know it."""
    edition = parts.edition
    plain = edition.kind in words.PLAIN_KINDS
    region = parts.dateline_region
    mark = line.mark(edition.dateline_mode, edition.dateline_place, region.region if region else None) if not plain else line.Mark("none")
    with override(edition.language):
        kind = "" if plain else str(words.KINDS.get(edition.kind, edition.kind))
        where = _("Place withheld") if mark.kind == "withheld" else "" if plain else place
        retracted = _("Retracted") if any(each.kind == "retraction" for each in parts.corrections) else ""
    return {
        "look": LOOK,
        "language": edition.language,
        "direction": direction(edition.language),
        "site": parts.site.name,
        "headline": edition.headline,
        "label": " · ".join(each for each in (kind, where) if each),
        "retracted": retracted,
        "mark": mark.kind,
        "x": float(mark.x) if mark.x else None,
        "bars": [[float(start), float(width)] for start, width in mark.bars],
    }


def digest(shown: dict[str, Any]) -> str:
    """By which a placard is recognised as one of those facts."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def keep_what_still_holds(edition: Edition, standing: Mapping[str, object] | None, shown: dict[str, Any]) -> None:
    """Leaves the edition the placard that its report has already, if that says the same; otherwise it has none until one is drawn."""
    if standing and standing["placard"] and standing["placard_of"] == digest(shown):
        edition.placard, edition.placard_of = str(standing["placard"]), str(standing["placard_of"])
    else:
        edition.placard, edition.placard_of = "", ""


def drawn(shown: dict[str, Any]) -> CleanFile:
    """The placard of those facts, the same bytes each time. Raises NotDrawn."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module; what it draws goes through a pipe
            [sys.executable, "-I", "-c", PROGRAM, str(settings.BASE_DIR)],
            input=json.dumps(shown).encode(), capture_output=True, timeout=TIME_S, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotDrawn from error
    data = done.stdout
    if done.returncode or not is_clean(data, "png") or len(data) > MOST_BYTES:
        raise NotDrawn
    name = f"{hashlib.sha256(data).hexdigest()[:40]}.png"
    return CleanFile("placard", "png", *SIZE_PX, name, data)
