"""The three checks of the source gate."""

from __future__ import annotations

import time

import pytest

from articles.safety.checks import bidi, coordinates, withheld
from articles.safety.finding import Outgoing
from articles.safety.gate import scan, scan_text, texts_of

HIDDEN = [
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\U000e0001",
    "\U000e0041",
    "\U000e007f",
]


def _said(text: str, *, field: str = "headline", check=withheld.check, **withholds) -> list[tuple[str, str, bool]]:
    return [(finding.check, finding.field, finding.blocks) for finding in check(Outgoing(texts=((field, text),), **withholds))]


@pytest.mark.parametrize("char", HIDDEN)
@pytest.mark.parametrize(
    "text",
    [
        "a{raw}b", "a&#x{hex};b", "a&#{dec};b", "a&amp;#x{hex};b", '<p title="a{raw}b">c</p>',
        '<abbr title="a&amp;#{dec};b">c</abbr>', '<a href="/a{percent}">c</a>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["headline", "body"])
def test_a_character_that_turns_or_hides_text_blocks_however_it_is_written(char, text, field):
    written = text.format(raw=char, hex=f"{ord(char):x}", dec=ord(char), percent="".join(f"%{byte:02X}" for byte in char.encode()))

    assert _said(written, field=field, check=bidi.check) == [("bidi", field, True)]


@pytest.mark.parametrize(
    "text", ["النص العربي\u200f.", "שלום\u200e", "नहीं\u200d \u200c", "😀\ufe0f", '<p dir="rtl">نص</p>', "&rlm;", "a\u00adb", "\u061c"]
)
def test_marks_that_arabic_hebrew_and_indic_texts_need_pass(text):
    assert _said(text, check=bidi.check) == []


EXACT = [
    "9.8965, 8.8583", "9.896, 8.858", "−9.8965 8.8583", "9.8965° N, 8.8583° E", "N 9.8965 E 8.8583", "9.8965;8.8583",
    "lat 9.8965, lon: 8.8583", "9.8965/8.8583", "9,8965 8,8583", "9.89650000000001, 8.85830000000001", "٩٫٨٩٦٥، ٨٫٨٥٨٣",
    "٩.٨٩٦٥, ٨.٨٥٨٣", "9.8965&#44; 8.8583", "9.8965&nbsp;8.8583", "9°53′47″N 8°51′29″E", "9° 53' 47\" N", "9°53’47.3”N",
    "9º 53.783′ N", "9&deg;53&prime;47&Prime;", "https://maps.google.com/?q=9.8965,8.8583",
    "https://www.google.com/maps/@9.8965,8.8583,17z", "https://www.google.com/maps?q=9.8965%2C8.8583", "geo:9.8965,8.8583",
    "https://www.google.com/maps/place/Old+Mill/data=!3d9.8965!4d8.8583",
    "https://www.openstreetmap.org/?mlat=9.8965&amp;mlon=8.8583", "https://www.openstreetmap.org/#map=17/9.8965/8.8583",
    "https://www.openstreetmap.org/way/12345", "https://maps.app.goo.gl/AbC123", "HTTPS://Maps.Apple.com/?ll=1",
    "https://what3words.com/table.chair.lamp", "https://yandex.ru/maps/?ll=1", "6FR9VVW5+XX", "VVW5+XX Jos",
]  # fmt: skip


@pytest.mark.parametrize("text", EXACT)
def test_exact_coordinates_block_where_the_place_is_held_back_and_warn_elsewhere(text):
    for field, written in (("headline", text), ("body", f"<p>at {text}.</p>"), ("body", f'<p><a href="{text}">here</a></p>')):
        if field != "body" or '"' not in text:
            assert _said(written, field=field, check=coordinates.check, place_withheld=True) == [("coordinates", field, True)]
            assert _said(written, field=field, check=coordinates.check) == [("coordinates", field, False)]


def test_coordinates_are_read_through_markup():
    assert _said("<p>9.8<b>965</b>, <i>8.8583</i></p>", field="body", check=coordinates.check) == [("coordinates", "body", False)]
    assert _said("<p>9.8965</p><p>8.8583</p>", field="body", check=coordinates.check) == [("coordinates", "body", False)]


@pytest.mark.parametrize(
    "text",
    [
        "3.5, 4.2 per cent", "1,000 of 2,500 homes", "10/18/2023", "a fever of 39° and 5 others", "192.168.1.1",
        "version 1.2.345", "9.8965 only", "call 02.1234.5678", "https://www.openstreetmap.org/copyright",
        "https://example.org/maps/", "2023+45", "the Google Maps team",
    ],
)  # fmt: skip
def test_other_numbers_are_no_coordinates(text):
    assert _said(text, check=coordinates.check, place_withheld=True) == []


FOUND = [
    ("Jos", "The market in Jos burnt"), ("Jos", "JOS: market burnt"), ("Jos", "Jos’s market"), ("Jos", "market-raid-jos"),
    ("Jos, Plateau State", "a market in Jos"), ("Łódź", "Lodz"), ("San José", "SAN JOSE"), ("San José", "san-jose-2023"),
    ("San José", "San  Jose\u0301"), ("San José", "San\u00a0José"), ("Jos", "J\u200bo\u00ads"),
    ("Jos", "<p>in <b>J</b>os</p>"), ("Jos", "J&#111;s"), ("Jos", "&amp;#74;os"), ("Jos", "<Jos>"),
    ("San José", "<p>San</p><p>José</p>"), ("San José", "San_Jose/map"), ("San José", "https://example.org/San%20Jos%C3%A9"),
    ("San José", "https://example.org/San+Jos%25C3%25A9"), ("Köln", "https://xn--kln-sna.example"), ("جوس", "في جُوس، أمس"),
    ("北京", "他在北京被捕"), ("평양", "평양에서"), ("မန္တလေး", "မန္တလေးမြို့"), ("Ｊｏｓ", "Jos"), ("St. Mary's", "st-marys st mary’s"),
    ("J.R. Town", "J. R. Town"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "text"), FOUND)
def test_a_place_held_back_is_found_through_case_accents_markup_and_addresses(place, text):
    assert _said(text, withheld_places=(place,)) == [("withheld", "headline", True)]
    assert _said(text, withheld_names=(place.split(",")[0],)) == [("withheld", "headline", True)]


@pytest.mark.parametrize(
    "body",
    ['<a href="https://a.test/%4Aos">a</a>', '<abbr title="in Jos">a</abbr>', "<p>J<b>o</b>s</p>", '<a href="mailto:jos@a.test">a</a>'],
)
def test_a_place_held_back_is_found_in_what_markup_says(body):
    assert _said(body, field="body", withheld_places=("Jos",)) == [("withheld", "body", True)]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("Jos", "Joseph and the josses"), ("Ana", "Anatolia banana"), ("San José", "San Pedro, José"), ("جوس", "جوسف"),
        ("", "a text"), (" , ", "a text"), ("…", "a text"), ("p", "<p>a</p>"),
    ],
)  # fmt: skip
def test_a_place_is_not_found_inside_longer_words_or_when_there_is_none(place, text):
    assert _said(text, field="body", withheld_places=(place,), withheld_names=(place,)) == []


def test_nothing_is_held_back_unless_the_report_says_so():
    assert _said("The market in Jos burnt") == []


def test_findings_that_block_come_first_and_each_names_its_field():
    outgoing = Outgoing(
        texts=(("standfirst", "9.8965, 8.8583"), ("body", "<p>a\u202eb\U000e0041</p>"), ("headline", "Ada Obi in Jos")),
        withheld_places=("Jos",),
        withheld_names=("Ada Obi",),
    )

    found = [(finding.check, finding.field, finding.blocks) for finding in scan(outgoing)]

    assert found == [
        ("bidi", "body", True),
        ("bidi", "body", True),
        ("withheld", "headline", True),
        ("withheld", "headline", True),
        ("coordinates", "standfirst", False),
    ]
    assert len({str(finding.sentence) for finding in scan(outgoing)}) == 5


def test_a_short_public_fact_passes_the_same_checks():
    assert [(finding.check, finding.field, finding.blocks) for finding in scan_text("name", "a\u202eb at 9.8965, 8.8583")] == [
        ("bidi", "name", True),
        ("coordinates", "name", False),
    ]


def test_texts_are_named_by_their_field_however_deep_they_lie():
    public = {
        "headline": "a",
        "dateline": {"place": "b", "region": {"id": 1, "name": "c"}},
        "citations": [{"title": "d"}, {"title": "e"}],
        "contact": None,
        "n": [["f"], "g"],
    }

    assert list(texts_of(public)) == [
        ("headline", "a"), ("dateline.place", "b"), ("dateline.region.name", "c"), ("citations.title", "d"), ("citations.title", "e"), ("n", "f"), ("n", "g"),
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["9.8965, ", "9° ", "1.", "<a ", '="', "%25", "&amp;", "&#x301;", "xn--a-", "A", "m", "lat="])
def test_hostile_lengths_take_no_longer_than_their_length(piece):
    begun = time.process_time()

    scan(Outgoing(texts=(("body", piece * 10_000), ("headline", piece * 10_000)), withheld_places=("Jos",), place_withheld=True))

    assert time.process_time() - begun < 6


def test_a_reference_of_thousands_of_figures_is_no_fault():
    assert scan_text("body", f"<p>&amp;#{'9' * 5000};</p>") == []
