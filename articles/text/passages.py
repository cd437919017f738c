"""A text as passages of words, each word with what it carries: what a comparison of two texts is made of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from articles.text.characters import decoded

BLOCKS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li"}
TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*+)>|([^<]++)')
PUNCTUATION = "!-/:-@\\[-`{-~¡-©«¬®-±´¶-¹»¿×÷‐-‧‰-⁞،؍؛؝-؟٪-٭۔।॥、-〃〈-】！-／：-＠"
# Marks (Arabic vowels, Indic signs) and joiners are no punctuation: they stay with their letters. Scripts that leave no space between
# words go letter by letter, a letter with its marks: Chinese and Japanese, and Thai, Lao, Burmese and Khmer.
CLUSTERED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
SPACED = rf"[^\s{PUNCTUATION}\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff{CLUSTERED}]"
MARKS = "".join(
    chr(point) for first, last in ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF)) for point in range(first, last + 1)
    if unicodedata.category(chr(point)) in {"Mn", "Mc"}
)  # fmt: skip
STACKED = "[\u1039\u17d2][\u1000-\u1021\u1780-\u17b3]"  # the sign that puts the next consonant under this one (Burmese, Khmer)
CLUSTER = rf"[\u0e40-\u0e44\u0ec0-\u0ec4]?+[{CLUSTERED}](?:{STACKED}|[{MARKS}])*+"  # Thai and Lao write some vowels before their consonant
WORD = re.compile(rf"(\s*+)({SPACED}++(?:['’.,:/@·_-]{SPACED}++)*+|{CLUSTER}|\S)")


@dataclass(frozen=True)
class Mark:
    """One inline element around a word: its tag and its attributes as (name, value)."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The attribute's value, "" when there is none."""
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True)
class Word:
    """A word, a single sign of punctuation, or a line break; whether a space stands before it; the marks around it, outermost first."""

    text: str
    spaced: bool = True
    marks: tuple[Mark, ...] = ()


BREAK = "\n"
DEEPEST = 20  # elements around one word; more say nothing more


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item or line: the blocks that it stands in, outermost first, its language and direction, its words."""

    within: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...] = ()
    words: tuple[Word, ...] = ()


def passages_of(html: str) -> list[Passage]:
    """The passages of a text as the sanitiser leaves it; on other HTML, those that can be read."""
    return _Reader().read(html)


def lines_of(text: str) -> list[Passage]:
    """Each line of plain text that has words as a passage."""
    return [Passage(("p",), (), words) for line in text.splitlines() if (words := tuple(_words(line, (), first=True)))]


def _words(text: str, marks: tuple[Mark, ...], *, first: bool, spaced: bool = False) -> list[Word]:
    """The first word of a passage counts as spaced, whatever stands before: a word put in front of it changes nothing about it."""
    found = []
    for space, word in WORD.findall(text):
        found.append(Word(word, bool(space) or spaced or first, marks))
        first = spaced = False
    return found


class _Reader:
    """Reads balanced HTML from left to right."""

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.blocks: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.marks: list[Mark] = []
        self.words: list[Word] = []
        self.spaced = False

    def read(self, html: str) -> list[Passage]:
        for slash, name, attributes, text in TOKEN.findall(html):
            if text:
                self._text(decoded(text))
            elif name == "hr":
                self._end_passage()
                self.found.append(Passage((*(tag for tag, _attributes in self.blocks), "hr")))
            elif name == "br":
                self.words.append(Word(BREAK))
            elif name in BLOCKS:
                self._block(name, _pairs(attributes), opens=not slash)
            elif not slash:
                self.marks.append(Mark(name, _pairs(attributes)))
            elif any(mark.tag == name for mark in self.marks):
                while self.marks.pop().tag != name:
                    pass
        self._end_passage()
        return self.found

    def _text(self, text: str) -> None:
        first = not self.words or self.words[-1].text == BREAK
        words = _words(text, tuple(dict.fromkeys(self.marks[:DEEPEST])), first=first, spaced=self.spaced)
        self.words += words
        self.spaced = text[-1:].isspace() or (self.spaced and not words)

    def _block(self, name: str, attributes: tuple[tuple[str, str], ...], *, opens: bool) -> None:
        self._end_passage()
        if opens:
            self.blocks.append((name, attributes))
        elif any(tag == name for tag, _attributes in self.blocks):
            while self.blocks.pop()[0] != name:
                pass

    def _end_passage(self) -> None:
        if self.words:
            attributes = dict(pair for _tag, pairs in self.blocks for pair in pairs)
            self.found.append(Passage(tuple(tag for tag, _pairs in self.blocks) or ("p",), tuple(attributes.items()), tuple(self.words)))
        self.words, self.spaced = [], False


def _pairs(attributes: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, decoded(value)) for name, value in re.findall(r' ([a-z]+)="([^"]*)"', attributes))
