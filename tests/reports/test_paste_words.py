"""No word of a pasted text is lost, changed or put elsewhere: all stand in the headline, the dateline, the body or what was left out."""

from __future__ import annotations

import re
import unicodedata
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.reports.paste import Recognised, recognise
from articles.text.pasted import NotText
from articles.text.plain import plain_text
from articles.text.sanitise import sanitise

HEADS = [
    "",
    "10/18/2023 North Korea (Org) – ",
    "LAGOS, Nigeria — ",
    "18 de mayo de 2023 – ",
    "١٨ أكتوبر ٢٠٢٣، السودان (المنارة) – ",
    "03/04/23 Laos (Org) - ",
]
TAILS = ["", "For media interviews: [email protected]", "For media inquiries, please contact a@b.example", "# # #", "للمقابلات:"]
PIECES = st.one_of(
    st.sampled_from(
        [
            "Select Page", "Menu", "Speaking since 1995", "A short line", "From: a@b.example", "To: c@d.example", "“They was [sic] told,” he said.",
            "He’d ‘gone’—to the well-known place – they said.", "1,200 families (half of them children) fled – on 3 May.", "LAOS", "…", "§ 4",
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=40),
    st.text(alphabet="ab L()[]–—-.:/<>&;'\"0123 ", max_size=60),
)  # fmt: skip
TEXTS = st.builds(
    lambda head, pieces, tail, gap: gap.join([head + (pieces[0] if pieces else ""), *pieces[1:], tail]),
    st.sampled_from(HEADS), st.lists(PIECES, min_size=1, max_size=7), st.sampled_from(TAILS), st.sampled_from(["\n", "\n\n", "\r\n\r\n"]),
)  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def found_words(found: Recognised) -> list[str]:
    return words("\n".join([found.headline, found.line, plain_text(found.body), *found.dropped]))


def north_korea(name: str) -> list[str]:
    return ["KP"] if name in ("North Korea", "Laos", "LAOS", "Nigeria", "السودان") else []


@settings(derandomize=True, max_examples=150, deadline=None)
@given(TEXTS)
def test_every_word_of_a_plain_text_is_kept(text: str) -> None:
    if re.search(r"</?[a-z]|&[#\w]+;", text, re.IGNORECASE):
        return  # read as HTML: below
    try:
        found = recognise(text, languages=["en", "es", "ar"], region_named=north_korea)
    except NotText:
        return

    assert sorted(found_words(found)) == sorted(words(text))


INLINE = st.sampled_from(["b", "em", "a", "span", "font", "u", "sup"])
BLOCK = st.sampled_from(["p", "div", "li", "td", "h2", "blockquote", "section", "pre", "ul", "center", "nav", "td"])
TREES = st.recursive(
    PIECES.map(escape),
    lambda inner: st.builds(
        lambda tag, parts, gap: f"<{tag}>{gap.join(parts)}</{tag}>",
        st.one_of(BLOCK, INLINE), st.lists(inner, max_size=4), st.sampled_from([" ", "<br>", "<br><br>", "\n\n", "&nbsp;", "<hr>"]),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5), st.sampled_from(HEADS))
def test_every_word_of_html_is_kept(trees: list[str], head: str) -> None:
    html = f"<p>{escape(head)}" + " ".join(trees)
    try:
        found = recognise(html, languages=["en", "es", "ar"], region_named=north_korea)
    except NotText:
        return

    assert sorted("".join(found_words(found))) == sorted("".join(words(plain_text(html))))
    assert sanitise(found.body) == found.body
