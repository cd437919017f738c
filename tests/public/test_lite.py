"""The text-only edition: the words, links and forms of the page itself, light, and led to and from."""

from __future__ import annotations

import gzip
import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.images.actions import add
from articles.public import lite, related
from articles.stamp.number import current
from articles.taxonomy.models import Tag
from articles.workflow import publication
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
UNSEEN = {"svg", "script", "style", "picture"}
BODY = (
    '<p>See <a href="/regions/nigeria/">Nigeria</a>, <a href="/about/#us">us</a>, <a href="https://example.org/">them</a>, '
    '<a href="mailto:a@example.org">a letter</a>.<sup><a href="#n1">1</a></sup></p><p lang="ar" dir="rtl">قال: <span class="pull">نعم</span></p>'
)
PAGES = (
    "/", "/reports/", "/reports/?region=nigeria", "/reports/2026/", "/regions/", "/regions/nigeria/", "/tags/", "/tags/law/", "/search/?q=valley",
    "/search/?q=zzz", "/corrections/", "/press/", "/press/inquiry/sent/", "/nothing/", "/ar/", "/ar/reports/", "/es/search/?q=a",
)  # fmt: skip


@pytest.fixture
def report(reporter, editor, publisher):
    picture = {
        "image": add(photograph(80), by=reporter, credit="Drawn by hand"),
        "alt": "Hills & a low sky",
        "caption": "The hills.",
        "lead": True,
    }
    return factories.live(
        reporter,
        editor,
        publisher,
        body=BODY,
        tags=[Tag.objects.create(name="Law", slug="law")],
        images=[picture],
        citations=[{"title": "A source"}],
    )


def text_of(address):
    return Client().get(address).content.decode()


def also(address):
    return f"{address}{'&' if '?' in address else '?'}lite"


def words_of(html):
    """All words of a page's body in order; of a picture, a drawing and a pull quote none."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html).find("body")

    def walk(element):
        if str(element.tag).rpartition("}")[2] in UNSEEN or element.get("class") in ("pulled", "menu", "mast__lite"):
            return
        yield element.text or ""
        for child in element:
            yield from walk(child)
            yield child.tail or ""

    return " ".join(walk(tree)).split()


def test_every_page_says_in_text_alone_what_it_says_in_full(report):
    for address in (*PAGES, report.path):
        full, light = text_of(address), text_of(also(address))
        _back, *words = re.split(r"The page with style and pictures|La página con estilo e imágenes|الصفحة بتصميمها وصورها", light)
        said = re.sub(r'<a href="/media/[^>]*>[^<]*</a>', "", "".join(words))
        assert words_of(f"<!doctype html><html><head><title>x</title></head><body><p><a>{said}") == words_of(full), address
        assert not re.search(r"<(img|svg|picture|source|script|style|div)\b|rel=\"stylesheet\"|class=|src=", light), address
        assert light.count('<meta name="robots" content="noindex">') == 1
        assert re.search(r'<html lang="[a-z]+" dir="(ltr|rtl)">', light)[0] == re.search(r'<html lang="[a-z]+" dir="(ltr|rtl)">', full)[0]
        assert re.findall('<link rel="canonical"[^>]*>', light) == re.findall('<link rel="canonical"[^>]*>', full)


def test_a_reader_stays_in_it_and_is_led_out_of_it(report):
    light = text_of(also(report.path))
    own = re.findall(r'href="(/[^"]*)"', light)
    pages = [each for each in own if not re.match(r"/(media|static|feed)", each)]
    assert len(pages) > 10 and all("?lite" in each or "&amp;lite" in each for each in pages)
    assert {"/regions/nigeria/?lite", "/about/?lite#us"} <= set(own) and "/feed.rss" in own
    assert {"https://example.org/", "mailto:a@example.org", "#n1", "#m1"} <= set(re.findall(r'href="([^"]*)"', light))
    assert '<p><a href="./">The page with style and pictures</a></p>' in light
    assert f'<link rel="canonical" href="http://testserver{report.path}">' in light
    assert '<a class="mast__lite" href="?lite" rel="nofollow">Text only</a>' in text_of(report.path)


def test_what_the_address_asks_for_goes_both_ways(report):
    for asked in ("/reports/?region=nigeria", "/search/?q=valley"):
        _path, _mark, query = asked.partition("?")
        assert f'href="?{query}&amp;lite" rel="nofollow">Text only</a>' in text_of(f"{asked}&idle=1")
        assert f'<a href="?{query}">The page with style and pictures</a>' in text_of(also(asked))


def test_a_picture_is_its_words_and_a_link_to_a_small_file(report):
    light = text_of(also(report.path))
    found = re.search(
        r'<a href="(/media/[0-9a-f]{40}\.jpg)">Picture: Hills &amp; a low sky</a>\s*<figcaption>The hills\. <small>Drawn by hand</small>',
        light,
    )
    assert found and Client().get(found[1]).status_code == 200
    assert (
        lite.text_only(
            '<html lang="en"><body><img src="/media/a.jpg" alt="" class="x"><a href="/"><img class="mast__logo" src="/b" alt="Us"></a></body>'
        ).count("media")
        == 0
    )


def test_the_smallest_file_that_shows_something_is_linked():
    srcset = "/media/a.jpg 320w, /media/b.jpg 640w, /media/c.jpg 1200w"
    assert '<a href="/media/b.jpg">' in lite.text_only(f'<body><img src="/media/c.jpg" srcset="{srcset}" alt="Hills"></body>')


def test_forms_are_whole_and_answer_in_it(report):
    light = text_of("/search/?lite")
    assert '<input type="hidden" name="lite" value="">' in light and '<input id="q" name="q" type="search"' in light
    assert "<title>Search" in text_of("/search/?q=valley&lite=") and "stylesheet" not in text_of("/search/?q=valley&lite=")
    archive = text_of("/reports/?lite")
    assert archive.count("<select") == 4 and archive.count("<option") == text_of("/reports/").count("<option")


def test_moved_and_unfinished_addresses_lead_to_it(report):
    assert Client().get("/reports?lite").headers["Location"] == "/reports/?lite"


def test_no_address_that_answers_404_or_410_differs_from_another(report, reporter, editor, publisher):
    assert text_of("/nothing/?lite") == text_of("/reports/2026/03/other/?lite") == text_of("/x/y/z?a=b&lite")
    other = factories.live(reporter, editor, publisher, headline="Another", slug="another")
    for each in (report, other):
        publication.withdraw(each, by=publisher, reason="Somebody asked.")
    first, second = (Client().get(also(each.path)) for each in (report, other))
    assert (first.status_code, first.content) == (second.status_code, second.content) == (410, second.content)
    assert first.headers["Cache-Control"] == "no-store" and "valley" not in first.content.decode().lower()


def test_it_costs_the_statements_of_the_page_and_is_kept(report, settings):
    settings.KEEP_PAGES = True
    related.shelf.clear()
    lite.shelf.clear()
    for address in (report.path, "/reports/", "/"):
        counts = []
        for asked in (address, also(address), also(address)):
            with CaptureQueriesContext(connection) as captured:
                assert Client().get(asked).status_code == 200
            counts.append(len(captured))
        assert counts[1] <= counts[0] and counts[2] == 1, address
    with_idle, without = Client().get(f"{report.path}?lite&idle=1"), Client().get(f"{report.path}?lite")
    assert with_idle.headers["ETag"] == without.headers["ETag"] != Client().get(report.path).headers["ETag"]
    assert lite.shelf.stamp == current()


def test_it_is_light(report):
    answer = Client(headers={"Accept-Encoding": "gzip"}).get(also(report.path))
    assert len(answer.content) < 2500 and b"Nigeria" in gzip.decompress(answer.content)
