"""The analyser of both searches: what a reader types finds what an editor wrote."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.analyser import LONGEST, fold, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n…—!?_ ", []),
        ("Two families, told to leave.", ["two", "families", "told", "to", "leave"]),
        ("covid-19, 3,000 (10/18/2023)", ["covid", "19", "3", "000", "10", "18", "2023"]),
        ("The U.S. and the C.I.A, e.g. J. Smith", ["the", "us", "and", "the", "cia", "eg", "j", "smith"]),
        ("example.org v1.2 Washington, D.C.", ["example", "org", "v1", "2", "washington", "dc"]),
        ("don’t l'État O‘Brien Qurʾan Xiʿan", ["don", "t", "l", "etat", "o", "brien", "qur", "an", "xi", "an"]),
        ("snake_case", ["snakecase"]),
        ("a😀b 1️⃣", ["a", "b", "1"]),
        ("北京大学", ["北京", "京大", "大学"]),
        ("北", ["北"]),
        ("中国A股2023年", ["中国", "a", "股", "2023", "年"]),
        ("東京タワー", ["東京", "京タ", "タワ", "ワー"]),
        ("북한에서", ["북한", "한에", "에서"]),
        ("ไทยคือ", ["ไท", "ทย", "ยคื", "คือ"]),
        ("ပြည်သူ။", ["ပြည်", "ည်သူ"]),
        ("ភាសា", ["ភាសា"]),
        ("वह है। दिल्ली॥", ["वह", "है", "दिल्ली"]),
        ("བོད་ཡིག།", ["བོད", "ཡིག"]),
        ("ދިވެހި", ["ދިވެހި"]),
        ("தமிழ்", ["தமிழ்"]),
    ],
)
def test_a_text_is_split_into_its_folded_words(text, words):
    assert tokens(text, "en") == words


@pytest.mark.parametrize(
    "spellings",
    [
        ["Café", "CAFE", "cafe\u0301", "ｃａｆｅ", "ca\u00adfe", "ca\u200bfe", "𝐜𝐚𝐟𝐞"],
        ["Αθήνα", "ΑΘΗΝΑ", "αθηνα", "Ἀθήνα"],
        ["Σίσυφος", "ΣΙΣΥΦΟΣ", "σισυφος", "σισυφοσ"],
        ["أحمد", "احمد", "أَحْمَد", "احـــمد", "ٱحمد"],
        ["مدرسة", "مدرسه", "مَدْرَسَة"],
        ["على", "علي", "علی"],
        ["مسؤول", "مسوول"],
        ["رئيس", "رييس"],
        ["کتاب", "كتاب"],
        ["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
        ["Straße", "STRASSE", "strasse", "STRAẞE"],
        ["Łódź", "lodz", "ŁÓDŹ"],
        ["Đặng", "dang"],
        ["Søren Þór æ", "soren thor ae"],
        ["COVID-19", "covid‑19", "covid 19", "covid–19", "covid/19"],
        ["2023", "٢٠٢٣", "۲۰۲۳", "२०२३", "၂၀၂၃", "２０２３", "๒๐๒๓"],
        ["U.S.", "US", "u.s", "U.S"],
        ["Ba'ath", "Ba’ath", "Ba‘ath", "Baʿath", "Baʾath", "Ba ath"],
        ["カタカナ", "ｶﾀｶﾅ"],
        ["がく", "か\u3099く"],
        ["שלום", "שָׁלוֹם"],
        ["ﷲ", "الله"],
        ["ﬁle", "file"],
    ],
)
def test_each_spelling_of_a_word_gives_the_same_tokens(spellings):
    assert {each: tokens(each, "") for each in spellings} == dict.fromkeys(spellings, tokens(spellings[0], ""))


@pytest.mark.parametrize(("one", "other"), [("कि", "की"), ("แม่", "แม้"), ("မြန်", "မြင်"), ("が", "か"), ("دار", "دور")])
def test_vowels_and_tones_that_are_no_accents_keep_words_apart(one, other):
    assert tokens(one, "") != tokens(other, "")


@pytest.mark.parametrize(("part", "whole"), [("北京", "在北京的"), ("평양", "평양에서"), ("မြန်မာ", "မြန်မာနိုင်ငံ"), ("ไทย", "ประเทศไทย")])
def test_a_word_is_found_inside_a_run_without_spaces(part, whole):
    sought, found = tokens(part, ""), tokens(whole, "")

    assert any(found[at : at + len(sought)] == sought for at in range(len(found)))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_folding_and_splitting_again_change_nothing(text):
    words = tokens(text, "")

    assert all(words)
    assert all("\x00" not in word and not any(char.isspace() for char in word) for word in words)
    assert fold(fold(text)) == fold(text)


def test_a_word_without_end_is_cut():
    assert tokens("a" * 1000, "") == ["a" * LONGEST]


@pytest.mark.parametrize("piece", ["a ", "北京", "a\u0301\u0323", "\u0301", "\u0e31", "a.", "_", "中a", "ﷺ", "कि"])
def test_long_texts_take_no_longer_than_their_length(piece):
    begun = time.process_time()

    tokens(piece * 50_000, "")

    assert time.process_time() - begun < 5


def test_a_stack_of_marks_takes_no_longer_than_its_height():
    begun = time.process_time()

    assert tokens("a" + "\u0301" * 100_000 + "\u0323" * 100_000, "") == ["a"]
    assert time.process_time() - begun < 5  # it took two minutes
