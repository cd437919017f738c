"""One live report as it is handed on: in words, each beside what it is, with the corrections that must travel with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from babel.lists import format_list
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.editions import dates, prose, words
from articles.editions.drawing import dateline_place
from articles.editions.feed_items import OWN_ADDRESS
from articles.editions.models import EditionCitation, EditionCorrection, EditionImage
from articles.editions.parts import Parts
from articles.text.plain import plain_text


@dataclass(frozen=True)
class Piece:
    """What stands in every form of the report, in its language. `text_html` is safe HTML with absolute links, the dateline in its first paragraph."""

    parts: Parts
    address: str
    kind: str
    place: str
    byline: str
    text_html: SafeString
    above: list[str]
    below: list[str]
    sources_heading: str
    sources: list[str]
    backstory_heading: str
    backstory: str
    origin: str
    licence: str
    is_retracted: bool

    @property
    def headline(self) -> str:
        return self.parts.edition.headline

    @property
    def standfirst(self) -> str:
        return self.parts.edition.standfirst

    @property
    def corrections(self) -> list[str]:
        return [*self.above, *self.below]

    @property
    def pictures(self) -> list[EditionImage]:
        """Those that others may print."""
        return [image for image in self.parts.images if image.reprint]


def piece_of(parts: Parts) -> Piece:
    """The report's words as others may print them: nothing that its page does not show."""
    edition, language = parts.edition, parts.edition.language
    with override(language):
        region = parts.dateline_region
        place = dateline_place(edition.dateline_mode, edition.dateline_place, region.name if region else "")
        is_plain = edition.kind in words.PLAIN_KINDS
        above = [each for each in parts.corrections if each.position == "top" or each.kind == "retraction"]
        return Piece(
            parts=parts,
            address=settings.SITE_URL + edition.path,
            kind=str(words.KINDS.get(edition.kind, edition.kind)),
            place="" if is_plain else place,
            byline=_byline(parts),
            text_html=_text_html(edition.body, "" if is_plain else _dateline(parts, place)),
            above=[_correction(each, language) for each in above],
            below=[_correction(each, language) for each in parts.corrections if each not in above],
            sources_heading=_("Sources"),
            sources=[_source(each, language) for each in parts.citations],
            backstory_heading=_("How this was reported"),
            backstory=" ".join(edition.backstory.split()),
            origin=_origin(parts),
            licence=_licence(parts),
            is_retracted=any(each.kind == "retraction" for each in parts.corrections),
        )


def _text_html(body: str, dateline: str) -> SafeString:
    html = OWN_ADDRESS.sub(rf"\1{settings.SITE_URL}", body)
    if dateline:
        opening, rest = prose.opened(html)
        html = f"{opening}{escape(dateline)} {rest}"
    return mark_safe(html)  # noqa: S308 - sanitised by the text room, compared at composition; the dateline is escaped


def _dateline(parts: Parts, place: str) -> str:
    edition = parts.edition
    source = edition.dateline_source or parts.site.short_name
    context = {"edition": edition, "lang": edition.language, "place": place, "source": source}
    return plain_text(render_to_string("public/_dateline.html", context))


def _byline(parts: Parts) -> str:
    edition = parts.edition
    if edition.kind in words.PLAIN_KINDS:
        return ""
    if edition.byline_mode == "withheld":
        return _("Name withheld")
    if edition.byline_mode != "named" or not parts.bylines:
        return parts.site.name
    authors = [each.byline.name for each in parts.bylines if each.role == "author"]
    others = [f"{each.byline.name} ({words.ROLES.get(each.role, each.role)})" for each in parts.bylines if each.role != "author"]
    return str(format_list([*authors, *others], locale=dates.locale_of(edition.language)))


def _correction(row: EditionCorrection, language: str) -> str:
    kind = words.CORRECTIONS.get(row.kind, row.kind)
    return f"{kind}{words.comma()}{dates.moment(row.published_at, language)}. {' '.join(row.text.split())}"


def _source(row: EditionCitation, language: str) -> str:
    published = dates.precise(row.published_on, row.published_precision, language)
    page = _("p. %(page)s") % {"page": row.page} if row.page else ""
    said = words.joined((row.publisher, row.title, published, page))
    return " ".join(chain([f"{said}."], filter(None, (row.address, row.archive_address))))


def _origin(parts: Parts) -> str:
    """Where it was published first; `address` follows it in each form."""
    edition, language = parts.edition, parts.edition.language
    facts = {"site": parts.site.name, "day": dates.moment(edition.published_at, language)}
    if edition.updated_at > edition.published_at:
        facts["changed"] = dates.moment(edition.updated_at, language)
        return _("First published by %(site)s on %(day)s, changed on %(changed)s:") % facts
    return _("First published by %(site)s on %(day)s:") % facts


def _licence(parts: Parts) -> str:
    site = parts.site
    if not site.licence:
        return _("All rights reserved by %(site)s: ask its press desk before you republish.") % {"site": site.name}
    return " ".join(filter(None, (_("Licence of the text: %(licence)s.") % {"licence": site.licence}, site.licence_address)))
