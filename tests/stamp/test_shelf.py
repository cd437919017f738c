"""What a process keeps until the stamp moves."""

from __future__ import annotations

from articles.answers.sending import Plain
from articles.stamp.shelf import Shelf


def test_an_answer_drawn_before_a_change_is_not_kept_after_it():
    small: Shelf[Plain] = Shelf()
    small.put(2, ("/", ""), Plain(b"new", "text/html"), size=3)
    small.put(1, ("/old/", ""), Plain(b"old", "text/html"), size=3)
    assert small.get(1, ("/old/", "")) is None
    assert small.get(2, ("/", "")) == Plain(b"new", "text/html")


def test_the_shelf_throws_out_what_is_least_used():
    small: Shelf[Plain] = Shelf(most_bytes=25)
    for name in ("a", "b"):
        small.put(1, (name, ""), Plain(b"x" * 10, "text/html"), size=10)
    small.get(1, ("a", ""))
    small.put(1, ("c", ""), Plain(b"x" * 10, "text/html"), size=10)
    assert list(small.kept) == [("a", ""), ("c", "")]
    assert small.bytes == 20
