"""A text as its page shows it: marks and notes, pull quotes."""

from __future__ import annotations

import re

import pytest

from articles.editions import dates
from articles.editions.drawing import draw
from articles.editions.models import EditionCitation
from articles.editions.prose import noted, numbered, pulled
from articles.text.plain import plain_text
from tests.editions.parts import parts

SOURCES = [EditionCitation(order=number, kind="document", title=f"Source {number}", published_precision="unknown") for number in range(2)]


def drawn(**changes):
    given = parts(**changes)
    draw(given)
    return given.edition


def test_each_mark_leads_to_its_note_and_the_note_to_each_of_its_marks():
    body = '<p>One.<sup><a href="#n1">1</a></sup> Two.<a href="#n2"><sup>2</sup></a> Again.<sup><a href="#n1">1</a></sup></p>'
    html = drawn(body=body, citations=SOURCES).main_html
    assert (
        set(re.findall(r'href="#([nm][0-9-]+)"', html)) == set(re.findall(r'id="([nm][0-9-]+)"', html)) == {"n1", "n2", "m1", "m1-2", "m2"}
    )
    first, second = html.split('<li id="n2">')
    back = 'role="doc-backlink" aria-label="Back to the text">↑</a>'
    assert (
        first.endswith(f' <a class="notes__back" href="#m1" {back} <a class="notes__back" href="#m1-2" {back}</li>\n')
        and f'href="#m2" {back}' in second
    )


def test_marks_stand_apart_from_the_words_where_there_is_no_markup():
    body = '<p>One.<sup><a href="#n1">1</a></sup> Two<a href="#n2"><sup>2</sup></a>: see <a href="#n2">there</a>, 10<sup>2</sup>.</p>'
    assert plain_text(numbered(body)) == "One.[1] Two[2]: see there, 102."


def test_a_mark_counts_in_the_digits_of_its_language_and_keeps_other_words():
    body = '<p>أ<sup><a lang="ar" href="#n1">1</a></sup> ب<a href="#n1">انظر</a></p>'
    assert noted(body, "ar", notes=1).html == (
        '<p>أ<sup><a href="#n1" id="m1" role="doc-noteref" lang="ar">١</a></sup> ب<a href="#n1" id="m1-2" role="doc-noteref">انظر</a></p>'
    )


def test_a_mark_without_a_note_leads_nowhere():
    assert noted('<p>One.<a href="#n3"><sup>3</sup></a></p>', "en", notes=2).html == "<p>One.<sup>3</sup></p>"


def test_feeds_lead_to_the_note_on_the_page():
    edition = drawn(body='<p>One.<a href="#n1"><sup>1</sup></a></p>', citations=SOURCES)
    assert "http://testserver/reports/2023/10/bell/#n1" in edition.feed_html and 'href="#' not in edition.feed_html


@pytest.mark.parametrize(
    ("body", "quotes"),
    [
        ('<p>a</p><p>He said: <span class="pull">Nobody <strong>slept</strong> &amp; rang.</span></p>', ["Nobody slept &amp; rang."]),
        (
            '<p>a</p><p><span class="pull">One<a href="#n1"><sup>1</sup></a> two</span><span class="pull"> three</span></p>',
            ["One two three"],
        ),
        ('<p>a</p><p><span class="pull">One</span> and <span class="pull">two</span></p>', ["One … two"]),
        ('<p>a</p><ul><li><p><span class="pull">In a list</span></p></li></ul><p>b</p>', ["In a list"]),
        ('<p>a</p><p><span class="pull">x <span lang="es">y</span> z</span> w</p><p><span class="pull">v</span></p>', ["x y z", "v"]),
        ('<p>a</p><p><span class="pull"> </span></p>', []),
        ("<p>a</p><p>b</p>", []),
    ],
)
def test_what_is_marked_is_shown_before_its_block_once_and_not_read_twice(body, quotes):
    shown = pulled(body)
    pieces = re.findall(r'<p class="pulled" aria-hidden="true">(.*?)</p>(?=<(?:p|ul)>)', shown)
    assert pieces == quotes
    assert re.sub(r'<p class="pulled".*?</p>', "", shown) == body


def test_a_quote_from_the_first_paragraph_stands_behind_it_so_that_the_dateline_opens_the_text():
    edition = drawn(body='<p lang="en" dir="ltr">They <span class="pull">rang</span>.</p><p>b</p>')
    assert '<p lang="en" dir="ltr"><span class="dateline">' in edition.main_html
    assert '.</p><p class="pulled" aria-hidden="true" lang="en" dir="ltr">rang</p><p>b</p>' in edition.main_html
    assert "pulled" not in edition.rss_xml + edition.atom_xml + edition.card_html + edition.head_html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 minute"),
        ("es", "1 minuto"),
        ("ar", "دقيقة"),
        ("zh", "1分钟"),
        ("ko", "1분"),
        ("my", "၁ မိနစ်"),
        ("fa", "۱ دقیقه"),
        ("he", "1 דקה"),
    ],
)
def test_minutes_are_told_in_each_language(language, words):
    assert dates.minutes(1, language).strip("\u200f") == words


def test_the_page_says_how_long_it_takes_and_how_to_pass_it_on():
    html = drawn(headline="Tea & “bread”, 100%").main_html
    assert "<dt>Reading time</dt><dd>1 minute</dd>" in html
    told = "http%3A%2F%2Ftestserver%2Freports%2F2023%2F10%2Fbell%2F"
    subject = "Tea%20%26%20%E2%80%9Cbread%E2%80%9D%2C%20100%25"
    assert re.findall(r'<li><a href="([^"]+)" rel="noopener noreferrer">([^<]+)</a>', html) == [
        (f"mailto:?subject={subject}&amp;body={told}", "E-mail"),
        (f"https://wa.me/?text={told}", "WhatsApp"),
        (f"https://t.me/share/url?url={told}", "Telegram"),
    ]
    assert '<bdi dir="ltr">http://testserver/reports/2023/10/bell/</bdi>' in html
