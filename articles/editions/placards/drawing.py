"""Draws a placard in a process of its own that, once confined, can open nothing: one JSON object in (placard.Facts), a PNG out.

Knows nothing of Django. Text is shaped by HarfBuzz, ordered by UAX #9, broken by UAX #14; what no font here can draw is left out
whole, never shown as boxes.
"""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from PIL import Image, ImageDraw
from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

from articles.editions.placards.levels import levels, visual
from articles.images.rebuild import confine

FONTS = Path(__file__).parent / "fonts"
PREFERRED = {"ja": "japanese", "ko": "korean", "zh": "han", "ur": "urdu"}
LEADING = {"urdu": 2.2, "arabic": 1.5, "myanmar": 1.7, "khmer": 1.7, "tibetan": 1.6, "thai": 1.45, "lao": 1.45, "latin": 1.2}
LEADING_ELSE = 1.36
"""By font: how far apart lines stand, in sizes."""
SIZE = (1200, 630)
MARGIN, TOP, BOTTOM = 72, 222, 532
WIDTH = SIZE[0] - 2 * MARGIN
PAPER, INK, SOFT, RULE, NEEDLE = (252, 252, 250), (22, 25, 28), (80, 86, 92), (198, 202, 199), (181, 36, 12)
SIZES = range(80, 27, -2)
MOST_LINES = 6

SYLLABLE = re.compile(
    "(?<!\u1039)(?=[\u1000-\u102a\u103f\u104a-\u104f](?![\u103a\u1039]))"  # Burmese: a consonant that ends none and is stacked on none
    "|(?=[\u0e40-\u0e44\u0ec0-\u0ec4])"  # Thai, Lao: a vowel that stands before its consonant
)
"""Where a syllable begins in scripts that set no space between words."""


@dataclass
class Face:
    """A font at hand: its glyphs, and the characters that it has."""

    name: str
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        self.face = hb.Face(self.data)
        self.font = hb.Font(self.face)
        self.font.scale = (self.face.upem, self.face.upem)
        self.has = self.face.unicodes
        extents = self.font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender / self.face.upem, -extents.descender / self.face.upem


@dataclass
class Glyph:
    face: Face
    number: int
    x: float  # in sizes, from where the line begins at the left
    y: float


@dataclass
class Line:
    glyphs: list[Glyph]
    width: float


class Text:
    """One text that is to be drawn: its characters, their levels and fonts. `drawable` is false when a character has no font."""

    def __init__(self, text: str, faces: list[Face], *, language: str, rtl: bool) -> None:
        self.text, self.language, self.rtl = text, language, rtl
        found = fonts_of(text, faces)
        self.drawable = bool(text) and None not in found
        self.faces = [face or faces[0] for face in found]
        self.levels = levels(text, rtl=rtl) if self.drawable else []
        self.leading = max((LEADING.get(face.name, LEADING_ELSE) for face in self.faces), default=LEADING_ELSE)

    def line(self, start: int, end: int) -> Line:
        """The characters from start to end, set on one line, trailing blanks left out."""
        end = start + len(self.text[start:end].rstrip())
        glyphs, x = [], 0.0
        for first, last in self.runs(start, end):
            shaped = self.shape(first, last)
            for face, number, dx, dy, advance in shaped:
                glyphs.append(Glyph(face, number, x + dx, dy))
                x += advance
        return Line(glyphs, x)

    def runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Runs of one level and one font, as they stand from left to right (UAX #9, L2)."""
        cuts = [at for at in range(start + 1, end) if (self.levels[at], self.faces[at]) != (self.levels[at - 1], self.faces[at - 1])]
        runs = list(zip([start, *cuts], [*cuts, end], strict=True)) if end > start else []
        return [runs[at] for at in visual([self.levels[first] for first, _last in runs])]

    def shape(self, first: int, last: int) -> Iterator[tuple[Face, int, float, float, float]]:
        face = self.faces[first]
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(each) for each in self.text], first, last - first)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if self.levels[first] % 2 else "ltr"
        buffer.language = self.language
        hb.shape(face.font, buffer)
        em = face.face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0 and not ignorable(self.text[info.cluster]):
                self.drawable = False
            yield face, info.codepoint, place.x_offset / em, place.y_offset / em, place.x_advance / em

    @cache  # noqa: B019 - one text, one short process
    def width(self, start: int, end: int) -> float:
        return sum(advance for first, last in self.runs(start, end) for *_glyph, advance in self.shape(first, last))

    def wrapped(self, room: float) -> list[tuple[int, int]]:
        """(start, end) of each line no wider than the room, in sizes; inside a unit it is broken only when that alone is too wide."""
        lines, start, used, at = [], 0, 0.0, 0
        for unit in self.units(room):
            end = at + len(unit)
            bare = self.width(at, at + len(unit.rstrip()))
            if used and used + bare > room:
                lines.append((start, at))
                start, used = at, 0.0
            used += self.width(at, end)
            at = end
        return [*lines, (start, at)]

    def units(self, room: float) -> Iterator[str]:
        at = 0
        for unit in whole_words(line_break_units(self.text)):
            if self.width(at, at + len(unit.rstrip())) <= room:
                yield unit
            else:
                yield from SYLLABLE.split(unit) if SYLLABLE.search(unit, 1) else grapheme_clusters(unit)
            at += len(unit)


def whole_words(units: Any) -> Iterator[str]:
    """The units of UAX #14, but that Korean is broken at its spaces."""
    held = ""
    for unit in units:
        if held and not (is_hangul(held[-1]) and is_hangul(unit[0])):
            yield held
            held = ""
        held += unit
    if held:
        yield held


def is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


def ignorable(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def fonts_of(text: str, faces: list[Face]) -> list[Face | None]:
    """The font of each character: of a mark and of what is common to scripts, that of the letters beside it when it has it."""
    found: list[Face | None] = []
    letters = (face for each in text if each.isalpha() and not each.isascii() for face in faces if ord(each) in face.has)
    current = next(letters, faces[0])
    for each in text:
        if each.isascii() and each != " ":
            found.append(faces[0])
            continue
        if ignorable(each) or (not each.isalpha() and ord(each) in current.has):
            found.append(current)
            continue
        fit = next((face for face in faces if ord(each) in face.has), None)
        found.append(fit)
        current = fit or current
    return found


def fitted(text: Text, height: float) -> tuple[int, list[tuple[int, int]]]:
    """The largest size at which the text fits, and its lines: as few as they are, as even as they can be."""
    for size in SIZES:
        lines = text.wrapped(WIDTH / size)
        if len(lines) <= MOST_LINES and len(lines) * size * text.leading <= height:
            break
    room = WIDTH / size
    while room > 8 and len(narrower := text.wrapped(room * 0.97)) == len(lines):
        room, lines = room * 0.97, narrower
    return size, lines


def draw(facts: dict[str, Any], faces: list[Face]) -> Image.Image:
    """The placard: name, line with its needle, headline, and below it what kind of text it is and from where."""
    picture = Image.new("RGB", SIZE, PAPER)
    rtl, language = facts["direction"] == "rtl", facts["language"]

    def text(name: str) -> Text:
        return Text(plain(facts[name])[:250], faces, language=language, rtl=rtl)

    one_line(picture, text("site"), size=40, baseline=100, colour=INK)
    line(picture, facts)
    top = TOP
    if (retracted := text("retracted")).drawable:
        one_line(picture, retracted, size=44, baseline=TOP + 44, colour=NEEDLE)
        top += 72
    headline = text("headline")
    if headline.drawable:
        size, lines = fitted(headline, BOTTOM - top)
        main = max(headline.faces, key=lambda face: face.ascent + face.descent)
        spare = (headline.leading - main.ascent - main.descent) / 2
        set_lines = [headline.line(*each) for each in lines]
        if headline.drawable:
            for number, each in enumerate(set_lines):
                baseline = top + (number * headline.leading + spare + main.ascent) * size
                put(picture, each, size=size, baseline=baseline, rtl=rtl, colour=INK)
    one_line(picture, text("label"), size=32, baseline=592, colour=SOFT)
    return picture


def plain(text: str) -> str:
    """The text composed, on one line, without controls."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(
        each
        for each in text
        if unicodedata.category(each) != "Cc" and not unicodedata.bidirectional(each).startswith(("LR", "RL", "FS", "PD"))
    )


def one_line(picture: Image.Image, text: Text, *, size: int, baseline: float, colour: tuple[int, int, int]) -> None:
    if not text.drawable:
        return
    whole = text.line(0, len(text.text))
    if text.drawable:
        put(picture, whole, size=min(size, int(WIDTH / max(whole.width, 0.01))), baseline=baseline, rtl=text.rtl, colour=colour)


def put(picture: Image.Image, row: Line, *, size: float, baseline: float, rtl: bool, colour: tuple[int, int, int]) -> None:
    raster = hb.RasterDraw()
    left = SIZE[0] - MARGIN - row.width * size if rtl else MARGIN
    for each in row.glyphs:
        scale = size / each.face.face.upem
        raster.transform = (scale, 0, 0, -scale, left + each.x * size, baseline - each.y * size)
        raster.draw_glyph(each.face.font, each.number)
    drawn = raster.render()
    extents = drawn.extents
    if extents.width and extents.height:
        mask = Image.frombuffer("L", (extents.width, extents.height), drawn.buffer, "raw", "L", extents.stride, 1)
        picture.paste(colour, (extents.x_origin, extents.y_origin), mask)


def line(picture: Image.Image, facts: dict[str, Any]) -> None:
    """The line of 360 degrees: a needle where a place is told, a bar as wide as a region, broken where it is withheld."""
    pen, y = ImageDraw.Draw(picture), 140
    along: Callable[[float], int] = lambda per_cent: MARGIN + round(WIDTH * per_cent / 100)  # noqa: E731 - a measure, not an act
    if facts["mark"] == "withheld":
        for start in range(MARGIN, SIZE[0] - MARGIN, 24):
            pen.rectangle((start, y, min(start + 13, SIZE[0] - MARGIN), y + 1), fill=INK)
        return
    pen.rectangle((MARGIN, y, SIZE[0] - MARGIN, y + 1), fill=INK)
    for tick in range(25):
        pen.rectangle((along(tick * 100 / 24), y, along(tick * 100 / 24) + 1, y + (16 if tick % 6 == 0 else 9)), fill=INK)
    for start, width in facts["bars"]:
        pen.rectangle((along(start), y - 3, along(start + width), y + 4), fill=NEEDLE)
    if facts["x"] is not None:
        pen.rectangle((along(facts["x"]) - 2, y, along(facts["x"]) + 2, y + 58), fill=NEEDLE)


def at_hand(language: str) -> list[Face]:
    """The fonts, Latin first and then the one that the language prefers."""
    preferred = PREFERRED.get(language.partition("-")[0])
    names = sorted(FONTS.glob("*.[ot]tf"), key=lambda path: (path.stem != "latin", path.stem != preferred, path.stem))
    return [Face(path.stem, path.read_bytes()) for path in names]


def main() -> None:
    """What the process does."""
    given = json.load(sys.stdin)
    faces = at_hand(given["language"])
    list(line_break_units("a b")), list(grapheme_clusters("ab"))  # what they read of files they read now
    confine()
    buffer = io.BytesIO()
    draw(given, faces).quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    sys.stdout.buffer.write(buffer.getvalue())
