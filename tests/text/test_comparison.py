"""Comparing two texts: every change is told, nothing that stayed is marked, and no text takes more than its budget."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.comparison import MOST_STEPS, Budget, aligned, compare_html, compare_text
from articles.text.passages import passages_of
from articles.text.sanitise import sanitise

WORDS = st.sampled_from(["one", "two", "<strong>three</strong>", '<a href="/a/">four</a>', "five,", "كَتَبَ", "الوَلَدُ،", "<br>", "不断"])
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: f"<p>{' '.join(words)}</p>")
BODIES = st.lists(PARAGRAPHS | st.sampled_from(["<h2>Head</h2>", "<ul><li>a</li><li>b c</li></ul>", "<hr>"]), max_size=6).map(
    lambda blocks: sanitise("".join(blocks))
)


def told(old, new):
    """(what happened, the words) of every run that is marked."""
    found = compare_html(old, new)
    return [(run.how, "".join(text for text, _marks in run.pieces)) for each in found.passages for run in each.runs if run.how != "same"]


def side(found, without):
    return [
        words
        for each in found.passages
        if each.how != without
        for words in [[word.text for run in each.runs if run.how != without for word in run.words]]
    ]


def test_words_that_came_and_went_are_told():
    assert told("<p>The order came on Tuesday.</p>", "<p>The district order came.</p>") == [("ins", "district"), ("del", "on Tuesday")]


def test_bold_and_links_on_words_that_stayed_are_told_as_such():
    old = '<p>We saw <strong>them</strong> at the <a href="https://a.org/?x=1&amp;y=2">school</a> today.</p>'
    new = '<p>We saw them at the <a href="https://b.org/">school</a> <em>today</em>.</p>'

    found = compare_html(old, new)

    runs = [run for run in found.passages[0].runs if run.how != "same"]
    assert [(run.how, run.pieces[0][0]) for run in runs] == [("form", "them"), ("form", "school"), ("form", "today")]
    assert [[mark.tag for mark in run.lost] for run in runs] == [["strong"], ["a"], []]
    assert [[mark.tag for mark in run.gained] for run in runs] == [[], ["a"], ["em"]]
    assert (runs[1].lost[0].get("href"), runs[1].gained[0].get("href")) == ("https://a.org/?x=1&y=2", "https://b.org/")


def test_a_paragraph_that_became_a_heading_or_turned_is_told():
    found = compare_html('<p>Two families</p><p lang="ar">x</p>', '<h2>Two families</h2><p lang="ar" dir="rtl">x</p>')

    assert [(each.moved_within, each.turned) for each in found.passages] == [(True, False), (False, True)]
    assert all(run.how == "same" for each in found.passages for run in each.runs)


def test_marks_stay_with_their_letters_and_punctuation_stands_alone():
    words = [[word.text for word in each.words] for each in passages_of("<p>كَتَبَ الوَلَدُ، لَم؟ می‌خواهم the U.N.’s 3,000 “men”</p>")]
    assert words == [["كَتَبَ", "الوَلَدُ", "،", "لَم", "؟", "می‌خواهم", "the", "U.N", ".", "’", "s", "3,000", "“", "men", "”"]]
    assert told("<p>ذهب الوَلَدُ إلى البيت.</p>", "<p>ذهب الوَلَدُ، إلى البيت.</p>") == [("ins", "،")]
    assert told("<p>他们离开了</p>", "<p>他们已离开了</p>") == [("ins", "已")]


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("เด็กสองคนที่โรงเรียน", "เด็กสามคนที่โรงเรียน", [("del", "อง"), ("ins", "าม")]),  # Thai: two children, three children
        ("ຄົນໄປໂຮງຮຽນ", "ຄົນບໍ່ໄປໂຮງຮຽນ", [("ins", "ບໍ່")]),  # Lao: somebody goes to school, does not go
        ("သူကျောင်းသွားသည်", "သူမကျောင်းသွားသည်", [("ins", "မ")]),  # Burmese: he, she
        ("ស្ត្រីពីរនាក់", "ស្ត្រីបីនាក់", [("del", "ពីរ"), ("ins", "បី")]),  # Khmer: two women, three women
    ],
)
def test_scripts_without_spaces_are_compared_letter_by_letter_with_their_marks(old, new, differs):
    assert told(f"<p>{old}</p>", f"<p>{new}</p>") == differs


def test_a_word_beside_a_new_quotation_mark_is_not_marked():
    assert told("<p>he said no to it</p>", "<p>he said “no” to it</p>") == [("ins", "“"), ("ins", "”")]
    assert told("<p>yes , no</p>", "<p>yes, no</p>") == [("form", ",")]


@settings(max_examples=150, deadline=None)
@given(old=BODIES, new=BODIES)
def test_both_texts_can_be_read_from_the_comparison(old, new):
    found = compare_html(old, new)

    assert side(found, "ins") == [[word.text for word in each.words] for each in passages_of(old)]
    assert side(found, "del") == [[word.text for word in each.words] for each in passages_of(new)]


@settings(max_examples=100, deadline=None)
@given(body=BODIES, other=BODIES)
def test_nothing_unchanged_is_marked_and_every_change_is(body, other):
    assert not compare_html(body, body).differs
    if not set(passages_of(body)) & set(passages_of(other)):
        framed = compare_html(body + "<p>End of it</p>", other + "<p>End of it</p>")
        assert framed.passages[-1].how == "same"
    if passages_of(body) != passages_of(other):
        assert compare_html(body, other).differs or sorted(body) == sorted(other)


HOSTILE = {
    "one paragraph": ("<p>" + "a b " * 50_000 + "</p>", "<p>" + "b a a " * 33_000 + "</p>"),
    "many paragraphs": ("<p>a</p><p>b</p>" * 12_000, "<p>b</p><p>a</p><p>a</p>" * 8_000),
    "no spaces": ("<p>" + "a" * 200_000 + "</p>", "<p>" + "a" * 199_999 + "b</p>"),
    "punctuation": ("<p>" + "'." * 100_000 + "</p>", "<p>" + ".'," * 66_000 + "</p>"),
    "open tags": ("<em>a" * 40_000, '<em lang="a">b' * 14_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_200000_hostile_characters_stay_within_the_budget(name):
    old, new = HOSTILE[name]
    budget = Budget()

    found = compare_html(old, new, budget=budget)

    assert 0 <= budget.left <= MOST_STEPS
    assert found.coarse is (name not in ("no spaces", "open tags"))
    assert found.differs


def test_a_step_of_the_budget_stands_for_the_work_that_is_done():
    """Counts the lines that difflib runs: never more than a few for each step that was paid for, whatever the text."""
    old, new = ["a", "b"] * 300, ["b", "a", "a"] * 200
    budget, lines = Budget(60_000), 0

    def count(frame, event, _arg):
        nonlocal lines
        lines += event == "line" and "difflib" in frame.f_code.co_filename
        return count

    sys.settrace(count)
    try:
        aligned(old, new, budget=budget)
    finally:
        sys.settrace(None)
    spent = 60_000 - budget.left
    assert budget.refused and spent <= 60_000
    assert spent < lines < 12 * spent + 20 * (len(old) + len(new))


def test_a_long_text_with_a_small_change_is_still_compared_word_by_word():
    words = [f"w{number % 997}" for number in range(30_000)]
    changed = [*words[:15_000], "other", *words[15_001:]]

    found = compare_text(" ".join(words), " ".join(changed))

    assert not found.coarse
    assert [(run.how, len(run.words)) for run in found.passages[0].runs] == [("same", 15_000), ("del", 1), ("ins", 1), ("same", 14_999)]
