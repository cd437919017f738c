"""A text as it was pasted or lies in a file: read, or refused with a sentence, and cut into clean blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.text.blocks import html_blocks, one_space
from articles.text.characters import decoded

MAX_BYTES = 2_000_000
CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x1f\x8b", b"OggS", b"RIFF")
HTML = re.compile(
    r"<(?:!doctype|html|head|body|p|div|br|span|h[1-6]|ul|ol|li|table|tr|td|blockquote|font|section|article|pre)(?=[\s/>])[^<>]*+>"
    r"|</(?:a|b|i|em|strong|u|cite|sup)>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
QUOTE_MARK = re.compile(r"> ?")
WRAPPED_AT = range(50, 101)
"""Where mail programs break their lines."""


class NotText(Exception):
    """What was given is no text that can be read; the argument is a sentence that says what to do."""


class TooLarge(NotText):
    """It is larger than MAX_BYTES."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or Windows' Latin letters. Raises NotText; letters are never guessed."""
    if len(data) > MAX_BYTES:
        raise TooLarge(_("This is larger than 2 MB: a report is not. Give the text alone."))
    if data.startswith(SIGNATURES):
        raise NotText(_("This is a document or a picture, not a text: open it, and give its text."))
    try:
        return check(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise NotText(_("This is not a text: save it as plain text in UTF-8, or paste it."))
    try:
        text = check(data.decode("cp1252"))
    except UnicodeDecodeError as error:
        raise NotText(_("The letters of this file cannot be read: save it as plain text in UTF-8.")) from error
    foreign = sum(char > "\x7f" and char.isalpha() for char in text)
    read_as_utf8 = data.decode("utf-8", "replace")
    if foreign * 3 > sum(map(str.isalpha, text)) or sum(char > "\x7f" and char != "\ufffd" for char in read_as_utf8) > read_as_utf8.count(
        "\ufffd"
    ):
        raise NotText(_("The letters of this file cannot be read for certain: save it as plain text in UTF-8."))
    return text


def check(text: str) -> str:
    """The text, if it is one. Raises NotText."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise TooLarge(_("This is larger than 2 MB: a report is not. Give the text alone."))
    if "\x00" in text or len(CONTROLS.findall(text)) > 8 + len(text) // 1000:
        raise NotText(_("This is not a text: save it as plain text in UTF-8, or paste it."))
    if not one_space(text):
        raise NotText(_("There is no text here: paste the report."))
    return text


def blocks_of(text: str) -> tuple[list[str], list[str]]:
    """The text's blocks as HTML – from plain text or from HTML – and the lines of menus and buttons that were left out."""
    if HTML.search(text):
        return html_blocks(text)
    plain = ENTITY.sub(lambda found: decoded(found[0]), text)
    return [f"<p>{escape(line, quote=False)}</p>" for paragraph in _paragraphs(plain) if (line := one_space(paragraph))], []


def _paragraphs(text: str) -> Iterator[str]:
    """Blank lines part paragraphs. A line's end parts them too, unless a mail program broke the line."""
    lines = LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").split("\n")
    if all(line.startswith(">") for line in lines if line.strip()):
        lines = [QUOTE_MARK.sub("", line, count=1) for line in lines]
    lines = [line.strip() for line in lines]
    breaks = [len(line) for line, after in pairwise(lines) if line and after and len(line) <= WRAPPED_AT.stop]
    widest = max(breaks, default=0)
    is_wrapped = widest in WRAPPED_AT and sum(widest - length < 15 for length in breaks) * 5 >= max(3, len(breaks) * 3)
    paragraph: list[str] = []
    for line in lines:
        if paragraph and not (line and _goes_on(paragraph[-1], line, width=widest if is_wrapped else 0)):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield " ".join(paragraph)


def _goes_on(line: str, after: str, *, width: int) -> bool:
    """Whether the line was broken only because the next word had no room, or in the midst of a sentence."""
    if len(line) > WRAPPED_AT.stop:
        return False
    if width and len(line) + 1 + len(after.split(maxsplit=1)[0]) > width:
        return True
    return after[0].islower() and len(line) >= WRAPPED_AT.start and not line.endswith((".", "!", "?", ":", ";", "”", "»", '"'))
