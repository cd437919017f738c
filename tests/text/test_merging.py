"""Three texts made one: nothing of either side is lost, nothing collides that need not, and what collides is said."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.merging import BOTH, CONFLICT, KEPT, MINE, THEIRS, Chunk, merge, merge_bodies, merged_value, paragraphs_of, read_alike
from articles.text.sanitise import sanitise

texts = st.lists(st.sampled_from("abcdefgh"), max_size=7)
few = settings(derandomize=True, max_examples=400, deadline=None)


def joined(chunks, side="result"):
    return [each for chunk in chunks for each in getattr(chunk, side)]


def near(old, new):
    return old.lower() == new.lower()


@few
@given(texts, texts)
def test_what_one_side_alone_did_is_done(base, made):
    assert joined(merge(base, made, base)) == joined(merge(base, base, made)) == joined(merge(base, made, made)) == made
    assert {chunk.how for chunk in merge(base, made, base)} <= {KEPT, MINE}
    assert {chunk.how for chunk in merge(base, base, made)} <= {KEPT, THEIRS}
    assert {chunk.how for chunk in merge(base, made, made)} <= {KEPT, BOTH}


@few
@given(texts, texts, texts)
def test_the_three_texts_stand_in_the_chunks_and_nothing_of_either_is_lost(base, mine, theirs):
    chunks = merge(base, mine, theirs)

    assert [joined(chunks, side) for side in ("base", "mine", "theirs")] == [base, mine, theirs]
    shown = Counter(each for chunk in chunks for each in (chunk.result if chunk.how != CONFLICT else chunk.mine + chunk.theirs))
    for side in (mine, theirs):
        assert not Counter(side) - Counter(base) - shown  # what a side added stands in the result, or is put before the person
    turned = [Chunk({MINE: THEIRS, THEIRS: MINE}.get(each.how, each.how), each.base, each.theirs, each.mine) for each in chunks]
    assert merge(base, theirs, mine) == turned


edits = st.lists(st.tuples(st.integers(0, 5), st.sampled_from("xyz")), max_size=4).map(dict)


@few
@given(edits, edits)
def test_it_collides_exactly_where_both_changed_one_part_differently(first, second):
    """Six parts, each rewritten by one side, by both, or by none: `alike` knows a rewritten part by its letter."""
    base = list("abcdef")
    mine, theirs = ([each + edit[place] if place in edit else each for place, each in enumerate(base)] for edit in (first, second))

    chunks = merge(base, mine, theirs, alike=lambda old, new: old[0] == new[0])

    collide = [base[place] for place in range(6) if place in first and place in second and first[place] != second[place]]
    assert joined([chunk for chunk in chunks if chunk.how == CONFLICT], "base") == collide
    settled = {**{base[place]: base[place] + made for place, made in {**second, **first}.items()}}
    assert joined(chunks) == [settled.get(each, each) for each in base]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result", "conflicts"),
    [
        ("abc", "Abc", "abC", "AbC", 0),  # each its own
        ("abc", "ABc", "abC", "ABC", 0),  # neighbours
        ("abc", "xabc", "abcy", "xabcy", 0),  # put in at the two ends
        ("abc", "Abc", "axbc", "Axbc", 0),  # put in behind a part that the other side changed
        ("abc", "ac", "abxc", "axc", 0),  # put in behind a part that the other side took out
        ("abc", "ac", "aBc", "ac", 1),  # taken out and changed
        ("abc", "axbc", "aybc", "axbc", 1),  # put into one gap, differently
        ("abc", "axbc", "axbc", "axbc", 0),  # put into one gap, the same
        ("abcd", "aBxd", "abcD", "aBxD", 0),  # rewritten to as many parts
        ("ab", "", "ab", "", 0),
        ("", "x", "y", "x", 1),
    ],
)  # fmt: skip
def test_how_two_people_meet(base, mine, theirs, result, conflicts):
    chunks = merge(base, mine, theirs, alike=near)

    assert ("".join(joined(chunks)), sum(chunk.how == CONFLICT for chunk in chunks)) == (result, conflicts)


def test_one_value_is_kept_or_changed_as_a_whole():
    asked = [("a", "a", "a"), ("a", "b", "a"), ("a", "a", "b"), ("a", "b", "b"), ("a", "b", "c")]

    assert [merged_value(*each).how for each in asked] == [KEPT, MINE, THEIRS, BOTH, CONFLICT]


pieces = st.sampled_from(
    ["<p>One two.</p>", "<p>Three <b>four</b>.</p>", "<ul><li>A</li><li><p>B</p></li></ul>", "<blockquote><p>C</p></blockquote>", "<hr>",
     "bare words", "<i>bare</i>", "<h2>Head</h2>", "<p lang=ar dir=rtl>نص</p>", "<ol><li>x<ul><li>y</li></ul></li></ol>", "<p>&amp;<br>z</p>"]
)  # fmt: skip


@few
@given(st.lists(pieces, max_size=8))
def test_the_paragraphs_of_a_body_are_the_body(parts):
    body = sanitise("".join(parts))
    assert "".join(each.html for each in paragraphs_of(body)) == body


def test_what_an_editor_rewrites_by_opening_a_text_is_no_change():
    saved = "<p>A <b>bold</b> word.</p><ul><li>One</li></ul><p>Last.</p>"
    opened = "<p>A <strong>bold</strong> word.</p><ul><li><p>One</p></li></ul><p>Last one.</p>"

    chunks = merge_bodies(saved, opened, saved.replace("One", "Two"))

    assert [chunk.how for chunk in chunks] == [KEPT, THEIRS, MINE]
    assert "".join(each.html for each in joined(chunks)) == "<p>A <b>bold</b> word.</p><ul><li>Two</li></ul><p>Last one.</p>"


def test_a_link_or_a_mark_alone_is_a_change():
    base = '<p>See <a href="https://a.example/">here</a>.</p>'
    chunks = merge_bodies(base, base.replace("a.example", "b.example"), "<p>See here.</p>")

    assert [chunk.how for chunk in chunks] == [CONFLICT]


def test_neighbouring_paragraphs_of_two_people_do_not_collide_and_a_new_one_between_stays():
    base = "<p>Two families were told to leave.</p><p>Nobody gave a reason for it.</p>"
    mine = "<p>Two families were told to leave the valley.</p><p>A third one left before.</p><p>Nobody gave a reason for it.</p>"
    theirs = "<p>Two families were told to leave.</p><p>Nobody gave any reason for it.</p>"

    chunks = merge_bodies(base, mine, theirs)

    assert [chunk.how for chunk in chunks] == [MINE, MINE, THEIRS]
    assert [read_alike(a, b) for a, b in zip(paragraphs_of(base), paragraphs_of(theirs), strict=True)] == [True, True]


def test_long_texts_that_share_nothing_are_merged_in_bounded_time():
    base, mine = ["<p>x</p>" * 3000, "<p>x</p><p>y</p>" * 3000]
    chunks = merge_bodies(base, mine, base)
    assert "".join(each.html for each in joined(chunks)) == mine
