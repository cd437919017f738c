"""A pasted report, recognised: what is plain is filled in, what is not is left empty and said."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from articles.text.analyser import fold
from articles.text.datelines import parse_date
from articles.text.languages import own_name
from articles.text.plain import plain_text
from articles.text.sanitise import sanitise

MAX_BYTES = 2_000_000
DASH = r"\s*(?:–|—|―|--|\s-\s|‒|\u2011)\s*"
SOURCE = r"\s*[(（]\s*([^()（）]{2,120}?)\s*[)）]"
PLACE = r"[^()（）–—―\n]{2,80}?"
DATELINE = re.compile(rf"\A(?P<place>{PLACE})?(?:{SOURCE})?{DASH}(?=\S)")
CHROME = re.compile(
    r"\A(?:select page|skip to (?:main )?content|menu|search|home|share(?: this)?|print|donate|subscribe|facebook|twitter|×|≡|☰"
    r"|.{3,80}\b(?:since|desde|depuis|منذ)(?: el| عام)? (?:1[89]|20)\d\d)\W*\Z",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\A(?:for (?:media|press|interview)[^:：]{0,40}|media (?:contact|interviews|inquiries)[^:：]{0,30}|para (?:entrevistas|medios|la prensa)[^:：]{0,40}"
    r"|contacto de prensa[^:：]{0,30}|للمقابلات[^:：]{0,40}|للتواصل الإعلامي[^:：]{0,40}|للإعلام[^:：]{0,40})\s*[:：]\s*(?P<address>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
HIDDEN = re.compile(r"email[\s\u00a0]*protected|\[at\]|\(at\)", re.IGNORECASE)
LOOKS_LIKE_HTML = re.compile(r"<(?:p|div|br|span|h[1-6]|html|body|ul|ol|table|!doctype)\b", re.IGNORECASE)
BLOCK = re.compile(r"<(p|h2|h3|blockquote|ul|ol)(?: [^>]*)?>.*?</\1>|<hr>", re.DOTALL)


class NotText(Exception):
    """What was given is no text that can be read; the argument is a sentence that says what to do."""


@dataclass
class Recognised:
    """What was found. `unsure` maps a field to a sentence that says what the person must decide; such a field is empty."""

    language: str = ""
    headline: str = ""
    dateline_on: dt.date | None = None
    date_candidates: tuple[dt.date, ...] = ()
    place: str = ""
    regions: list[Any] = field(default_factory=list)
    source: str = ""
    body: str = ""
    contact: str = ""
    dropped: list[str] = field(default_factory=list)
    unsure: dict[str, str] = field(default_factory=dict)

    @property
    def region(self) -> Any | None:
        """The region, when the place names exactly one."""
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def paragraphs(self) -> int:
        return len(re.findall(r"<p[ >]", self.body))


def decode(data: bytes) -> str:
    """The text of a file. Raises NotText for a file that is too large or no text."""
    if len(data) > MAX_BYTES:
        raise NotText(_("This is larger than 2 MB: a report is not. Give the text alone."))
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return check(text)
    if b"\x00" in data or sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > 8:
        raise NotText(_("This is not a text: save it as plain text in UTF-8, or paste it."))
    try:
        return check(data.decode("cp1252"))
    except UnicodeDecodeError as error:
        raise NotText(_("The letters of this file cannot be read: save it as plain text in UTF-8.")) from error


def check(text: str) -> str:
    """The text, if it is one. Raises NotText."""
    if len(text) > MAX_BYTES:
        raise NotText(_("This is larger than 2 MB: a report is not. Give the text alone."))
    if "\x00" in text or sum(char < " " and char not in "\t\r\n\f" for char in text[:4096]) > 8:
        raise NotText(_("This is not a text: save it as plain text in UTF-8, or paste it."))
    if not text.strip():
        raise NotText(_("There is no text here: paste the report."))
    return text


def recognise(
    text: str, *, languages: Sequence[str], region_named: Callable[[str], list[Any]], own_names: Iterable[str] = ()
) -> Recognised:
    """What the text is. `languages` are the site's, the main one first; `own_names` the organisation's. Raises NotText.

    Words are kept to the letter; only chrome, dateline and closing line leave the body.
    """
    blocks = _blocks(check(text))
    found = Recognised()
    _drop_chrome(blocks, found)
    _take_closing(blocks, found)
    found.language = _language(" ".join(plain_text(block) for block in blocks), languages)
    if not found.language:
        found.unsure["language"] = _("Choose the language: the text does not show which it is.")
    _take_dateline(blocks, found, languages=languages, region_named=region_named)
    found.body = sanitise("".join(blocks))
    if not found.body:
        found.unsure["body"] = _("No paragraph was left: look at what was dropped.")
    _say_what_is_missing(found)
    return found


def _blocks(text: str) -> list[str]:
    """The text as HTML blocks, each a clean paragraph, heading, list or quotation."""
    if LOOKS_LIKE_HTML.search(text):
        return _html_blocks(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    parts = re.split(r"\n[^\S\n]*\n+", lines) if re.search(r"\n[^\S\n]*\n", lines.strip()) else lines.split("\n")
    single = len(parts) > 1 and all("\n" not in part.strip() for part in parts)
    blocks = []
    for part in parts:
        pieces = [part] if single else _joined_lines(part)
        blocks += [f"<p>{html.escape(cleaned, quote=False)}</p>" for piece in pieces if (cleaned := _spaces(piece))]
    return blocks


def _joined_lines(part: str) -> list[str]:
    """Lines of one paragraph joined; short lines at the top (chrome, a headline) stay apart."""
    lines = [line for line in part.split("\n") if line.strip()]
    if len(lines) > 1 and all(len(line) < 80 for line in lines) and not any(re.search(r"[.,;:!?]\s*\Z", line) for line in lines[:-1]):
        return lines
    return [" ".join(lines)]


def _html_blocks(text: str) -> list[str]:
    text = re.sub(r"<h1(?=[ >])", "<h2", re.sub(r"</h1>", "</h2>", text, flags=re.IGNORECASE), flags=re.IGNORECASE)
    text = re.sub(r"<h[4-6](?=[ >])", "<h3", re.sub(r"</h[4-6]>", "</h3>", text, flags=re.IGNORECASE), flags=re.IGNORECASE)
    text = re.sub(r"<(/?)div\b[^>]*>", r"<\1p>", text, flags=re.IGNORECASE)
    text = re.sub(r"(?:<br\s*/?>\s*){2,}", "</p><p>", text, flags=re.IGNORECASE)
    clean = sanitise(text).replace("\u00a0", " ").replace("&nbsp;", " ")
    blocks, at = [], 0
    for found in BLOCK.finditer(clean):
        blocks += _loose(clean[at : found.start()])
        blocks.append(re.sub(r"[^\S\n]+", " ", found.group().replace("\n", " ")).replace("<p> ", "<p>").replace(" </p>", "</p>"))
        at = found.end()
    blocks += _loose(clean[at:])
    return [block for block in blocks if plain_text(block)]


def _loose(text: str) -> list[str]:
    text = re.sub(r"</?(?:p|h2|h3|blockquote|ul|ol|li)(?: [^>]*)?>", "", text)
    return [f"<p>{cleaned}</p>" for piece in re.split(r"\n\s*\n", text) if (cleaned := _spaces(piece))]


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ").replace("\ufeff", "")).strip()


def _drop_chrome(blocks: list[str], found: Recognised) -> None:
    while len(blocks) > 1 and CHROME.match(line := plain_text(blocks[0])):
        found.dropped.append(line)
        blocks.pop(0)


def _take_closing(blocks: list[str], found: Recognised) -> None:
    if len(blocks) > 1 and (closing := CLOSING.match(plain_text(blocks[-1]))):
        address = closing["address"].strip()
        found.contact = "hidden" if not address or HIDDEN.search(address) else "named"
        found.dropped.append(plain_text(blocks.pop()))
        if found.contact == "hidden":
            found.unsure["contact"] = _("The text closes with an address that is hidden: look at the contact that is proposed.")
        else:
            found.unsure["contact"] = _("The text closes with an address of its own: choose the contact it belongs to.")


def _language(text: str, languages: Sequence[str]) -> str:
    """The language, by script and by a few dozen words that each has and the others have not."""
    arabic = len(re.findall("[\u0600-\u06ff]", text))
    if arabic * 2 > len(re.findall(r"[^\W\d_]", text)):
        return "ar" if "ar" in languages else ""
    words = set(fold(text).split())
    hints = {
        "en": {"the", "and", "of", "to", "in", "was", "were", "that", "with", "their", "has", "who"},
        "es": {"el", "la", "los", "las", "de", "que", "y", "en", "con", "una", "fue", "por", "para", "del"},
        "fr": {"le", "la", "les", "des", "et", "que", "dans", "une", "pour", "avec", "est", "ont"},
    }
    scores = {code: len(words & marks) for code, marks in hints.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] >= 3 and list(scores.values()).count(scores[best]) == 1:
        return best if best in languages else ""
    return ""


def _take_dateline(blocks: list[str], found: Recognised, *, languages: Sequence[str], region_named: Callable[[str], list[Any]]) -> None:
    """Looks for the dateline in the first block, or in the second under a line that may be the headline."""
    for index in range(min(2, len(blocks))):
        if _dateline_of(blocks, index, found, languages=languages, region_named=region_named):
            if index == 1:
                _propose_headline(blocks, found)
            return
    if len(blocks) > 1 and blocks[0].startswith("<h2"):
        _propose_headline(blocks, found)


def _propose_headline(blocks: list[str], found: Recognised) -> None:
    line = plain_text(blocks[0])
    if len(line) <= 200 and not re.search(r"[.:;,،]\Z", line):
        found.headline = line
        found.unsure["headline"] = _("The first line was taken for the headline: is it?")
        blocks.pop(0)


def _dateline_of(
    blocks: list[str], index: int, found: Recognised, *, languages: Sequence[str], region_named: Callable[[str], list[Any]]
) -> bool:
    opening, inner = re.match(r"(<p(?: [^>]*)?>)(.*)\Z", blocks[index], re.DOTALL).groups() if blocks[index].startswith("<p") else ("", "")  # type: ignore[union-attr]  # starts with <p
    text = html.unescape(re.sub(r"<[^>]+>", "", inner[:600]))
    if not text:
        return False
    date = parse_date(text, languages=languages)
    rest = text[date.length :].lstrip(" ,،.:") if date else text
    line = DATELINE.match(rest)
    if line is None or not (date or line[2] or _is_place(line["place"] or "", region_named)):
        return False
    if date:
        found.dateline_on, found.date_candidates = date.date, date.candidates
        if date.date is None:
            days = ", ".join(on.isoformat() for on in date.candidates)
            found.unsure["dateline_on"] = _("The date can be read in several ways: %(days)s. Which is it?") % {"days": days}
    found.source = (line[2] or "").strip()
    _take_place((line["place"] or "").strip(" ,،"), found, date_in_place=date is None, languages=languages, region_named=region_named)
    blocks[index] = opening + _without_start(inner, len(text) - len(rest) + line.end())
    return True


def _is_place(text: str, region_named: Callable[[str], list[Any]]) -> bool:
    """Without date and source, a dateline must begin like one: a place in capitals, or one whose last part is a known region."""
    text = text.strip(" ,")
    if not text or len(text) > 60:
        return False
    head, *rest = [part.strip() for part in re.split("[,،]", text)]
    if head.isupper() and len(head) > 2:
        return True
    return bool(region_named(rest[-1] if rest else head)) or text.casefold() in ("washington, d.c.", "washington, dc")


def _take_place(
    place: str, found: Recognised, *, date_in_place: bool, languages: Sequence[str], region_named: Callable[[str], list[Any]]
) -> None:
    parts = [part.strip() for part in re.split("[,،]", place) if part.strip()]
    if (
        date_in_place
        and len(parts) > 1
        and (late := parse_date(", ".join(parts[-2:]), languages=languages) or parse_date(parts[-1], languages=languages))
    ):
        found.dateline_on, found.date_candidates = late.date, late.candidates  # LAGOS, Nigeria, 3 May 2024 –
        parts = parts[:-1] if parse_date(parts[-1], languages=languages) else parts[:-2]
    if not parts:
        return
    found.regions = region_named(parts[-1])
    if found.regions:
        parts = parts[:-1] if len(parts) > 1 or len(found.regions) == 1 else parts
    elif re.match(r"washington\b", place, re.IGNORECASE):
        found.regions = region_named("US")
    if len(parts) == 1 and found.regions and fold(parts[0]) == fold(str(found.regions[0])):
        parts = []
    joined = ", ".join(parts)
    found.place = joined.title() if joined.isupper() and len(joined) > 3 else joined
    if len(found.regions) > 1:
        names = ", ".join(str(region) for region in found.regions)
        found.unsure["region"] = _("More than one region goes by this name: %(names)s. Which is it?") % {"names": names}
    elif not found.regions:
        found.unsure["region"] = _("No region is known by the name “%(place)s”: choose one.") % {"place": place}


def _without_start(inner: str, length: int) -> str:
    """The HTML without its first `length` characters of text; tags that stood there stay balanced, empty ones go."""
    kept, at, left = [], 0, length
    for token in re.finditer(r"<[^>]+>|&[#\w]+;|.", inner, re.DOTALL):
        if left <= 0:
            break
        at = token.end()
        if token.group().startswith("<"):
            kept.append(token.group())
        else:
            left -= len(html.unescape(token.group()))
    joined = "".join(kept) + inner[at:].lstrip()
    while (shorter := re.sub(r"<(\w+)(?: [^>]*)?>\s*</\1>|<br>\A", "", joined)) != joined:
        joined = shorter
    return joined.lstrip()


def _say_what_is_missing(found: Recognised) -> None:
    if not found.dateline_on and "dateline_on" not in found.unsure:
        found.unsure["dateline_on"] = _("No date was recognised: give the date of the dateline.")
    if not found.regions and "region" not in found.unsure:
        found.unsure["region"] = _("No place was recognised: choose a region.")
    if not found.headline:
        found.unsure["headline"] = _("The text has no headline: write one before you submit it.")


def language_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, own name) pairs for the form and for messages."""
    return [(code, own_name(code)) for code in codes]
