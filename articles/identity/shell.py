"""The shell: head, menu and footer around every public page, one row per language, drawn when something in it changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.safestring import SafeString

from articles.identity.models import Logo, MenuItem, PolicyPage, Shell, Theme
from articles.identity.texts import Site, site_for
from articles.text.data_blocks import block
from articles.text.languages import direction, own_name

HEAD_MARK = SafeString("<!--newsroom:head-->")
MAIN_MARK = SafeString("<!--newsroom:main-->")
READ = (
    "SELECT s.number, h.before_head, h.before_main, h.after_main, h.site_name, h.tagline"
    " FROM articles_shell h, articles_stamp s WHERE h.language = %s AND s.id = 1"
)


@dataclass(frozen=True, slots=True)
class ShellPieces:
    """The shell of a language, and the stamp under which it was read."""

    stamp: int
    before_head: str
    before_main: str
    after_main: str
    site_name: str
    tagline: str


def shell_for(language: str) -> ShellPieces:
    """The shell and the stamp in one statement; drawn first when it was never drawn."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [language])
        row = cursor.fetchone()
    if row is None:
        draw_shells()
        return shell_for(language)
    return ShellPieces(*row)


def draw_shells() -> None:
    """Draws the shell of every language anew. Within an act: the caller counts the stamp."""
    for code, _name in settings.LANGUAGES:
        html = _render(code)
        before_head, _mark, rest = html.partition(HEAD_MARK)
        before_main, _mark, after_main = rest.partition(MAIN_MARK)
        site = site_for(code)
        pieces = {
            "before_head": before_head,
            "before_main": before_main,
            "after_main": after_main,
            "site_name": site.name,
            "tagline": "" if site.tagline_lang else site.tagline,
        }
        Shell.objects.update_or_create(language=code, defaults=pieces)


def _render(language: str) -> str:
    with translation.override(language):
        return render_to_string("public/base.html", _context(language))


def _context(language: str) -> dict[str, object]:
    prefix = "/" if language == settings.MAIN_LANGUAGE else f"/{language}/"
    site = site_for(language)
    logos = {logo.ground: logo for logo in Logo.objects.all()}
    return {
        "lang": language,
        "dir": direction(language),
        "site": site,
        "since": site.founded if site.founded and str(site.founded) not in site.tagline else None,
        "home": prefix,
        "logo": logos,
        "organisation_html": _organisation(site, language, logos.get("light")),
        "menu": _items(language, MenuItem.Place.MENU),
        "footer": _items(language, MenuItem.Place.FOOTER),
        "languages": [
            {
                "code": code, "own_name": own_name(code), "dir": direction(code),
                "path": "/" if code == settings.MAIN_LANGUAGE else f"/{code}/",
            }
            for code, _name in settings.LANGUAGES
        ],
        "paths": {
            "press": f"{prefix}press/", "inquiry": f"{prefix}press/inquiry/", "corrections": f"{prefix}corrections/",
            "search": f"{prefix}search/", "rss": f"{prefix}feed.rss", "atom": f"{prefix}feed.atom", "json": f"{prefix}feed.json",
            "api": f"{prefix}api/",
        },
        "stylesheet": _stylesheet(),
        "theme": next((f"/theme.{hash_}.css" for hash_ in Theme.objects.values_list("hash", flat=True)), ""),
        "head_marker": HEAD_MARK,
        "main_marker": MAIN_MARK,
    }  # fmt: skip


def publisher_id() -> str:
    """The one node of the organisation, whatever page names it."""
    return f"{settings.SITE_URL}/#publisher"


def _organisation(site: Site, language: str, logo: Logo | None) -> SafeString:
    """Who publishes, for machines, with the pages that tell how: in the language, or in the main one where that has none."""
    policies: dict[str, str] = {}
    for code in dict.fromkeys((settings.MAIN_LANGUAGE, language)):
        policies |= dict(PolicyPage.objects.filter(language=code).exclude(path="").order_by("policy").values_list("policy", "path"))
    node: dict[str, object] = {"@type": "NewsMediaOrganization", "@id": publisher_id(), "name": site.name, "url": f"{settings.SITE_URL}/"}
    if site.founded:
        node["foundingDate"] = str(site.founded)
    if logo:
        node["logo"] = f"{settings.SITE_URL}/media/{logo.file}"
    return block([{**node, **{policy: settings.SITE_URL + path for policy, path in policies.items()}}])


def _items(language: str, place: str) -> list[dict[str, str]]:
    items = MenuItem.objects.filter(language=language, place=place)
    lang = ""
    if not items and language != settings.MAIN_LANGUAGE:
        items, lang = MenuItem.objects.filter(language=settings.MAIN_LANGUAGE, place=place), settings.MAIN_LANGUAGE
    return [{"label": item.label, "path": item.path, "lang": lang, "dir": direction(lang) if lang else ""} for item in items]


def _stylesheet() -> str:
    try:
        return static("css/site.css")
    except ValueError:  # no manifest: a test, or before the first collectstatic
        return "/static/css/site.css"
