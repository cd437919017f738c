"""A report in the forms in which others take it over: plain text, Markdown, HTML to paste. Pure: the same piece gives the same bytes."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.syndication.piece import Piece
from articles.text.laid_out import markdown, plain_lines
from articles.text.languages import direction

MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
"""What CommonMark may read as markup (its section 2.4: each may be escaped)."""


def as_text(piece: Piece) -> str:
    """Plain text, a blank line between its parts."""
    sources = "\n".join(f"{number}. {each}" for number, each in enumerate(piece.sources, 1))
    return _stacked(
        piece.headline, piece.standfirst, piece.byline, *piece.above, plain_lines(piece.text_html), *piece.below,
        *([piece.backstory_heading, piece.backstory] if piece.backstory else []), *([piece.sources_heading, sources] if sources else []),
        "###", f"{piece.origin} {piece.address}", piece.licence,
    )  # fmt: skip


def as_markdown(piece: Piece) -> str:
    """Markdown (CommonMark 0.31)."""
    sources = "\n".join(f"{number}. {escaped(each)}" for number, each in enumerate(piece.sources, 1))
    return _stacked(
        f"# {escaped(piece.headline)}", f"**{escaped(piece.standfirst)}**" if piece.standfirst else "", escaped(piece.byline),
        *(f"> {escaped(each)}" for each in piece.above), markdown(piece.text_html), *(f"> {escaped(each)}" for each in piece.below),
        *([f"## {escaped(piece.backstory_heading)}", escaped(piece.backstory)] if piece.backstory else []),
        *([f"## {escaped(piece.sources_heading)}", sources] if sources else []),
        "---", f"{escaped(piece.origin)} <{piece.address}>", escaped(piece.licence),
    )  # fmt: skip


def as_html(piece: Piece) -> SafeString:
    """HTML for another site's page: no class, no style, no picture, and nothing that would tell us who reads it there."""
    language = piece.parts.edition.language

    def paragraphs(texts: list[str]) -> SafeString:
        return format_html_join("", "<p>{}</p>\n", ((text,) for text in texts if text))

    notes = format_html_join("", "<li>{}</li>\n", ((each,) for each in piece.sources))
    return format_html(
        '<article lang="{}" dir="{}">\n<h1>{}</h1>\n{}{}{}\n{}{}{}<p>{} <a href="{}">{}</a></p>\n<p>{}</p>\n</article>\n',
        language, direction(language), piece.headline,
        format_html("<p><strong>{}</strong></p>\n", piece.standfirst) if piece.standfirst else "",
        paragraphs([piece.byline, *piece.above]), piece.text_html, paragraphs(piece.below),
        format_html("<h2>{}</h2>\n<p>{}</p>\n", piece.backstory_heading, piece.backstory) if piece.backstory else "",
        format_html("<h2>{}</h2>\n<ol>\n{}</ol>\n", piece.sources_heading, notes) if notes else "",
        piece.origin, piece.address, piece.address, piece.licence,
    )  # fmt: skip


def escaped(text: str) -> str:
    """A line of text that Markdown shows as it is."""
    line = MARKS.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"\A(\d+)([.)])", r"\1\\\2", line)


def _stacked(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
