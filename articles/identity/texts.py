"""The site's words as a page of a language shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from articles.identity.models import SiteIdentity, SiteText
from articles.text.languages import direction


@dataclass(frozen=True)
class Site:
    """Name and tagline for a language. `lang` and `dir` are set when they are in the main language instead, "" otherwise."""

    name: str
    short_name: str
    tagline: str
    footer: str
    founded: int | None
    lang: str
    dir: str


def site_for(language: str) -> Site:
    """The site's words in the language, in the main one where it has none."""
    identity = SiteIdentity.objects.filter(id=1).first()
    texts = {text.language: text for text in SiteText.objects.filter(language__in=(language, settings.MAIN_LANGUAGE))}
    own, main = texts.get(language), texts.get(settings.MAIN_LANGUAGE)
    text = own if own and own.name else main
    falls_back = language != settings.MAIN_LANGUAGE and text is main
    organisation = identity.organisation if identity else "Newsroom"
    return Site(
        name=(text.name if text else "") or organisation,
        short_name=identity.short_name if identity else organisation,
        tagline=text.tagline if text else "",
        footer=text.footer if text else "",
        founded=identity.founded if identity else None,
        lang=settings.MAIN_LANGUAGE if falls_back else "",
        dir=direction(settings.MAIN_LANGUAGE) if falls_back else "",
    )
