"""The page of a search: narrowed by what the reports have, offered the page of a name, asked what was meant; and nothing of what is withdrawn."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from articles.errands.models import Errand
from articles.people.models import Byline
from articles.public import search as page
from articles.search import cleaning, index
from articles.search.models import SearchEntry
from articles.search.vocabulary import skeleton
from articles.taxonomy.models import Region, Tag, TagName
from articles.workflow import publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(reporter, editor, publisher):
    tag = Tag.objects.create(name="Law", slug="law")
    TagName.objects.create(tag=tag, language="es", name="Derecho")
    Tag.objects.create(name="Unused", slug="unused")
    korea, eritrea = (Region.objects.get(iso_alpha2=code) for code in ("KP", "ER"))
    made = {}
    for number, (name, headline, region, tags, kind) in enumerate(
        [
            ("bell", "The bell of Pyongyang", korea, [tag], "news"),
            ("school", "The bell of Asmara’s school", eritrea, [tag], "statement"),
            ("valley", "The bell of the valley", eritrea, [], "news"),
        ]
    ):
        at = dt.datetime(2023 + number, 5, 1, tzinfo=dt.UTC)
        made[name] = factories.live(
            reporter,
            editor,
            publisher,
            headline=headline,
            slug=name,
            regions=[region],
            tags=tags,
            kind=kind,
            at=at,
            body="<p>Kwame wrote.</p>",
        )
    return made


def asked(address):
    page.forget()
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.text


def slugs(text):
    return re.findall(r'<h3 class="entry__head">.*?<a href="/(?:reports/\d+/\d+/)?([a-z-]+)/"', text)


def choices(text):
    """{what: [(choice, number)]} of the side column."""
    found = {}
    for name, rows in re.findall(r'<h2 id="f-([a-z]+)">.*?<ul>(.*?)</ul>', text):
        found[name] = re.findall(r"<span>([^<]+)</span> <span class=\"facet__number\">([^<]+)<", rows)
    return found


def test_a_search_is_narrowed_by_links_that_say_how_many_and_taken_back_by_others(reports):
    all_three = asked("/search/?q=bell")
    assert slugs(all_three) == ["valley", "school", "bell"]
    assert choices(all_three) == {
        "region": [("Eritrea", "2"), ("North Korea", "1")], "tag": [("Law", "2")], "kind": [("News", "2"), ("Statement", "1")],
        "year": [("2025", "1"), ("2024", "1"), ("2023", "1")],
    }  # fmt: skip
    assert slugs(asked("/search/?q=bell&region=eritrea")) == ["valley", "school"]
    both = asked("/search/?q=bell&region=eritrea&tag=law")
    assert slugs(both) == ["school"] and choices(both) == {}
    assert 'href="/search/?q=bell&amp;tag=law"' in both and 'href="/search/?q=bell&amp;region=eritrea"' in both
    assert slugs(asked("/search/?q=bell&kind=statement")) == ["school"]
    assert slugs(asked("/search/?q=bell&year=2023")) == ["bell"]
    assert slugs(asked("/search/?q=bell&year=x&kind=none&language=xx")) == ["valley", "school", "bell"]
    none = asked("/search/?q=bell&tag=unused")
    assert slugs(none) == [] and "Nothing here has all of these words" in none
    assert none.replace("unused", "never-was") == asked("/search/?q=bell&tag=never-was")  # a tag of drafts alone and none at all


def test_all_languages_are_searched_on_wish(reports, reporter, editor, publisher):
    factories.live(reporter, editor, publisher, headline="Las campanas de la escuela", language="es", slug="campanas")
    assert slugs(asked("/search/?q=campana")) == []
    everywhere = asked("/search/?q=campana&language=all")
    assert 'href="/es/reports/' in everywhere and '<article class="entry" lang="es" dir="ltr">' in everywhere
    assert "<mark>campanas</mark>" in everywhere
    assert 'href="/es/reports/' in asked("/search/?q=campana&language=es")


def test_the_page_of_a_typed_place_or_tag_is_offered_in_any_language_if_it_has_reports(reports):
    def offers(q, path="/search/"):
        return re.findall(
            r'<a href="([^"]+)"', "".join(re.findall(r'<p class="offer">A page of its own:.*?</p>', asked(f"{path}?q={quote(q)}")))
        )

    assert offers("Corea del Norte") == offers("NORTH KOREA prison") == offers("كوريا الشمالية") == ["/regions/north-korea/"]
    assert offers("derecho") == offers("Law") == ["/tags/law/"]
    assert offers("Unused") == offers("France") == offers("bell") == []


def test_the_name_of_an_author_offers_their_page_and_finds_what_they_wrote(reports, reporter, editor, publisher):
    byline = Byline.objects.create(name="Ester Invented", slug="ester-invented")
    Byline.objects.create(name="Never Printed", slug="never-printed")
    report = factories.live(
        reporter, editor, publisher, headline="The mill by the river", slug="mill", byline_mode="named", credits=[{"byline": byline}]
    )
    text = asked("/search/?q=ester+INVENTED")
    assert '<a href="/authors/ester-invented/"><bdi>Ester Invented</bdi></a> <span class="offer__what">Author</span>' in text
    assert slugs(text) == slugs(asked("/search/?q=ester+invented+river")) == ["mill"]
    assert slugs(asked("/search/?q=bell+ester+invented")) == []
    assert slugs(asked("/search/?q=never+printed")) == slugs(asked("/search/?q=Ester")) == []
    assert "A page of its own" not in asked("/search/?q=never+printed")

    publication.take_down(report, by=editor, reason="A danger.")
    assert "/authors/ester-invented/" not in asked("/search/?q=ester+invented")


def test_the_name_of_a_place_or_tag_finds_what_stands_under_it_whatever_its_text_says(reports):
    found = {
        q: slugs(asked(f"/search/?q={quote(q)}"))
        for q in ("eritrea", "eritrea school", "north korea bell", "bell -eritrea", "derecho bell")
    }
    assert found == {
        "eritrea": ["valley", "school"], "eritrea school": ["school"], "north korea bell": ["bell"], "bell -eritrea": ["bell"],
        "derecho bell": ["school", "bell"],
    }  # fmt: skip
    assert slugs(asked("/search/?q=%22eritrea%22+school")) == []  # in quotation marks it is a word of the text


def test_a_mistyped_word_is_put_right_from_public_words_alone(reports, publisher):
    def meant(q):
        return re.findall(
            r"<a href=\"[^\"]+\"><bdi>([^<]+)</bdi>",
            "".join(re.findall(r'<p class="offer">Did you mean.*?</p>', asked(f"/search/?q={quote(q)}"))),
        )

    assert meant("Pyonyang") == meant("pyongyng") == meant("Pyongy") == ["Pyongyang"]
    assert meant("bell of Pionyang") == ["bell of Pyongyang"]
    assert meant("bell") == meant("zzzzzz") == meant("-bell") == []
    assert meant("Pyonyang Asmara") == []  # both are words, but no report has both
    publication.withdraw(reports["bell"], by=publisher, reason="Asked by the family.")
    assert meant("Pyonyang") == [] and "Pyongyang" not in asked("/search/?q=Pyonyang")
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, reports FROM articles_searchword WHERE word IN ('pyongyang', 'bell', 'kwame') ORDER BY word")
        assert cursor.fetchall() == [("bell", 2), ("kwame", 2)]


def test_of_several_words_that_no_report_has_together_each_is_told(reports):
    text = asked("/search/?q=pyongyang+asmara")
    assert 'q=pyongyang"><bdi>pyongyang</bdi></a> (1)' in text and 'q=asmara"><bdi>asmara</bdi></a> (1)' in text
    assert "Say what to look for, too" in asked("/search/?q=-pyongyang")


def test_an_older_index_is_brought_up_to_date_in_batches(reports):
    index.make_older()
    assert index.ask_for_reindex() and Errand.objects.get(kind="reindex").done_at is None
    assert [index.reindex(batch=2), index.reindex(batch=2), index.reindex(batch=2)] == [2, 1, 0]
    assert list(SearchEntry.objects.values_list("format", flat=True)) == [index.FORMAT] * 3
    assert slugs(asked("/search/?q=bell")) == ["valley", "school", "bell"] and not index.ask_for_reindex()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports FROM articles_searchword WHERE word = 'bell'")
        assert cursor.fetchall() == [(3,)]


def test_skeletons_join_the_spellings_of_a_name():
    assert len({skeleton(name) for name in ("mohamed", "muhammad", "mohammed")}) == 1
    assert skeleton("uighur") == skeleton("uyghur") and skeleton("zoe") == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "postgres" in settings.DATABASES["default"]["ENGINE"], reason="FTS5 alone keeps what was deleted; PostgreSQL has its vacuum"
)
def test_a_withdrawn_word_leaves_the_index_of_the_file(reporter, editor, publisher):
    reports = [
        factories.live(reporter, editor, publisher, headline=f"A report {number}", body=f"<p>{word}</p>")
        for number, word in enumerate(("plain", "Zugzwangwort", "other"))
    ]
    publication.withdraw(reports[1], by=publisher, reason="Asked by the family.")
    cleaning.clean()
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM articles_searchwords_data")
        assert not any(b"ugzwangwort" in bytes(block) for (block,) in cursor.fetchall())
        cursor.execute("SELECT COUNT(*) FROM articles_searchword WHERE word = 'zugzwangwort'")
        assert cursor.fetchone() == (0,)
