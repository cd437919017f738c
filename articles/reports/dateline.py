"""The dateline at the head of a pasted text – date, place, source and a dash – or the knowledge that there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from articles.text.datelines import ParsedDate, parse_date

LONGEST = 300
"""No dateline is longer, and no dash further away is looked at."""
RegionNamed = Callable[[str], list[Any]]

DASH = re.compile(
    r"\s{0,3}(?:[–—―‒]|--{1,2})\s{0,3}|\s-(?=[\s\w“\"«])\s{0,3}|(?<=[)\]）］】])(?:\s?-|:)\s{0,3}|\.(?:--?|[–—])\s{1,3}|\s\|\s"
)
BRACKETS = re.compile(
    r"(?P<place>[^()\[\]（）［］【】]*)[(\[（［【]\s?(?P<inside>[^()\[\]（）［］【】]{2,120})[)\]）］】]\s*(?P<after>[^()\[\]（）［］【】]*)\Z"
)
SLASHES = re.compile(r"(?P<place>[^/]*?)\s?/(?P<inside>[^/\d]{2,60})/\s*(?P<after>)\Z")
NO_PLACE = re.compile(r"[\d“”\"«»:;!?؟…]|\s[-–—―‒]|[-–—―‒]\s|\.\s+\S+\s+\S+\s+\S")
SMALL_WORDS = frozenset("a al and au aux da das de del des do dos du e el en et i la las le les los of on près sur the und upon y".split())
NOT_PLACES = frozenset(
    "alert analysis audio breaking comment correction editorial editors exclusive explained explainer feature update updated urgent video watch "
    "photos news opinion interview statement report reports press release live background note nota ends summary timeline "
    "última hora urgente exclusiva opinión análisis comunicado entrevista vídeo noticias exclusif communiqué entretien".split()
)
GOES_ON = frozenset("التي الذي الذين اللذين حيث وهي وهو وهم والتي والذي".split())
SINCE, UNTIL = 1970, 2070
"""A year of two figures is of these hundred, as in POSIX."""
EARLIEST = 1900
"""1445 and 1403 are years of other calendars."""
LEAD = re.compile(r"[\u200e\u200f\u061c]*(?:(?:the|el|le|يوم)\s)?", re.IGNORECASE)
FIGURES = re.compile(
    r"\d{1,2}(?P<stroke>[/.-])\d{1,2}(?P=stroke)(?:19|20)\d\d(?!\d)|(?:19|20)\d\d(?P<other>[/.-])\d{1,2}(?P=other)\d{1,2}(?!\d)"
)
DAY_AND_MONTH = re.compile(r"\d{1,2}(?:\sde|\sof|\sمن)?\s[^\W\d_]+\.?(?=\W|\Z)|[^\W\d_]+\.?\s\d{1,2}(?:st|nd|rd|th)?(?=\W|\Z)")
TIME = re.compile(
    r"(?:T|[,،]?\s(?:at\s)?)\d{1,2}[:.]\d{2}(?::\d\d(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?", re.IGNORECASE
)
WASHINGTON = re.compile(r"washington,?\s+d\.?\s?c\.?\Z", re.IGNORECASE)
ENDS = " \t\n,،.|·-–—―‒:"


@dataclass(frozen=True)
class Dateline:
    """What stands at the head of a text. `length` characters of it, as in `text`, are the dateline."""

    length: int
    date: ParsedDate | None = None
    place: str = ""
    named: str = ""
    regions: list[Any] = field(default_factory=list)
    source: str = ""


def read_dateline(text: str, *, languages: Sequence[str], region_named: RegionNamed) -> Dateline | None:
    """The dateline that the text begins with. `named` is the name that `regions` go by; `place` what is narrower than that.

    A dash alone makes none: it takes a date, a source in brackets, a place in capitals, or a region that is known.
    """
    opening = text[:LONGEST]
    start = len(opening) - len(opening.lstrip())
    date = _date(opening[start:], languages=languages)
    begin = start + (date.length if date else 0)
    found = None
    for head, rest, length, tight in _cuts(opening, begin):
        read = _read(head, languages=languages, region_named=region_named)
        if read is None:
            continue
        line = replace(read, date=date or read.date, length=length)
        if _is_dateline(line, head, rest, tight=tight) and (found is None or _says_more(line, found)):
            found = line
    return found


def _says_more(line: Dateline, found: Dateline) -> bool:
    """Whether what ends at a later dash is the dateline: 2023-10-18 – Laos – …, LAGOS, Nigeria | May 3, 2024 – …"""
    if found.regions or found.source:
        return bool(line.date and not found.date)
    return bool(line.regions or line.source)


def _date(text: str, *, languages: Sequence[str]) -> ParsedDate | None:
    """The date that the text begins with, and a time after it. Without candidates: it names no year, or no day that there is."""
    lead = LEAD.match(text).end()  # type: ignore[union-attr]  # it matches nothing too
    text = text[lead:]
    found = parse_date(text, languages=languages) or _unfinished_date(text, languages=languages)
    if found is None:
        return None
    days = tuple(on for on in found.candidates if found.date or SINCE <= on.year < UNTIL)
    if (found.date and found.date.year < EARLIEST) or (found.candidates and not days):
        return None
    time = TIME.match(text, found.length)
    return ParsedDate(found.date, days, lead + (time.end() if time else found.length))


def _unfinished_date(text: str, *, languages: Sequence[str]) -> ParsedDate | None:
    if figures := FIGURES.match(text):
        return ParsedDate(None, (), figures.end())
    found = DAY_AND_MONTH.match(text)
    return ParsedDate(None, (), found.end()) if found and parse_date(f"{found[0]} 2000", languages=languages) else None


def _cuts(opening: str, begin: int) -> Iterator[tuple[str, str, int, str]]:
    """Where the dateline may end: (what stands before, what follows, length, the dash when no space stands around it)."""
    for number, dash in enumerate(DASH.finditer(opening, begin)):
        if number == 4:
            break
        yield opening[begin : dash.start()], opening[dash.end() :], dash.end(), dash[0] if dash[0] == dash[0].strip() else ""
    bracket = re.compile(r"[)\]）］】]\s+").search(opening, begin)
    if bracket and not DASH.match(opening, bracket.start() + 1):
        yield opening[begin : bracket.start() + 1], opening[bracket.end() :], bracket.end(), "no dash"
    if len(opening) < LONGEST:
        yield opening[begin:], "", len(opening), "alone"


def _read(head: str, *, languages: Sequence[str], region_named: RegionNamed) -> Dateline | None:
    """The head, taken apart: place (with a date at its end), brackets. None when it cannot be a dateline."""
    head = head.strip(ENDS.replace(".", "")).removeprefix(".").strip()
    date, source, inside = None, "", ""
    if found := BRACKETS.match(head) or SLASHES.match(head):
        if after := found["after"].strip(ENDS):
            date = _date(after, languages=languages)
            if date is None or date.length < len(after):
                return None
        head, inside = found["place"].strip(ENDS.replace(".", "")), found["inside"].strip()
    head, date_at_end = _without_date(head, languages=languages)
    source, date_in_brackets = _without_date(inside, languages=languages)
    if len(head) > 80 or len(head.split()) > 8 or NO_PLACE.search(head):
        return None
    line = _place(head, region_named=region_named)
    if source and (regions := region_named(source)):
        both = [region for region in line.regions if region in regions]
        if both or not line.regions:  # Congo (DRC), Jos (Nigeria)
            line = replace(line, regions=both or regions, place=line.place if both else _as_written(head), named=line.named or source)
            source = ""
    return replace(line, date=date or date_at_end or date_in_brackets, source=source.strip(ENDS.replace(".", "")))


def _without_date(text: str, *, languages: Sequence[str]) -> tuple[str, ParsedDate | None]:
    """The text without the date that it ends with."""
    for gap in re.finditer(r"\A|[\s,،/]+", text[:120]):
        tail = text[gap.end() :].rstrip(ENDS)
        if tail and (date := _date(tail, languages=languages)) and date.length >= len(tail):
            return text[: gap.start()].strip(ENDS.replace(".", "")), date
    return text, None


def _place(head: str, *, region_named: RegionNamed) -> Dateline:
    parts = [part.strip() for part in re.split("[,،]", head) if part.strip()]
    if not parts:
        return Dateline(0)
    if WASHINGTON.match(head):
        return Dateline(0, place=_as_written(head), named=head, regions=region_named("US"))
    if len(parts) > 1 and (regions := region_named(" ".join(reversed(parts)))):  # Korea, North
        return Dateline(0, named=head, regions=regions)
    if regions := region_named(parts[-1]):
        return Dateline(0, place=_as_written(", ".join(parts[:-1])), named=parts[-1], regions=regions)
    return Dateline(0, place=_as_written(head), named=head)


def _as_written(place: str) -> str:
    """LAGOS as Lagos, PORT-AU-PRINCE as Port-au-Prince; what is not all in capitals stays."""

    def word(found: re.Match[str]) -> str:
        lower = found[0].lower()
        return lower if lower in SMALL_WORDS and found.start() else lower[:1].upper() + lower[1:]

    parts = []
    for part in place.split(","):
        is_capitals = part.isupper() and max(map(len, re.findall(r"[^\W\d_]+", part)), default=0) > 3
        parts.append(re.sub(r"[^\W\d_]+", word, part.strip()) if is_capitals else part.strip())
    return ", ".join(parts)


def _is_dateline(line: Dateline, head: str, rest: str, *, tight: str) -> bool:
    head = head.strip(ENDS)
    if tight in ("no dash", "alone") and not line.date:
        return False
    if tight == "no dash" and not line.source:
        return False
    place = re.split("[,،]", line.place)[0]
    written = re.match(r"[^,،(\[（［【/]*", head)
    in_capitals = bool(written and _is_in_capitals(written[0].strip(ENDS)))
    has_date = bool(line.date and (line.date.date or line.date.candidates))
    looks_like_a_place = all(
        not word[:1].islower() or word.lower() in SMALL_WORDS for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", place)
    )
    if rest and (rest[:1].islower() or rest.split(maxsplit=1)[0] in GOES_ON):
        return bool(line.source and line.regions and (has_date or in_capitals))
    if not looks_like_a_place or not (line.named or has_date or line.source):
        return False
    if has_date:
        return True
    if line.source:
        return bool(line.regions) or in_capitals or len(place.split()) <= 4
    if in_capitals:
        return not (_is_in_capitals(rest[:40]) or tight in ("–", "--", "---"))
    return bool(line.regions) and not tight and not re.search(r"\s[–—―-]\s?[a-z]", rest)


def _is_in_capitals(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return text.isupper() and max(map(len, words), default=0) > 2 and not {word.lower() for word in words} <= NOT_PLACES
