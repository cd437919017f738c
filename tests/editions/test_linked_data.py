"""What machines that list, cite and share are told of a report: never more than its page shows."""

from __future__ import annotations

import datetime as dt
import json
import re

import html5lib
import pytest

from articles.editions.drawing import draw
from articles.editions.models import EditionCitation, EditionCorrection, EditionImage
from articles.editions.parts import Credited, NamedRegion, NamedTag, Translation
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.text.languages import open_graph_locale
from tests.editions.parts import AT, FIJI, KOREA, parts

MIRIAM = Credited(Byline(name="Miriam Vale", slug="miriam-vale"), "author")
ORGANISATION = {"@id": "http://testserver/#publisher"}


def head(**changes):
    given = parts(**changes)
    draw(given)
    return given.edition.head_html


def graph(**changes):
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', head(**changes), re.DOTALL)[1])
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def metas(html):
    """(name or property, content) of each meta, in order."""
    tree = html5lib.parse(f"<!doctype html><title>x</title>{html}", namespaceHTMLElements=False)
    return [(each.get("name") or each.get("property"), each.get("content")) for each in tree.iter("meta")]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("news", "NewsArticle"),
        ("report", "ReportageNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("urgent action", "NewsArticle"),
        ("page", "WebPage"),
        ("profile", "WebPage"),
    ],
)
def test_each_kind_has_its_type(kind, type_):
    assert graph(kind=kind)[0]["@type"] == type_


def test_an_article_tells_all_that_its_page_shows():
    image = EditionImage(
        order=0, caption="To the west.", credit="Own drawing", lead=True,
        renditions=[
            {"name": "w", "width_px": width, "height_px": width // 2, "format": kind, "file": f"{width}.{kind}"}
            for width, kind in ((600, "jpeg"), (1200, "jpeg"), (1800, "webp"))
        ],
    )  # fmt: skip
    source = EditionCitation(
        order=0,
        kind="document",
        title="Worship under Emergency Rule",
        publisher="Office X",
        address="https://example.org/x",
        page="41",
        published_on=dt.date(2023, 6, 1),
        published_precision="month",
    )
    article, trail = graph(
        byline_mode="named", bylines=[MIRIAM], regions=[NamedRegion(KOREA, "North Korea"), NamedRegion(FIJI, "Fiji", True)],
        tags=[NamedTag(Tag(name="x", slug="law"), "Law")], citations=[source], images=[image], dateline_place="Sinuiju",
        event_on=dt.date(2023, 10, 1), event_precision="year", backstory="We asked <twice>.",
        corrections=[EditionCorrection(kind="retraction", text="It was <wrong>.", position="top", published_at=AT)],
    )  # fmt: skip
    assert article == {
        "@type": "ReportageNewsArticle",
        "headline": "A bell is rung by telephone",
        "description": "One village keeps its hours by ringing each house in turn.",
        "inLanguage": "en",
        "url": "http://testserver/reports/2023/10/bell/",
        "identifier": "urn:uuid:00000000-0000-0000-0000-000000000007",
        "datePublished": "2023-10-18T06:30:00Z",
        "dateModified": "2023-10-18T06:30:00Z",
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", **ORGANISATION, "name": "Lantern Watch", "url": "http://testserver/"},
        "articleSection": "Report",
        "dateline": "Sinuiju, North Korea, October 18, 2023",
        "locationCreated": {"@type": "Place", "name": "Sinuiju, North Korea"},
        "contentLocation": [{"@type": "Place", "name": "North Korea"}, {"@type": "Place", "name": "Fiji"}],
        "backstory": "We asked <twice>.",
        "temporalCoverage": "2023",
        "keywords": ["Law"],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Worship under Emergency Rule",
                "publisher": "Office X",
                "url": "https://example.org/x",
                "pagination": "41",
                "datePublished": "2023-06",
            }
        ],
        "correction": [{"@type": "CorrectionComment", "text": "It was <wrong>.", "datePublished": "2023-10-18T06:30:00Z"}],
        "creativeWorkStatus": "Retracted",
        "image": [
            {
                "@type": "ImageObject",
                "url": "http://testserver/media/1200.jpeg",
                "width": 1200,
                "height": 600,
                "caption": "To the west.",
                "creditText": "Own drawing",
            }
        ],
        "author": [{"@type": "Person", "name": "Miriam Vale", "url": "http://testserver/authors/miriam-vale/"}],
    }
    assert [(each["name"], each["item"]) for each in trail["itemListElement"]] == [
        ("Reports", "http://testserver/reports/"),
        ("Fiji", "http://testserver/regions/fiji/"),
        ("A bell is rung by telephone", "http://testserver/reports/2023/10/bell/"),
    ]


def test_what_is_withheld_from_the_page_is_withheld_from_machines():
    article, _trail = graph(dateline_mode="withheld", dateline_place="Sinuiju", byline_mode="withheld")
    assert not article.keys() & {"dateline", "locationCreated", "contentLocation"}
    assert article["author"] == [ORGANISATION]
    coarse, _trail = graph(dateline_mode="coarse", dateline_place="Sinuiju")
    assert coarse["dateline"] == "North Korea, October 18, 2023"


def test_a_report_is_cited_and_shared_by_its_own_facts():
    told = metas(
        head(
            byline_mode="named", bylines=[MIRIAM], regions=[NamedRegion(KOREA, "North Korea")],
            tags=[NamedTag(Tag(name="x", slug="law"), "Law")], translations=[Translation("ar", "العربية", "/ar/x/", "جرس")],
        )
    )  # fmt: skip
    address, title = "http://testserver/reports/2023/10/bell/", "A bell is rung by telephone"
    assert [each for each in told if each[0].startswith(("citation_", "DC.", "article:", "og:locale"))] == [
        ("og:locale", "en_US"),
        ("og:locale:alternate", "ar_AR"),
        ("article:published_time", "2023-10-18T06:30:00Z"),
        ("article:modified_time", "2023-10-18T06:30:00Z"),
        ("article:section", "Report"),
        ("article:author", "http://testserver/authors/miriam-vale/"),
        ("article:tag", "Law"),
        ("citation_title", title),
        ("citation_author", "Miriam Vale"),
        ("citation_publisher", "Lantern Watch"),
        ("citation_publication_date", "2023/10/18"),
        ("citation_language", "en"),
        ("citation_public_url", address),
        ("DC.title", title),
        ("DC.creator", "Miriam Vale"),
        ("DC.publisher", "Lantern Watch"),
        ("DC.date", "2023-10-18"),
        ("DC.language", "en"),
        ("DC.identifier", address),
        ("DC.coverage", "North Korea"),
        ("DC.subject", "Law"),
    ]


def test_a_page_is_not_cited_as_a_report():
    assert [each for each in metas(head(kind="page")) if each[0].startswith(("citation_", "DC.", "article:"))] == []


def test_the_main_language_is_for_readers_of_any_other():
    arabic = head(language="ar", path="/ar/x/", translations=[Translation("en", "English", "/reports/2023/10/bell/", "Bell")])
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/reports/2023/10/bell/">' in arabic
    alone = head(language="ar", path="/ar/x/", translations=[Translation("es", "español", "/es/x/", "Campana")])
    assert "x-default" not in alone and "x-default" not in head()


def test_a_locale_names_where_most_readers_of_its_language_live():
    codes = ("en", "es", "ar", "fr", "fa", "ko", "zh-Hans", "my", "xx")
    assert [open_graph_locale(code) for code in codes] == ["en_US", "es_ES", "ar_AR", "fr_FR", "fa_IR", "ko_KR", "zh_CN", "my_MM", ""]
