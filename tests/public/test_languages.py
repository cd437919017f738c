"""English, Spanish and Arabic: each complete, each with its own words, direction, dates and figures; linked to one another."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client

from articles.contacts.models import MediaContact
from articles.identity.actions import change_identity, change_menu, change_text
from articles.images.actions import add
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline
from articles.taxonomy.models import Tag, TagName
from articles.workflow import actions, publication
from newsroom.messages import collect, load
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
PATHS = (
    "", "reports/", "reports/?tag=law&region=nigeria&kind=news", "reports/?kind=opinion", "reports/2024/", "reports/2024/03/", "regions/", "regions/nigeria/",
    "regions/africa/", "tags/", "tags/law/", "authors/a-name/", "search/", "search/?q=٩٩٩", "search/?q={word}", "corrections/", "press/",
    "press/?region=nigeria&language=en", "press/inquiry/", "press/inquiry/sent/", "nothing/", "{report}", "{second}", "{gone}", "{page}", "{profile}",
)  # fmt: skip
WORDS = {
    "es": {"site": "Vigía del Faro", "tagline": "Informamos desde 1995", "menu": "Noticias", "tag": "Ley", "region": "Nigeria",
           "report": "Dos familias deben irse"},
    "ar": {"site": "مرصد المنارة", "tagline": "ننشر منذ عام 1995", "menu": "الأخبار", "tag": "القانون", "region": "نيجيريا",
           "report": "عائلتان تُجبران على الرحيل"},
}  # fmt: skip
FOREIGN = {
    "RSS",
    "Atom",
    "JSON",
    "Feed",
    "API",
    "Natural",
    "Earth",
    "English",
    "español",
    "UTC",
    "Africa/Lagos",
    "sic",
    "WhatsApp",
    "Telegram",
}
"""What stays in Latin letters on an Arabic page."""


def fill(language, words, by, editor, publisher, group, tag):
    """Reports that show every part of a page, in one language: {place in PATHS: path}."""
    change_text(language, by=machine(COMMAND_LINE), name=words["site"], tagline=words["tagline"], footer=words["tagline"])
    change_menu(language, by=machine(COMMAND_LINE), items=[{"label": words["menu"], "path": f"/{language}/reports/"}])
    TagName.objects.create(tag=tag, language=language, name=words["tag"])
    word = words["report"]
    byline, _made = Byline.objects.get_or_create(slug="a-name", defaults={"name": "٢"})
    other, _made = Byline.objects.get_or_create(slug="b-name", defaults={"name": "٣"})
    contact, _made = MediaContact.objects.get_or_create(
        name="٤", role="٥", phone="+44 20 7946 0000", duty="٦", zone="Africa/Lagos", languages=["ar"]
    )
    contact.regions.set([factories.region()])
    picture = add(photograph(70), by=by, credit="٧")
    facts = {
        "language": language,
        "headline": word,
        "standfirst": word,
        "body": f"<p>{word} [sic]</p>",
        "dateline_place": word,
        "tags": [tag],
    }
    full = {
        **facts, "translation_group": group, "event_on": dt.date(2024, 3, 1), "event_precision": "month", "contact": contact, "byline_mode": "named",
        "credits": [{"byline": byline}, {"byline": other, "role": "photography"}], "call_to_action": word, "backstory": word, "call_to_action_link": "https://٨.example/",
        "citations": [{"title": word, "publisher": word, "page": "٩", "archive_address": "https://a.example/", "accessed_on": dt.date(2024, 3, 2)}],
        "images": [{"image": picture, "alt": word, "caption": word, "lead": True}],
    }  # fmt: skip
    at = dt.datetime(2024, 3, 4, 6, 30, tzinfo=dt.UTC)
    made = factories.live(by, editor, publisher, at=at, **full)
    actions.approve(actions.submit(actions.save(made, by=by, standfirst=f"{word} {word}"), by=by), by=editor)
    publication.publish_update(made, by=publisher, change="correction", correction=word)
    plain = {**facts, "dateline_mode": "withheld", "dateline_place": "", "byline_mode": "withheld"}
    second = factories.live(by, editor, publisher, at=at, **{**plain, "slug": "second"})
    gone = factories.live(by, editor, publisher, **{**plain, "slug": "gone"})
    publication.withdraw(gone, by=publisher, reason="Asked.")
    page, profile = (
        factories.live(by, editor, publisher, **{**facts, "kind": kind, "slug": f"the-{kind}", "tags": []}) for kind in ("page", "profile")
    )
    paths = {"report": made, "second": second, "gone": gone, "page": page, "profile": profile}
    return {name: each.path.removeprefix(f"/{language}/") for name, each in paths.items()} | {"word": word}


@pytest.fixture
def filled(reporter, editor, publisher):
    change_identity(by=machine(COMMAND_LINE), organisation="١", short_name="١", founded=1995)
    tag = Tag.objects.create(name="Law", slug="law")
    english = factories.live(reporter, editor, publisher, tags=[tag], at=dt.datetime(2024, 3, 4, tzinfo=dt.UTC))
    group = english.translation_group
    return english, {language: fill(language, words, reporter, editor, publisher, group, tag) for language, words in WORDS.items()}


def pages(language, paths):
    """{path: its HTML} of every sort of page in a language."""
    found = {path: Client().get(f"/{language}/{path.format(**paths)}") for path in PATHS}
    assert {path: page.status_code for path, page in found.items() if page.status_code != 200} == {"nothing/": 404, "{gone}": 410}
    return {path: page.text for path, page in found.items()}


def said(html):
    """All that is shown or read out of a page, piece by piece, with the language it says it is in left out."""
    html = re.sub(r'<(script|style)\b.*?</\1>|<p class="share__address">.*?</p>', "", html, flags=re.S)
    html = re.sub(r'<(\w+)\b[^>]* lang="en"[^>]*>.*?</\1>', "", html.partition("<head>")[2], flags=re.S)
    attributes = re.findall(r'\b(?:aria-label|alt|title|placeholder|label)="([^"]*)"|<meta name="description" content="([^"]*)"', html)
    return [" ".join(unescape(each).split()) for each in [*re.split(r"<[^>]*>", html), *map("".join, attributes)] if each.strip()]


def test_no_english_is_left_on_an_arabic_page(filled):
    _english, paths = filled
    left = {
        (path, piece): latin
        for path, html in pages("ar", paths["ar"]).items()
        for piece in said(html)
        if (latin := set(re.findall(r"[A-Za-zÀ-ž][A-Za-zÀ-ž/]+", piece)) - FOREIGN)
    }
    assert left == {}


def test_no_latin_comma_is_left_on_an_arabic_page(filled):
    _english, paths = filled
    arabic = pages("ar", paths["ar"])
    assert {(path, piece) for path, html in arabic.items() for piece in said(html) if "," in piece} == set()
    assert sum(html.count("، ") for html in arabic.values()) > 20


def test_no_english_is_left_on_a_spanish_page(filled):
    _english, paths = filled
    own = {(each.id, each.context): each.string for each in load("es")}
    english = [each.id for each in collect() if isinstance(each.id, str) and own[each.id, each.context] != each.id]
    shapes = {text: re.compile(re.sub(r"%\\\(\w+\\\)s", ".+?", re.escape(text))) for text in english if len(text) > 2}
    assert len(shapes) > 100
    left = {
        (path, piece)
        for path, html in pages("es", paths["es"]).items()
        for piece in said(html)
        if any(shape.fullmatch(piece) for shape in shapes.values())
    }
    assert left == set()


@pytest.mark.parametrize(("language", "direction"), [("es", "ltr"), ("ar", "rtl")])
def test_each_language_has_its_own_words_and_direction(filled, language, direction):
    _english, paths = filled
    words = WORDS[language]
    for path, html in pages(language, paths[language]).items():
        assert f'<html lang="{language}" dir="{direction}">' in html, path
        assert f'<p class="mast__tag"><span>{words["tagline"]}</span> <a' in html and f">{words['site']}</a></p>" in html, path
        assert f'<a href="/{language}/reports/"' in html and f">{words['menu']}</a>" in html, path
        assert f"{words['site']}</title>" in html, path
    assert f">{words['tag']}</a>" in Client().get(f"/{language}/tags/").text
    assert f"<h1>{words['region']}</h1>" in Client().get(f"/{language}/regions/nigeria/").text
    assert f'value="law"> {words["tag"]}</label>' in Client().get(f"/{language}/reports/").text
    english = Client().get("/").text
    assert not any(word in english for word in (words["tagline"], words["menu"], words["tag"]))


def test_dates_and_figures_are_those_of_the_language(filled):
    english, paths = filled
    assert ">March 4, 2026 </time>" in Client().get(english.path).text
    assert ">4 de marzo de 2026 </time>" in Client().get(f"/es/{paths['es']['report']}").text
    arabic = Client().get(f"/ar/{paths['ar']['report']}").text
    assert ">٤ مارس ٢٠٢٦ </time>" in arabic
    assert "٤ مارس ٢٠٢٤، ٠٦:٣٠" in arabic
    assert [re.search("<h1>(.*?)</h1>", Client().get(f"/{code}/reports/2024/03/").text)[1] for code in ("es", "ar")] == [
        "marzo de 2024",
        "مارس ٢٠٢٤",
    ]


def test_translations_are_linked_to_one_another_and_no_other_way(filled):
    english, paths = filled
    group = {"en": english.path, **{language: f"/{language}/{each['report']}" for language, each in paths.items()}}
    for path in group.values():
        html = Client().get(path).text
        linked = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="http://testserver([^"]+)">', html)
        assert (len(linked), dict(linked)) == (3, group)
        assert f'<link rel="canonical" href="http://testserver{path}">' in html
    alone = Client().get(f"/es/{paths['es']['second']}").text
    assert "hreflang" not in alone.partition("</head>")[0]
    listed = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="http://testserver([^"]+)">', Client().get("/ar/press/").text)
    assert listed == [("en", "/press/"), ("es", "/es/press/"), ("ar", "/ar/press/")]
