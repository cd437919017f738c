"""What readers get of an edition: page, head, card, feed items."""

from __future__ import annotations

import datetime as dt
import json
import re
from uuid import UUID
from xml.etree import ElementTree

import html5lib
import pytest

from articles.editions.drawing import FORMAT, description, draw
from articles.editions.models import Edition, EditionCitation, EditionCorrection, EditionImage
from articles.editions.parts import ContactEntry, Credited, NamedRegion, NamedTag, Translation
from articles.people.models import Byline
from articles.public.feed_frames import RSS_SPACES
from articles.taxonomy.models import Tag
from tests.editions.parts import AT, KOREA, parts

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
JUDITH = ContactEntry(
    "contact-judith", "Judith Amsel", "Editor", "English", "weekdays, 09:00–17:00", "Asia/Nicosia", "+357 22 555 0141", ""
)


def drawn(**changes) -> Edition:
    given = parts(**changes)
    draw(given)
    return given.edition


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").split())


def data_of(edition: Edition) -> dict:
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', edition.head_html, re.DOTALL)[1])
    return data["@graph"][0]


def feeds_of(edition: Edition) -> tuple[ElementTree.Element, ElementTree.Element]:
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in RSS_SPACES.items())
    return (
        ElementTree.fromstring(f"<channel{spaces}>{edition.rss_xml}</channel>")[0],
        ElementTree.fromstring(f'<feed xmlns="http://www.w3.org/2005/Atom">{edition.atom_xml}</feed>')[0],
    )


def test_the_same_parts_give_the_same_bytes():
    columns = ("head_html", "main_html", "card_html", "rss_xml", "atom_xml", "json_item", "feed_html")
    first, second = drawn(), drawn()
    assert [getattr(first, name) for name in columns] == [getattr(second, name) for name in columns]
    assert first.format == FORMAT
    assert all(getattr(first, name) for name in columns)


def test_the_dateline_opens_the_first_paragraph():
    html = drawn().main_html
    assert (
        '<p><span class="dateline"><time datetime="2023-10-18">October 18, 2023 </time><b class="dateline__place">North Korea</b>' in html
    )
    assert "October 18, 2023 North Korea (Lantern Watch) – They rang at six." in text_of(html)


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("en", "October 18, 2023 North Korea (Lantern Watch) –"),
        ("es", "18 de octubre de 2023 North Korea (Lantern Watch) –"),
        ("ar", "١٨ أكتوبر ٢٠٢٣ North Korea (Lantern Watch) –"),
    ],
)
def test_the_dateline_is_in_the_language_and_order_of_the_report(language, dateline):
    assert dateline in text_of(drawn(language=language).main_html)


def test_a_named_source_stands_in_the_dateline():
    assert "North Korea (The Invented Courier) –" in text_of(drawn(dateline_source="The Invented Courier").main_html)


def test_a_place_is_followed_by_its_region_once():
    assert "Sinuiju, North Korea" in text_of(drawn(dateline_place="Sinuiju").card_html)
    assert "Sinuiju, North Korea, North Korea" not in text_of(drawn(dateline_place="Sinuiju, North Korea").card_html)


def test_a_coarse_dateline_names_the_region_alone():
    edition = drawn(dateline_mode="coarse", dateline_place="Sinuiju")
    everything = (
        edition.head_html
        + edition.main_html
        + edition.card_html
        + edition.rss_xml
        + edition.atom_xml
        + edition.json_item
        + edition.feed_html
    )
    assert "Sinuiju" not in everything
    assert "North Korea" in everything
    assert "<rect x=" in edition.card_html and "<circle" not in edition.card_html


def test_a_withheld_dateline_names_nothing_and_draws_a_broken_line():
    edition = drawn(dateline_mode="withheld", dateline_place="Sinuiju")
    everything = (
        edition.head_html
        + edition.main_html
        + edition.card_html
        + edition.rss_xml
        + edition.atom_xml
        + edition.json_item
        + edition.feed_html
    )
    assert "Sinuiju" not in everything and "North Korea" not in everything and "127" not in everything
    assert "line--withheld" in edition.card_html and "dial__gone" in edition.main_html
    assert "Place withheld" in text_of(edition.card_html)
    assert "contentLocation" not in data_of(edition)


@pytest.mark.parametrize(
    "body", ["", "Only words", "<h2>First</h2><p>Then</p>", '<p lang="ko" dir="ltr">안녕</p>', "<blockquote><p>Said.</p></blockquote>"]
)
def test_any_body_gets_a_dateline_and_stays_well_formed(body):
    edition = drawn(body=body)
    html5lib.HTMLParser(strict=True).parseFragment(edition.main_html)
    assert edition.main_html.count('class="dateline"') == 1
    assert text_of(body) in text_of(edition.main_html)


def test_hostile_text_stays_text_everywhere():
    edition = drawn(
        headline=HOSTILE[:200],
        standfirst=HOSTILE,
        dateline_place=HOSTILE,
        dateline_source=HOSTILE,
        call_to_action=HOSTILE,
        byline_mode="named",
        region_name=HOSTILE,
        bylines=[Credited(Byline(name=HOSTILE, slug="x"), "author")],
        tags=[NamedTag(Tag(name=HOSTILE, slug="t"), HOSTILE)],
        regions=[NamedRegion(KOREA, HOSTILE)],
        citations=[
            EditionCitation(order=0, kind="document", title=HOSTILE, publisher=HOSTILE, page=HOSTILE, published_precision="unknown")
        ],
        corrections=[EditionCorrection(kind="correction", text=HOSTILE, position="top", published_at=AT)],
        images=[EditionImage(order=0, alt=HOSTILE, caption=HOSTILE, credit=HOSTILE, lead=True, renditions=[rendition(600)])],
        contact=ContactEntry("c", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, ""),
        translations=[Translation("ar", HOSTILE, "/ar/x/", HOSTILE)],
    )
    html = edition.head_html + edition.main_html + edition.card_html
    assert "<script>" not in html and "<img src=x" not in html
    assert html.count("<script") == html.count("</script>") == 1
    assert data_of(edition)["headline"] == HOSTILE[:200]
    item, entry = feeds_of(edition)
    assert item.findtext("title") == entry.findtext("{http://www.w3.org/2005/Atom}title") == HOSTILE[:200]


def test_feeds_stay_well_formed_with_characters_that_xml_forbids():
    edition = drawn(headline="A\x00B\x0b\ud800C\uffff", body="<p>\x08one\x1b</p>")
    item, entry = feeds_of(edition)
    assert item.findtext("title") == "ABC"
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == "ABC"


def test_feed_items_carry_id_times_and_the_whole_text():
    edition = drawn(body='<p>See <a href="/regions/north-korea/">here</a>.</p>', tags=[NamedTag(Tag(name="x", slug="law"), "Law")])
    item, entry = feeds_of(edition)
    atom = "{http://www.w3.org/2005/Atom}"
    assert item.findtext("guid") == entry.findtext(f"{atom}id") == f"urn:uuid:{UUID(int=7)}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate") == "Wed, 18 Oct 2023 06:30:00 GMT"
    assert (entry.findtext(f"{atom}published"), entry.findtext(f"{atom}updated")) == ("2023-10-18T06:30:00Z", "2023-10-18T06:30:00Z")
    assert item.findtext("link") == entry.find(f"{atom}link").get("href") == "http://testserver/reports/2023/10/bell/"
    assert 'href="http://testserver/regions/north-korea/"' in edition.feed_html
    assert text_of(edition.feed_html).startswith("October 18, 2023 North Korea (Lantern Watch) – See here")
    assert json.loads(edition.json_item)["id"] == f"urn:uuid:{UUID(int=7)}"
    assert entry.find(f"{atom}category").get("label") == item.findtext("category") == "Law"


def test_no_address_is_in_the_page_unless_the_contact_shows_it():
    quiet = drawn(contact=JUDITH)
    assert "@" not in re.sub(
        r'"@(?:context|type|id|graph)"',
        "",
        quiet.main_html + quiet.head_html + quiet.rss_xml + quiet.atom_xml + quiet.json_item + quiet.feed_html,
    )
    assert '<a href="/press/#contact-judith">Judith Amsel</a>' in quiet.main_html
    assert f'href="/press/inquiry/?report={UUID(int=7)}"' in quiet.main_html
    shown = drawn(contact=ContactEntry(**{**vars(JUDITH), "email": "judith@example.org"}))
    assert 'href="mailto:judith@example.org"' in shown.main_html


def test_a_report_without_a_contact_leads_to_the_press_page():
    html = drawn(contact=None).main_html
    assert "For media interviews" in html and 'href="/press/"' in html


def test_bylines_follow_their_mode():
    people = [
        Credited(Byline(name="Miriam Vale", slug="miriam-vale"), "author"),
        Credited(Byline(name="Salai", slug="salai"), "translation"),
    ]
    named = drawn(byline_mode="named", bylines=people)
    assert '<a href="/authors/miriam-vale/">Miriam Vale</a>' in named.main_html
    assert '<a href="/authors/salai/">Salai</a>, translation' in named.main_html
    assert data_of(named)["author"] == [{"@type": "Person", "name": "Miriam Vale", "url": "http://testserver/authors/miriam-vale/"}]
    assert [each["name"] for each in data_of(named)["translator"]] == ["Salai"]
    assert "By Name withheld" in text_of(drawn(byline_mode="withheld").main_html)
    assert "By Lantern Watch" in text_of(drawn(byline_mode="organisation").main_html)


def test_corrections_stand_where_they_belong_and_are_linked():
    top = EditionCorrection(kind="correction", text="It was Tuesday.", position="top", published_at=AT + dt.timedelta(days=1))
    below = EditionCorrection(kind="update", text="They are free.", position="bottom", published_at=AT + dt.timedelta(days=2))
    html = drawn(corrections=[top, below], corrected_at=top.published_at).main_html
    assert html.index("It was Tuesday.") < html.index("They rang at six.") < html.index("They are free.")
    assert html.count('id="correction"') == 1 and '<a href="#correction">' in html
    assert "Correction, October 19, 2023, 06:30 UTC . It was Tuesday." in text_of(html)


def test_other_languages_are_named_in_themselves():
    edition = drawn(translations=[Translation("ar", "العربية", "/ar/reports/2023/10/bell/", "جرس")])
    assert '<a href="/ar/reports/2023/10/bell/" lang="ar" hreflang="ar" dir="rtl">العربية</a>' in edition.main_html
    assert edition.main_html.count("العربية") == edition.card_html.count("العربية") == 1
    assert '<link rel="alternate" hreflang="ar" href="http://testserver/ar/reports/2023/10/bell/">' in edition.head_html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/reports/2023/10/bell/">' in edition.head_html


def test_a_page_has_no_dateline_no_byline_and_no_place():
    edition = drawn(kind="page", headline="About us", path="/about/")
    assert "dateline" not in edition.main_html and "For media interviews" not in edition.main_html
    assert "<p>They rang at six.</p>" in edition.main_html
    assert data_of(edition)["@type"] == "WebPage"


def test_sources_are_numbered_with_their_dates_as_known():
    source = EditionCitation(
        order=0, kind="document", title="Worship under Emergency Rule", publisher="Office X", address="https://example.org/x", page="41",
        published_on=dt.date(2023, 6, 1), published_precision="month", accessed_on=dt.date(2023, 7, 2), archive_address="https://archive.example/x",
    )  # fmt: skip
    html = drawn(citations=[source]).main_html
    assert '<li id="n1">' in html and '<a href="https://example.org/x">Worship under Emergency Rule</a>' in html
    assert "Office X , Worship under Emergency Rule , June 2023, p. 41. Archived copy . Read on July 2, 2023." in text_of(html)


def rendition(width: int, kind: str = "jpeg") -> dict:
    return {"name": f"w{width}", "width_px": width, "height_px": width // 2, "format": kind, "file": f"{width}.{kind}"}


def test_the_lead_picture_offers_its_files_and_goes_to_the_head():
    image = EditionImage(
        order=0,
        alt="A road",
        caption="To the west.",
        credit="Own drawing",
        lead=True,
        renditions=[rendition(1200), rendition(600), rendition(600, "webp")],
    )
    edition = drawn(images=[image])
    assert '<img src="/media/1200.jpeg" srcset="/media/600.jpeg 600w, /media/1200.jpeg 1200w"' in edition.main_html
    assert '<source type="image/webp" srcset="/media/600.webp 600w"' in edition.main_html
    assert 'width="1200" height="600" alt="A road" fetchpriority="high" decoding="async">' in edition.main_html
    assert '<meta property="og:image" content="http://testserver/media/1200.jpeg">' in edition.head_html


def test_a_decorative_picture_says_nothing():
    image = EditionImage(order=0, alt="not to be read", decorative=True, renditions=[rendition(600)])
    html = drawn(images=[image]).main_html
    assert 'alt="" loading="lazy"' in html and "not to be read" not in html


def test_a_description_is_cut_at_a_word():
    text = description("", "<p>" + "word " * 100 + "</p>")
    assert len(text) <= 201 and text.endswith("word…")
    assert description("Short.", "<p>Long</p>") == "Short."


def test_an_entry_hides_its_day_only_on_the_day_it_was_published():
    assert 'class="dateline__day"' in drawn().card_html
    assert 'class="dateline__day"' not in drawn(dateline_on=dt.date(2023, 10, 1)).card_html


def test_each_drawing_is_valid_html():
    edition = drawn(
        byline_mode="named", bylines=[Credited(Byline(name="M", slug="m"), "author")], contact=JUDITH, call_to_action="Write.",
        call_to_action_link="https://example.org/",
        images=[EditionImage(order=0, alt="A", caption="C", lead=True, renditions=[rendition(600)])],
    )  # fmt: skip
    page = f'<!doctype html><html lang="en"><head>{edition.head_html}</head><body>{edition.main_html}{edition.card_html}</body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
