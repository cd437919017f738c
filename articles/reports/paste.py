"""A pasted report, recognised: what is plain is filled in, what is not is left empty and said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.reports.dateline import LONGEST, Dateline, RegionNamed, read_dateline
from articles.text.analyser import fold
from articles.text.blocks import one_space, opening_words, without_opening
from articles.text.languages import guess
from articles.text.pasted import blocks_of, check
from articles.text.plain import plain_text
from articles.text.sanitise import sanitise

CHROME = frozenset(
    {
        "select page", "skip to content", "skip to main content", "menu", "main menu", "search", "home", "about", "about us", "contact",
        "contact us", "news", "share", "share this", "share on facebook", "tweet", "print", "email", "donate", "donate now", "give now",
        "subscribe", "sign up", "log in", "login", "facebook", "twitter", "instagram", "youtube", "whatsapp", "telegram", "close", "toggle navigation",
        "forwarded message", "begin forwarded message", "original message", "for immediate release",
        "seleccionar página", "ir al contenido", "saltar al contenido", "menú", "buscar", "inicio", "compartir", "imprimir", "donar", "suscribirse",
        "contacto", "noticias", "quiénes somos", "aller au contenu", "rechercher", "accueil", "partager", "imprimer", "faire un don",
        "اختر صفحة", "اختر الصفحة", "القائمة", "بحث", "الرئيسية", "شارك", "مشاركة", "طباعة", "تبرع", "تبرع الآن", "اشترك",
        "انتقل إلى المحتوى", "تخطى إلى المحتوى", "اتصل بنا", "من نحن", "الأخبار",
    }
)  # fmt: skip
CHROME_FOLDED = frozenset(map(fold, CHROME))
TAGLINE = re.compile(r".{3,90}\b(?:since|desde|depuis|منذ)(?: el| l’an| عام| سنة)? (?:1[89]|20|١٩|٢٠)\d\d\W*\Z", re.IGNORECASE)
MAIL_HEADER = re.compile(
    r"(?:from|to|cc|bcc|sent|date|subject|reply-to|de|para|enviado|fecha|asunto|à|envoyé|objet|من|إلى|التاريخ|الموضوع)\s?:\s?\S",
    re.IGNORECASE,
)
AFTER_THE_END = re.compile(r"(?:[#*•_—–=-]\s?){2,}|-\s?30\s?-|ends?|fin|انتهى|©.{0,120}|copyright .{0,120}", re.IGNORECASE)
CLOSING = re.compile(
    r"(?:for (?:all |more )?(?:media|press|interviews?)(?: (?:and|or) (?:media|press|interviews?))?"
    r"(?: (?:interviews?|inquir(?:y|ies)|enquir(?:y|ies)|quer(?:y|ies)|requests?|contacts?|relations|information))?"
    r"|(?:media|press) (?:contacts?|interviews?|inquir(?:y|ies)|enquir(?:y|ies)|quer(?:y|ies)|requests?|office)"
    r"|para (?:entrevistas?|medios|la prensa|prensa|consultas de (?:prensa|medios))(?: (?:de|con) (?:los )?(?:medios|prensa))?"
    r"|contacto (?:de|para la|para) prensa|contact presse|pour (?:toute interview|les médias|la presse)"
    r"|للمقابلات(?: الإعلامية| الصحفية)?|لل?تواصل الإعلامي|للإعلام|لوسائل الإعلام|للاستفسارات (?:الإعلامية|الصحفية))"
    r"(?:\s*[:：]\s*|[,،]?\s+(?=(?:please|contact|e-?mail|call|write|reach|contacte|contactar|escriba|llame|يرجى|الرجاء|اتصلوا|تواصلوا)\b)|\s*\Z)"
    r"(?P<address>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HIDDEN = re.compile(r"e?-?mail\s?protected|\[(?:at|arroba)\]|\((?:at|arroba)\)|protegido", re.IGNORECASE)
NO_HEADLINE = re.compile(r"\n|@|[.:;,،؛]\Z|\A(?:by|por|par|bajo|posted|published|publicado|contact|contacto|بقلم|نشر)\b", re.IGNORECASE)
LONGEST_CLOSING = 300
LONGEST_HEADLINE = 200
LOOKED_AT = 5
"""How many blocks at the head may hold the dateline, and at the end the closing line."""


@dataclass
class Recognised:
    """What was found. `unsure` maps a field to a sentence that says what the person must decide; such a field is empty.

    Every word of the text is in `headline`, `line` (the dateline as it stood), `body` or `dropped`.
    """

    language: str = ""
    other_language: str = ""
    headline: str = ""
    line: str = ""
    dateline_on: dt.date | None = None
    date_candidates: tuple[dt.date, ...] = ()
    place: str = ""
    regions: list[Any] = field(default_factory=list)
    source: str = ""
    body: str = ""
    contact: str = ""
    address: str = ""
    dropped: list[str] = field(default_factory=list)
    unsure: dict[str, str] = field(default_factory=dict)

    @property
    def region(self) -> Any | None:
        """The region, when the place names exactly one."""
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def paragraphs(self) -> int:
        return len(re.findall(r"<p[ >]", self.body))


def recognise(text: str, *, languages: Sequence[str], region_named: RegionNamed, taglines: Iterable[str] = ()) -> Recognised:
    """What the text is. `languages` are the site's, `taglines` its own. Raises NotText.

    Words are kept to the letter; only chrome, headline, dateline and closing line leave the body. `contact` is `hidden`
    (no address, or one that the page hid) or `named` (then `address` holds it, if it is one) when a closing line was there.
    """
    blocks, menus = blocks_of(check(text))
    found = Recognised(dropped=menus)
    _drop_chrome(blocks, found, {fold(tagline) for tagline in taglines if tagline})
    _take_closing(blocks, found)
    _tell_language(blocks, found, languages)
    _take_dateline(blocks, found, languages=languages, region_named=region_named)
    found.body = sanitise("".join(blocks))
    _say_what_is_missing(found)
    return found


def _drop_chrome(blocks: list[str], found: Recognised, taglines: set[str]) -> None:
    """Menus, taglines and the head of a mail at the top, line for line; one block is always left."""
    tops = [plain_text(block) for block in takewhile(_is_short, blocks[:40])]
    chrome = [fold(top) in taglines or all(map(_is_chrome, top.split("\n"))) for top in tops]
    last = 0
    for index, top in enumerate(tops):
        if TAGLINE.match(top) and not chrome[index]:
            if not any(chrome[max(0, index - 1) : index + 2]):
                found.unsure["headline"] = _("“%(line)s” was left out as a site's tagline: is it the headline?") % {"line": top}
        elif not (chrome[index] or _is_mail_header(index, tops)):
            break
        last = index + 1
    last = min(last, len(blocks) - 1)
    found.dropped += tops[:last]
    del blocks[:last]


def _is_short(block: str) -> bool:
    """Whether the block can be a line of its own: a longer one is not read through for it."""
    return len(block) <= 4000


def _is_chrome(line: str) -> bool:
    return fold(line).strip(" -–—:›»>|×≡☰*#.") in CHROME_FOLDED or not re.search(r"\w", line)


def _is_mail_header(index: int, lines: list[str]) -> bool:
    """A mail's head has several of them."""
    near = lines[max(0, index - 3) : index] + lines[index + 1 : index + 4]
    return bool(MAIL_HEADER.match(lines[index])) and len(lines[index]) < 200 and any(map(MAIL_HEADER.match, near))


def _take_closing(blocks: list[str], found: Recognised) -> None:
    for index in range(len(blocks) - 1, max(1, len(blocks) - LOOKED_AT) - 1, -1):
        line = plain_text(blocks[index]) if _is_short(blocks[index]) else ""
        if line and len(line) <= LONGEST_CLOSING and (closing := CLOSING.match(one_space(line))):
            break
    else:
        return
    address, last = closing["address"], index + 1
    if not address and last < len(blocks) and _is_short(blocks[last]) and _is_address(following := plain_text(blocks[last])):
        address, last = following, last + 1
    if all(_is_short(block) and AFTER_THE_END.fullmatch(plain_text(block)) for block in blocks[last:]):
        last = len(blocks)
    found.dropped += [plain_text(block) for block in blocks[index:last]]
    del blocks[index:last]
    if HIDDEN.search(address) or not re.search(r"\w", address):
        found.contact = "hidden"
    else:
        found.contact = "named"
        found.address = shown[0] if (shown := ADDRESS.search(address)) else ""


def _is_address(line: str) -> bool:
    return len(line) <= LONGEST_CLOSING and bool(ADDRESS.search(line) or HIDDEN.search(line))


def _tell_language(blocks: list[str], found: Recognised, languages: Sequence[str]) -> None:
    code = guess(" ".join(plain_text(block[:20_000]) for block in blocks[:60]))
    found.language = code if code in languages else ""
    found.other_language = "" if found.language else code
    if not found.language:
        found.unsure["language"] = _("Choose the language: the text does not show which it is.")


def _take_dateline(blocks: list[str], found: Recognised, *, languages: Sequence[str], region_named: RegionNamed) -> None:
    def next_dateline(start: int, end: int) -> tuple[int, Dateline] | None:
        for index, block in enumerate(blocks[start:end], start):
            if line := read_dateline(opening_words(block, LONGEST + 1), languages=languages, region_named=region_named):
                return index, line
        return None

    if first := next_dateline(0, LOOKED_AT):
        index, line = first
        is_whole = _cut(blocks, index, line, found)
        if is_whole and not (line.named or line.source) and (second := next_dateline(index, index + 2)) and not second[1].date:
            index, line = second[0], replace(second[1], date=line.date)  # the date had a line of its own
            _cut(blocks, index, line, found)
        _keep_line(line, found)
        _take_headline(blocks, index, found)
    elif len(blocks) > 1 and blocks[0].startswith("<h2"):
        _take_headline(blocks, 1, found)
    elif len(blocks) > 1 and (headline := _headline(blocks[0])) and len(plain_text(blocks[1][:4000])) > len(headline):
        found.unsure["headline"] = _("“%(line)s” may be the headline; it stands in the text as its first paragraph.") % {"line": headline}


def _cut(blocks: list[str], index: int, line: Dateline, found: Recognised) -> bool:
    """Takes the dateline off its block; whether nothing else stood there."""
    found.line = f"{found.line} {opening_words(blocks[index], line.length).strip()}".strip()
    rest = without_opening(blocks[index], line.length)
    blocks[index : index + 1] = [rest] if rest else []
    return not rest


def _take_headline(blocks: list[str], end: int, found: Recognised) -> None:
    """The page's heading above the dateline, or else the first line there that can be one."""
    above = [(not block.startswith("<h2"), index) for index, block in enumerate(blocks[:end]) if _headline(block)]
    if above:
        _no_heading, index = min(above)
        found.headline = _headline(blocks.pop(index))
        found.unsure.pop("headline", None)


def _headline(block: str) -> str:
    """The block's words if they can be a headline, "" otherwise."""
    line = plain_text(block) if _is_short(block) else ""
    return "" if len(line) > LONGEST_HEADLINE or NO_HEADLINE.search(line) else line


def _keep_line(line: Dateline, found: Recognised) -> None:
    found.place, found.regions, found.source = line.place, line.regions, line.source
    if line.date:
        found.dateline_on, found.date_candidates = line.date.date, line.date.candidates
        if line.date.date is None and line.date.candidates:
            days = _(" or ").join(date_format(on, "j F Y") for on in line.date.candidates)
            found.unsure["dateline_on"] = _("The date can be read as %(days)s: which day is it?") % {"days": days}
        elif line.date.date is None:
            found.unsure["dateline_on"] = _("The date in “%(line)s” names no year, or no day that there is: give it.") % {
                "line": found.line
            }
    if len(line.regions) > 1:
        names = ", ".join(str(region) for region in line.regions)
        found.unsure["region"] = _("More than one region goes by this name: %(names)s. Which is it?") % {"names": names}
    elif line.named and not line.regions:
        found.unsure["region"] = _("No region is known by the name “%(place)s”: choose one.") % {"place": line.named}


def _say_what_is_missing(found: Recognised) -> None:
    if not found.dateline_on:
        found.unsure.setdefault("dateline_on", _("No date was recognised: give the date of the dateline."))
    if not found.regions:
        found.unsure.setdefault("region", _("No place was recognised: choose a region."))
    if not found.headline:
        found.unsure.setdefault("headline", _("The text has no headline: write one before you submit it."))
    if not found.body:
        found.unsure["body"] = _("No paragraph was left: look at what was left out.")
