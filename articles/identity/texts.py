"""The site's words as a page of a language shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from articles.identity.models import SiteIdentity, SiteText


@dataclass(frozen=True)
class Site:
    """The words for one language. Each `…_lang` names the language that its text is in when it is not that one, "" otherwise."""

    name: str
    short_name: str
    tagline: str
    footer: str
    terms: str
    founded: int | None
    licence: str
    licence_link: str
    name_lang: str
    tagline_lang: str
    footer_lang: str
    terms_lang: str

    @property
    def licence_address(self) -> str:
        """The licence's address, whole; "" when there is none."""
        return f"{settings.SITE_URL}{self.licence_link}" if self.licence_link.startswith("/") else self.licence_link


def site_for(language: str) -> Site:
    """The site's words in the language; each that is missing in the main one instead."""
    identity = SiteIdentity.objects.filter(id=1).first()
    texts = {text.language: text for text in SiteText.objects.filter(language__in=(language, settings.MAIN_LANGUAGE))}
    elsewhere = settings.MAIN_LANGUAGE if language != settings.MAIN_LANGUAGE else ""

    def said(field: str, otherwise: str = "") -> tuple[str, str]:
        if own := getattr(texts.get(language), field, ""):
            return own, ""
        text = getattr(texts.get(settings.MAIN_LANGUAGE), field, "") or otherwise
        return text, elsewhere if text else ""

    organisation = identity.organisation if identity else "Newsroom"
    (name, name_lang), (tagline, tagline_lang), (footer, footer_lang) = said("name", organisation), said("tagline"), said("footer")
    terms, terms_lang = said("terms")
    short_name, _short_lang = said("short_name", identity.short_name if identity else organisation)
    return Site(
        name=name,
        short_name=short_name,
        tagline=tagline,
        footer=footer,
        terms=terms,
        founded=identity.founded if identity else None,
        licence=identity.licence if identity else "",
        licence_link=identity.licence_link if identity else "",
        name_lang=name_lang,
        tagline_lang=tagline_lang,
        footer_lang=footer_lang,
        terms_lang=terms_lang,
    )
