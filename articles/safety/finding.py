"""What goes through the gate, and what a check says of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Outgoing:
    """What would go public, as (field, text or HTML) pairs, and what the desk knows and withholds."""

    texts: tuple[tuple[str, str], ...]
    place_withheld: bool = False
    withheld_places: tuple[str, ...] = ()
    withheld_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing found: in which field, whether it blocks, and a sentence that says what to do."""

    check: str
    field: str
    sentence: str | Promise
    blocks: bool = True
