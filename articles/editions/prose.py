"""A report's text as its page shows it: marks that lead to their notes, sentences pulled out, the place of the dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from articles.editions import dates
from articles.text.plain import plain_text

FIRST_PARAGRAPH = re.compile(r"\A\s*<p(?: [a-z]+=\"[^\"<>]*\")*>")
MARK = re.compile(r'<a ([^<>]*)href="#n([1-9][0-9]{0,2})"([^<>]*)>(.*?)</a>', re.DOTALL)
BLOCK = re.compile(r"<(/?)(p|h2|h3|blockquote|ul|ol|hr)\b([^<>]*)>")
SPAN = re.compile(r"<(/?)span\b([^<>]*)>")
NOTE = re.compile(r"<sup\b[^<>]*>.*?</sup>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
ITS_LANGUAGE = re.compile(r' (?:lang|dir)="[^"<>]*"')


@dataclass(frozen=True)
class Noted:
    """A text whose marks lead to their notes; `marks` has the ids of the marks of each note, in the order of the text."""

    html: str
    marks: list[list[str]]


def noted(body: str, language: str, *, notes: int) -> Noted:
    """Gives each mark (`<a href="#n2">2</a>`) an id that its note leads back to, and its figure in the language's digits.

    A mark of a note that is not there stays as plain text.
    """
    marks: list[list[str]] = [[] for _note in range(notes)]

    def lead(found: re.Match[str]) -> str:
        number, others, text = int(found[2]), f" {found[1].strip()}{found[3]}".rstrip(), found[4]
        if number > notes:
            return text
        own = marks[number - 1]
        own.append(f"m{number}-{len(own) + 1}" if own else f"m{number}")
        shown = dates.digits(text, language) if TAG.sub("", text).strip() == found[2] else text
        return f'<a href="#n{number}" id="{own[-1]}" role="doc-noteref"{others}>{shown}</a>'

    return Noted(MARK.sub(lead, body), marks)


def numbered(body: str) -> str:
    """The body with the figure of each mark in brackets, so that without markup it is none of the sentence."""
    return MARK.sub(lambda found: f"[{found[2]}]" if TAG.sub("", found[4]).strip() == found[2] else found[4], body)


def opened(body: str) -> tuple[str, str]:
    """The body, cut after the tag of its first paragraph: the dateline stands there."""
    found = FIRST_PARAGRAPH.match(body)
    cut = found.end() if found else 0
    return body[:cut].strip() or "<p>", body[cut:] if cut else "</p>" + body


def pulled(body: str) -> str:
    """The body with what its editor marked as a pull quote shown once more, before the paragraph it was taken from.

    It is read in the text: who hears the page does not hear it twice. Out of the first paragraph it stands behind it.
    """
    if 'class="pull"' not in body:
        return body
    parts, at, depth, start, attributes = [], 0, 0, 0, ""
    for found in BLOCK.finditer(body):
        if found[2] == "hr":
            continue
        if not found[1]:
            if depth == 0:
                start, attributes = found.start(), found[3]
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            block = body[start : found.end()]
            if quote := _quote(block, attributes):
                parts += [body[at:start], quote, block] if start else [block, quote]
                at = found.end()
    return "".join(parts) + body[at:]


def _quote(block: str, attributes: str) -> str:
    """What is marked within the block, as a paragraph of its own without notes and links; "" when nothing is."""
    pieces: list[str] = []
    depth, start, end, marked_at = 0, -1, 0, 0
    for found in SPAN.finditer(block):
        depth += -1 if found[1] else 1
        if start < 0 and not found[1] and 'class="pull"' in found[2]:
            if pieces and TAG.sub("", block[end : found.start()]):
                pieces.append(" … ")
            start, marked_at = found.end(), depth
        elif start >= 0 and depth < marked_at:
            pieces.append(block[start : found.start()])
            start, end = -1, found.end()
    text = " ".join(plain_text(NOTE.sub("", "".join(pieces))).split())
    return (
        f'<p class="pulled" aria-hidden="true"{"".join(ITS_LANGUAGE.findall(attributes))}>{escape(text, quote=False)}</p>' if text else ""
    )
