"""The embedding levels of a line of text without controls (Unicode Bidirectional Algorithm, UAX #9): what shaping needs to know of direction.

Packages give the reordered text, from which no font can join Arabic; the tests hold ours against one of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

NEUTRAL = {"B", "S", "WS", "ON", "BN"}


def levels(text: str, *, rtl: bool) -> list[int]:
    """The level of each character, 0 to 2: even ones read from left to right."""
    base = "R" if rtl else "L"
    kinds = _weak([_kind(each) for each in text], base)
    _brackets(text, kinds, base)
    _neutral(kinds, base)
    if rtl:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def visual(levels_of: list[int]) -> list[int]:
    """The places of a line's runs from left to right (rule L2), given the level of each."""
    order = list(range(len(levels_of)))
    for level in (2, 1):
        at = 0
        while at < len(order):
            behind = at
            while behind < len(order) and levels_of[order[behind]] >= level:
                behind += 1
            order[at:behind] = reversed(order[at:behind])
            at = max(behind, at + 1)
    return order


def _kind(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def _weak(kinds: list[str], base: str) -> list[str]:
    """Rules W1 to W7."""
    before = base
    for at, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[at] = before
        before = kinds[at]
    strong = base
    for at, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):  # W4
        around = {kinds[at - 1], kinds[at + 1]}
        if (kinds[at] == "ES" and around == {"EN"}) or (kinds[at] == "CS" and around in ({"EN"}, {"AN"})):
            kinds[at] = kinds[at - 1]
    _runs(kinds, {"ET"}, lambda one, other: "EN" if "EN" in (one, other) else None, base)  # W5
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6
    strong = base
    for at, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _brackets(text: str, kinds: list[str], base: str) -> None:
    """Rule N0: the two of a pair go the same way."""
    for first, last in _pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[first + 1 : last]} - {None}
        if base in inside:
            found: str | None = base
        elif inside:
            context = next((strong for kind in reversed(kinds[:first]) if (strong := _strong(kind))), base)
            found = context if context != base else base
        else:
            found = None
        if found:
            for at in (first, last):
                kinds[at] = found
                while at + 1 < len(text) and _kind(text[at + 1]) == "NSM":
                    at += 1
                    kinds[at] = found


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Rule BD16."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for at, each in enumerate(text):
        if kinds[at] != "ON" or not unicodedata.mirrored(each):
            continue
        if unicodedata.category(each) == "Ps":
            opened.append((_closing(each), at))
        elif unicodedata.category(each) == "Pe":
            fitting = next((place for place in range(len(opened) - 1, -1, -1) if opened[place][0] == _same(each)), None)
            if fitting is not None:
                pairs.append((opened[fitting][1], at))
                del opened[fitting:]
    return sorted(pairs)


def _closing(opening: str) -> str:
    """The bracket that closes it: one or two behind it in Unicode, as for ( and for [."""
    return _same(next((chr(ord(opening) + step) for step in (1, 2) if unicodedata.category(chr(ord(opening) + step)) == "Pe"), ""))


def _same(bracket: str) -> str:
    return unicodedata.normalize("NFC", bracket)


def _neutral(kinds: list[str], base: str) -> None:
    """Rules N1 and N2."""

    def between(one: str, other: str) -> str:
        return sides.pop() if len(sides := {_strong(one) or base, _strong(other) or base}) == 1 else base

    _runs(kinds, NEUTRAL, between, base)


def _strong(kind: str) -> str | None:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind)


def _runs(kinds: list[str], which: set[str], become: Callable[[str, str], str | None], base: str) -> None:
    """Gives each run of those kinds what it becomes between its two neighbours; the ends of the text count as its base."""
    at = 0
    while at < len(kinds):
        behind = at
        while behind < len(kinds) and kinds[behind] in which:
            behind += 1
        if behind > at:
            found = become(kinds[at - 1] if at else base, kinds[behind] if behind < len(kinds) else base)
            if found:
                kinds[at:behind] = [found] * (behind - at)
        at = behind + 1
