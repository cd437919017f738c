"""A placard says the headline in every script as its readers write it, or leaves it out; never boxes, never more than the page says."""

from __future__ import annotations

import io
import random

import pytest
from bidi import get_display
from PIL import Image

from articles.editions.placards import drawing, placard
from articles.editions.placards.drawing import Text, at_hand, fitted, plain, whole_words
from articles.editions.placards.levels import levels, visual
from articles.images.clean import is_clean

SCRIPTS = {
    "en": "Two families told to leave the valley by Friday, and “no paper” given",
    "ru": "Двум семьям велели покинуть долину до пятницы",
    "el": "Δύο οικογένειες διατάχθηκαν να εγκαταλείψουν την κοιλάδα",
    "ar": "عائلتان تُجبران على مغادرة الوادي: Amnesty (UK) تقول إن 1.5 مليون",
    "he": "שתי משפחות נצטוו לעזוב את העמק (ללא BBC) 15:30",
    "hi": "दो परिवारों को शुक्रवार तक घाटी छोड़ने का आदेश: “क्षत्रिय”",
    "zh-hans": "两户人家被命令在星期五之前离开山谷，邻居说：“没有文件。”",
    "ko": "두 가족이 금요일까지 계곡을 떠나라는 명령을 받았다",
    "my": "မိသားစုနှစ်စုကို သောကြာနေ့မတိုင်မီ တောင်ကြားမှ ထွက်ခွာရန် အမိန့်ပေးခဲ့သည်",
}
RTL = {"ar", "he"}


def text(words, language="en", *, rtl=None):
    return Text(plain(words), at_hand(language), language=language, rtl=language in RTL if rtl is None else rtl)


def facts(**changes):
    return {
        "look": 1, "language": "en", "direction": "ltr", "site": "Lantern Watch", "headline": SCRIPTS["en"], "label": "Report · Jos, Nigeria",
        "retracted": "", "mark": "dot", "x": 52.3, "bars": [], **changes,
    }  # fmt: skip


def pixels(made):
    return Image.open(io.BytesIO(made.data)).convert("L").crop((72, drawing.TOP, 1128, drawing.BOTTOM + 10))


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_is_drawn_with_its_own_letters(language):
    headline = text(SCRIPTS[language], language)
    size, lines = fitted(headline, drawing.BOTTOM - drawing.TOP)
    drawn = [headline.line(*each) for each in lines]
    assert headline.drawable and size >= 40
    assert all(each.width * size <= drawing.WIDTH for each in drawn)
    assert all(glyph.number for each in drawn for glyph in each.glyphs)
    assert "".join(headline.text[start:end] for start, end in lines) == headline.text


def test_arabic_is_joined_and_runs_from_right_to_left():
    joined, apart = (text(words, "ar") for words in ("سلام", "س\u200cل\u200cا\u200cم"))
    whole, single = joined.line(0, len(joined.text)), apart.line(0, len(apart.text))
    assert [glyph.number for glyph in whole.glyphs] != [glyph.number for glyph in single.glyphs]
    assert whole.width < single.width  # lam and alef became one
    first = text("س", "ar").line(0, 1).width
    assert text("سب", "ar").line(0, 2).glyphs[-1].x >= first / 4  # the first letter stands at the right


def test_burmese_and_hindi_vowels_stand_before_their_consonant():
    for written, language in (("ကေ", "my"), ("कि", "hi")):
        syllable, bare = text(written, language), text(written[0], language)
        places = {glyph.number: glyph.x for glyph in syllable.line(0, 2).glyphs}
        consonant = bare.line(0, 1).glyphs[0].number
        assert places[consonant] == max(places.values()) > 0


def test_levels_are_those_of_a_second_implementation():
    chance = random.Random(7)
    letters = "abאבجد12٣٤.,:-+/%$ ()[]«»!?\u0301\u064b"
    told = {"".join(chance.choice(letters) for _ in range(chance.randint(1, 14))).strip() for _ in range(4000)} - {""}
    for each in [*told, *SCRIPTS.values()]:
        for rtl in (False, True):
            order = visual(levels(each, rtl=rtl))
            assert "".join(each[at] for at in order) == get_display(each, base_dir="R" if rtl else "L"), (each, rtl)


def test_lines_are_broken_where_each_script_allows_it():
    assert list(whole_words(["두 ", "가", "족", "이 ", "中", "国"])) == ["두 ", "가족이 ", "中", "国"]
    chinese = text("官员拒绝评论，邻居说没有文件。", "zh-hans")
    lines = [chinese.text[start:end] for start, end in chinese.wrapped(6.2)]
    assert lines == ["官员拒绝评", "论，邻居说没", "有文件。"]
    burmese = text("ကချင်ပြည်နယ်တွင်လူများ", "my")
    broken = [burmese.text[start] for start, _end in burmese.wrapped(3)]
    assert len(broken) > 2 and set(broken) <= set("ကချပနတလမ")  # no vowel, no stacked letter, none that ends a syllable
    assert [burmese.text[start + 1] for start, _end in burmese.wrapped(3) if burmese.text[start + 1] == "\u103a"] == []
    long = text("Worshippers" * 18)
    assert all(long.line(*each).width * fitted(long, 300)[0] <= drawing.WIDTH for each in fitted(long, 300)[1])


def test_the_longest_headline_fits_in_every_script():
    for language, words in SCRIPTS.items():
        longest = text((words + " ") * 9, language)
        longest = text(longest.text[:200].rstrip(), language)
        size, lines = fitted(longest, drawing.BOTTOM - drawing.TOP - 72)
        assert len(lines) * size * longest.leading <= drawing.BOTTOM - drawing.TOP - 72, language


def test_what_no_font_here_has_is_left_out_whole():
    blank, cuneiform = placard.drawn(facts(headline="")), placard.drawn(facts(headline="Written in 𒀀𒀁"))
    assert pixels(cuneiform).getextrema() == pixels(blank).getextrema() == (252, 252)
    assert pixels(placard.drawn(facts())).getextrema()[0] < 60
    assert cuneiform.data == blank.data


def test_the_same_facts_give_the_same_clean_bytes():
    one, again = placard.drawn(facts()), placard.drawn(facts())
    assert one == again and is_clean(one.data, "png")
    assert (Image.open(io.BytesIO(one.data)).size, one.format, len(one.data) <= placard.MOST_BYTES) == ((1200, 630), "png", True)
    assert len({placard.drawn(facts(**change)).file for change in ({}, {"retracted": "Retracted"}, {"mark": "withheld", "x": None})}) == 3


def test_controls_and_marks_of_direction_are_no_part_of_it():
    assert plain("  a\u202eb\x00\u2067c\n d ") == "abc d"
