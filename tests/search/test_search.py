"""The public search: the same hits in the same order on both databases, ranked, paged by key, forgotten at withdrawal."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from articles.demo.scale import add_reports
from articles.editions.models import Edition
from articles.search import index, query
from articles.search.asked import asked
from articles.search.matching import matching
from articles.search.query import search
from articles.search.terms import fact
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db
TEXTS = {
    "bell": ("The bell of the valley", "It was taken at night.", "<p>Nobody saw the lorry.</p>"),
    "school": ("School closed", "The bell rang no more.", "<p>Zoë Müller-Łukasz teaches at São Tomé.</p>"),
    "harvest": ("Harvest without hands", "", "<p>From the field one hears a bell.</p><p>Kwame Nkrumah’s road.</p>"),
    "arabic": ("عائلتان تُجبران على الرحيل", "أمرٌ بلا سبب", "<p>قال الجيران إنّ القرية فارغة. مدرسة الإيمان أُغلقت.</p>"),
    "chinese": ("北京大学的教师被捕", "", "<p>他在家中被带走。李先生。</p>"),
    "odd": ("C++ & “quotes” O'Brien 'x' \\ :* AND OR NOT", "", "<p>50% of 3.14 – a_b NEAR(x y) {headline}</p>"),
}

WORDS = {
    "bell": ["bell", "school", "harvest"],  # headline before standfirst before text
    "BELL": ["bell", "school", "harvest"],
    "bell valley": ["bell"],
    '"bell of the valley"': ["bell"],
    "“bell of the valley”": ["bell"],
    '"valley of the bell"': [],
    '"rang no" school': ["school"],
    '"night nobody"': [],  # no phrase goes from one field into another
    "zoe": ["school"], "ZOË": ["school"], "muller": ["school"], "lukasz": ["school"], "sao tome": ["school"],
    "nkrumahs": ["harvest"], "nkrumah": ["harvest"], "Nkrumah’s": ["harvest"],
    "bel": [], "bells": ["bell", "school", "harvest"], '"bells"': [], "": [], '""': [], "   ": [], "…": [],
    "北京": ["chinese"], "京大": ["chinese"], "大学的教师": ["chinese"], "京北": [], "北京 教师": ["chinese"], "李先": ["chinese"],
    "c": ["odd"], "O'Brien": ["odd"], "brien": ["odd"], "near": ["odd"], "AND OR NOT": ["odd"], "3.14": ["odd"], "{headline}": ["odd"],
    "headline : bell": [], "a_b": ["odd"], "bell OR school": [], "bel*": [], "-bell": [], "bell -school": ["bell", "harvest"],
    "bell\x00": ["bell", "school", "harvest"],
    "القرية": [],  # another language's text
}  # fmt: skip


ARABIC = {
    "عائلتان": ["arabic"], "تجبران": ["arabic"], "تُجبران": ["arabic"], "امر": ["arabic"], "القريه": ["arabic"], "الإيمان": ["arabic"],
    "الايمان مدرسه": ["arabic"], '"القرية فارغة"': ["arabic"], "الـــقرية": ["arabic"], "bell": [], "قر": [],
}  # fmt: skip


@pytest.fixture
def reports(reporter, editor, publisher):
    made = {}
    for number, (name, (headline, standfirst, body)) in enumerate(TEXTS.items()):
        language = "ar" if name == "arabic" else "en"
        at = dt.datetime(2024, 1, 1 + number, tzinfo=dt.UTC)
        made[name] = factories.live(
            reporter, editor, publisher, headline=headline, standfirst=standfirst, body=body, language=language, slug=name, at=at
        )
    return made


def found(text, language="en"):
    """The slugs of what is found, best first."""
    slugs = dict(Edition.objects.values_list("uuid", "slug"))
    return [slugs[hit.uuid] for hit in search(text, language=language).hits]


def test_words_and_phrases_are_found_in_this_order(reports):
    assert {text: found(text) for text in WORDS} == WORDS


def test_arabic_is_found_however_it_is_written(reports):
    assert {text: found(text, "ar") for text in ARABIC} == ARABIC


def test_the_newest_reports_with_a_phrase_are_taken_and_those_with_its_words_apart_left(reporter, editor, publisher):
    said = ["the valley road", "the road, the valley", "a valley road", "road of the valley", "valley road"]
    made = [
        factories.live(
            reporter, editor, publisher, headline=text, standfirst="", body="<p>None.</p>", slug=f"r-{day}", at=dt.datetime(2024, 1, day, tzinfo=dt.UTC)
        )
        for day, text in enumerate(said, 1)
    ]  # fmt: skip
    rows, _like = matching(asked('"valley road"', ["en"]), [fact("language", "en")], limit=2)
    assert [UUID(str(row.uuid)) for row in rows] == [made[4].uuid, made[2].uuid]
    assert found('road -"valley road"') == ["r-4", "r-2"]


def test_all_pages_together_hold_each_match_once(reporter, editor, monkeypatch):
    Tag.objects.create(name="Law", slug="law")
    add_reports(60)
    monkeypatch.setattr(query, "BLOCK", 25)
    everything = {
        edition.uuid for edition in Edition.objects.all() if " the " in f" {edition.headline} {edition.standfirst} {edition.body} ".lower()
    }
    pages, after = [], ""
    while not pages or after:
        page = search("the", language="en", after=after, limit=10)
        pages.append([hit.uuid for hit in page.hits])
        after = page.after
    uuids = [uuid for page in pages for uuid in page]
    assert len(uuids) == len(set(uuids)) > 40
    assert set(uuids) >= everything
    assert all(pages)
    assert pages == [[hit.uuid for hit in search("the", language="en", after=key, limit=10).hits] for key in keys("the")]


def test_a_phrase_is_ranked_in_smaller_blocks_and_each_report_comes_once(reporter, editor, publisher, monkeypatch):
    monkeypatch.setattr(query, "BLOCK_IN_ORDER", 2)
    made = [
        factories.live(
            reporter, editor, publisher, headline=f"The valley road {day}", standfirst="", slug=f"r-{day}", at=dt.datetime(2024, 1, day, tzinfo=dt.UTC)
        )
        for day in range(1, 6)
    ]  # fmt: skip
    looked_at = [search(text, language="en").looked_at for text in ('"valley road"', "valley road")]
    assert looked_at == [2, 5]
    pages = [[hit.uuid for hit in search('"valley road"', language="en", after=key).hits] for key in keys('"valley road"')]
    assert sorted(uuid for page in pages for uuid in page) == sorted(report.uuid for report in made)


def keys(text):
    """The cursor of each page of a search."""
    after = [""]
    while following := search(text, language="en", after=after[-1], limit=10).after:
        after.append(following)
    return after


def test_a_block_that_is_just_full_has_no_empty_page_behind_it(reports, monkeypatch):
    monkeypatch.setattr(query, "BLOCK", 3)
    page = search("bell", language="en")
    assert (len(page.hits), page.after) == (3, "")


def test_a_forged_cursor_is_no_error(reports):
    for after in ("x", "1_2", "_nan_", "1__", "_inf_1", f"{10**30}_1_1", "_1e999_1", "__", "-1_-1_-1", "1_1_1_1", "٣_٤_٥"):
        assert len(search("bell", language="en", after=after).hits) <= 3, after
        assert Client().get("/search/", {"q": "bell", "after": after}).status_code == 200, after


def test_an_update_is_found_by_its_new_words_alone_and_a_withdrawn_report_by_none(reports, reporter, editor, publisher):
    report = reports["bell"]
    actions.approve(actions.submit(actions.save(report, by=reporter, headline="The gong of the valley"), by=reporter), by=editor)
    assert found("gong") == [] and found("bell valley") == ["bell"]
    publication.publish_update(report, by=publisher, change="silent")
    assert found("gong") == ["bell"] and found("bell valley") == []
    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert found("gong") == found("lorry") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM articles_searchentry")
        assert cursor.fetchone() == (5,)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM articles_searchwords")
            assert cursor.fetchone() == (5,)


def test_two_reports_of_one_instant_keep_their_places(reporter, editor, publisher):
    at = dt.datetime(1966, 1, 1, tzinfo=dt.UTC)
    for number in range(3):
        factories.live(reporter, editor, publisher, headline=f"Twin {number}", at=at)
    assert sorted(found("twin")) == ["twin-0", "twin-1", "twin-2"]
    index.put_many(list(Edition.objects.all()))
    assert sorted(found("twin")) == ["twin-0", "twin-1", "twin-2"]


def test_the_page_asks_shows_and_says_that_nothing_was_found(reports):
    empty = Client().get("/search/").text
    assert "<article" not in empty and "<h2" not in empty.partition("<footer")[0] and 'value=""' in empty
    full = Client().get("/search/", {"q": "  bell\n valley\t\u200e"}).text
    assert 'value="bell valley"' in full and len(re.findall("<article", full)) == 1
    assert '<meta name="robots" content="noindex">' in full
    nothing = Client().get("/search/", {"q": '<script>alert("1")</script>'}).text
    assert "No report has all of these words" in nothing and "<script" not in nothing.partition("<main")[2]
    assert "&lt;script&gt;alert(&quot;1&quot;)" in nothing
    assert Client().get("/search/", {"q": "x" * 5000}).status_code == 200
    persian = Client().get("/ar/search/", {"q": "می\u200cخواهم"}).text
    assert 'value="میخواهم"' in persian  # one word still
