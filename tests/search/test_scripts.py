"""Every script: the same reports in the same order on SQLite and PostgreSQL, and no text that raises."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.editions.models import Edition
from articles.search import index
from articles.search.asked import asked
from articles.search.highlight import hits, marked, passage
from articles.search.matching import matching, newest_of
from articles.search.ranking import best_first
from articles.search.suggestions import suggested, typed_words
from articles.search.terms import fact
from tests.search.scripts import QUESTIONS, REPORTS

BEGUN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
NAMESPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def put_all():
    """Indexes every report, the first of a language the oldest; {uuid: name}."""
    editions, names = [], {}
    for language, reports in REPORTS.items():
        for number, (name, (headline, standfirst, body)) in enumerate(reports.items()):
            uuid = uuid5(NAMESPACE, f"{language} {name}")
            names[uuid] = name
            editions.append(
                Edition(
                    uuid=uuid, language=language, kind="news", headline=headline, standfirst=standfirst, body=f"<p>{body}</p>",
                    published_at=BEGUN + dt.timedelta(days=number), dateline_mode="withheld",
                )
            )  # fmt: skip
    index.put_many(editions)
    return names


def found(question, language, names):
    wanted = asked(question, [language])
    if not wanted.wanted:
        return []
    matches, _like = matching(wanted, [fact("language", language)], limit=400)
    return [names[UUID(str(match.uuid))] for _points, match in best_first(matches, wanted)]


@pytest.mark.django_db
def test_every_script_is_found_in_this_order():
    names = put_all()
    assert sum(map(len, QUESTIONS.values())) >= 60
    assert {language: {each: found(each, language, names) for each in asks} for language, asks in QUESTIONS.items()} == QUESTIONS


SYNTAX = [
    *"\"'()*^:-+&|!<>{}[]\\,;%_~@#/`.\x00 ", "NEAR(", " OR ", " AND ", " NOT ", '-"', "a:", "body:", "<->", ":*", "''", "\\'", "\ue000", "\ue001en\ue001a",
]  # fmt: skip
WORDS = ["bell", "北", "ไท", "قر"]
TEXTS = st.lists(st.sampled_from(SYNTAX + WORDS) | st.characters(exclude_categories=("Cs",)), max_size=24).map("".join)


class AnyText(TestCase):
    """No text raises, in the index or beside it."""

    @settings(derandomize=True, max_examples=120, deadline=None)
    @given(TEXTS)
    def test_generated_texts_and_syntax_ask_without_an_error(self, text):
        self.ask(text)

    def test_a_character_of_every_category_and_every_ascii_character_asks_without_an_error(self):
        seen: dict[str, str] = {}
        for code in range(sys.maxunicode + 1):
            seen.setdefault(unicodedata.category(chr(code)), chr(code))
        for char in [*(char for name, char in seen.items() if name != "Cs"), *map(chr, range(128))]:
            for text in (char, f"a{char}", f"{char}a", f'"{char}"', f"-{char}", f"a {char} b"):
                self.ask(text)

    def ask(self, text):
        for languages in (["en"], ["zh-hans"], ["en", "ar", "my"]):
            given = asked(text, languages)
            if given.wanted:
                matches, like = matching(given, [fact("language", languages[0])], limit=5, language=languages[0], typed=typed_words(given))
                assert [best_first(matches, given), suggested(text, typed_words(given), like, languages=languages, facts=[])] == [[], []]
                assert newest_of([given], []) == [None]
            inside = hits(text, given, languages)
            assert marked(*passage(text, inside)).count("<mark>") <= len(inside)
