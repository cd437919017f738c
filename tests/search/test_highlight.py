"""What is marked in a text and which part of a long one is shown: the original, escaped."""

from __future__ import annotations

import pytest

from articles.search.asked import asked
from articles.search.highlight import PASSAGE, hits, marked, passage

MARKED = [
    ("en", "family", "Two families wait.", "Two <mark>families</mark> wait."),
    ("en", "zurich", "In ZÜRICH’s streets", "In <mark>ZÜRICH</mark>’s streets"),
    ("en", '"the valley"', "The valley and the bell of the valley", "<mark>The valley</mark> and the bell of <mark>the valley</mark>"),
    ("en", "the bell", "The bell", "The <mark>bell</mark>"),
    ("en", "the", "The bell", "<mark>The</mark> bell"),
    ("en", "bell -valley", "bell <b>& valley", "<mark>bell</mark> &lt;b&gt;&amp; valley"),
    ("en", "US", "the U.S. and us", "the <mark>U.S</mark>. and <mark>us</mark>"),
    ("en", "covid-19", "COVID-19 in 19 towns", "<mark>COVID-19</mark> in 19 towns"),
    ("en", "nothing", "a < b", "a &lt; b"),
    ("fr", "eglise", "Les Églises", "Les <mark>Églises</mark>"),
    ("ar", "مدرسة", "في الْمَدْرَسَة", "في <mark>الْمَدْرَسَة</mark>"),
    ("zh-hans", "大学", "北京大学教师", "北京<mark>大学</mark>教师"),
    ("zh-hans", "京", "北京大学", "北<mark>京</mark>大学"),
    ("th", "ไทย", "ประเทศไทยจับ", "ประเทศ<mark>ไทย</mark>จับ"),
    ("my", "မြန်မာ", "မြန်မာနိုင်ငံ", "<mark>မြန်မာ</mark>နိုင်ငံ"),
    ("hi", "कानून", "नया क़ानून", "नया <mark>क़ानून</mark>"),
]


@pytest.mark.parametrize(("language", "question", "text", "shown"), MARKED)
def test_what_answers_is_marked_as_it_is_written(language, question, text, shown):
    assert marked(text, hits(text, asked(question, [language]), [language])) == shown


def test_of_a_long_text_the_passage_is_shown_that_answers_most():
    text = (
        "The bell rang. " + "Nothing else happened here. " * 40 + "Then the bell of the school rang over the harbour. " + "No more. " * 60
    )
    given = asked("school bell harbour", ["en"])
    part, found = passage(text, hits(text, given, ["en"]))
    assert part.startswith("… ") and part.endswith(" …") and len(part) <= PASSAGE + 44
    assert "<mark>bell</mark> of the <mark>school</mark> rang over the <mark>harbour</mark>" in marked(part, found)
    assert passage("Short bell", hits("Short bell", given, ["en"]))[0] == "Short bell"
    assert passage(text, [])[0].startswith("The bell rang. Nothing")


def test_a_text_without_spaces_is_cut_too():
    text = "前" * 500 + "北京大学" + "后" * 500
    part, found = passage(text, hits(text, asked("大学", ["zh-hans"]), ["zh-hans"]))
    assert len(part) <= PASSAGE + 4 and "北京<mark>大学</mark>后" in marked(part, found)
