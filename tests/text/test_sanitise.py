"""Safe HTML: what a report's body may hold, and every road by which HTML enters."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.sanitise import is_safe_link, sanitise
from tests.text.hostile import ATTACKS, FOREIGN

TAGS = set("p h2 h3 blockquote ul ol li a em strong sup sub abbr cite q br hr span bdi i b".split())
ATTRIBUTES = {"a": {"href", "hreflang"}, "abbr": {"title"}, "span": {"class"}}

ALL_THAT_IS_ALLOWED = (
    '<h2>Head</h2><h3>Less</h3><p lang="ar" dir="rtl">نص <em>a</em> <strong>b</strong> <sup>c</sup><sub>d</sub> <cite>e</cite> <q>f</q><br>'
    '<bdi>g</bdi> <i>h</i> <b>i</b> <abbr title="United Nations">UN</abbr> <span class="sic">[sic]</span> <span lang="es" dir="ltr">j</span>'
    ' <span class="pull">k</span>'
    ' <a href="https://example.org/a?b=c&amp;d=e#f" hreflang="es">k</a></p><blockquote><p>l</p></blockquote><ul><li>m</li></ul><ol><li>n</li></ol><hr>'
)


def _elements(html: str) -> list[tuple[str, dict[str, str]]]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [(each.tag if isinstance(each.tag, str) else "comment", dict(each.attrib)) for each in tree.iter()][1:]


def assert_safe(clean: str) -> None:
    """A browser's own parser finds nothing but what a report may hold."""
    for tag, attributes in _elements(clean):
        assert tag in TAGS
        for name, value in attributes.items():
            assert name in {"lang", "dir"} | ATTRIBUTES.get(tag, set())
            assert name not in ("href", "cite") or is_safe_link(value)
            assert name != "class" or value in ("sic", "pull", "sic pull", "pull sic")
            assert name != "dir" or value in ("ltr", "rtl", "auto")
            assert name not in ("lang", "hreflang") or re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value)
    assert sanitise(clean) == clean


def test_all_that_a_report_may_hold_stays_to_the_letter():
    assert sanitise(ALL_THAT_IS_ALLOWED) == ALL_THAT_IS_ALLOWED


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_comes_through_and_a_second_pass_changes_nothing(attack):
    assert_safe(sanitise(attack))
    assert_safe(sanitise(f"<p>before {attack} after</p>"))
    assert_safe(sanitise(f'<blockquote><a href="https://a.test">{attack}</blockquote><table><td>{attack}'))


@pytest.mark.parametrize("link", FOREIGN)
def test_a_link_that_leads_elsewhere_than_it_says_loses_its_address(link):
    assert sanitise(f'<p><a href="{link}">a</a></p>') == "<p><a>a</a></p>"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org", "HTTP://EXAMPLE.ORG/Ä?x=1", "https://[2001:db8::1]:8443/", "/reports/2023/10/a/", "/",
        "#note-1", "mailto:a@example.org?subject=b",
    ],
)  # fmt: skip
def test_a_link_that_leads_where_it_says_stays(link):
    assert sanitise(f'<p><a href=" {link} ">a</a></p>') == f'<p><a href="{link}">a</a></p>'


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a</p>\r\n\r\n <p>b</p>\n", "<p>a</p><p>b</p>"),
        ("<p></p><p>&nbsp;</p><ul><li></li></ul><blockquote><p> <br></p></blockquote>", ""),
        ("<h1>One</h1>two<h5>three</h5>", "One two three"),
        ("<table><tr><td>one<td>two</table>", "one two"),
        ("<p><span>a <span class='sic'>[sic]</span></span> b</p>", '<p>a <span class="sic">[sic]</span> b</p>'),
        ("<p DIR=RTL LANG=ar>a</p>", '<p dir="rtl" lang="ar">a</p>'),
        ("<!-- a --><p>b<!-- c -->d</p>", "<p>bd</p>"),
        ("<p>cafe\u0301\x0b\x7f\ufffe 5 < 6 & 7</p>", "<p>café 5 &lt; 6 &amp; 7</p>"),
        ("<p>“He go [sic] to  the\u00a0market”</p>", "<p>“He go [sic] to  the&nbsp;market”</p>"),
        ("<i>" * 300 + "deep" + "</i>" * 300, "<p>deep</p>"),
        ("<b></x>" * 300 + "deep", "<p>deep</p>"),
    ],
)
def test_what_is_not_kept_leaves_its_words(html, clean):
    assert sanitise(html) == clean


PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in sorted(TAGS)), *(f"</{tag}>" for tag in sorted(TAGS)), *ATTACKS, "<table>", "<td>", "<svg>",
        "<math>", "<style>", "<!--", "-->", "<a href=/x>", "<span class=sic>", "<p lang=ar dir=rtl>", " ", "\n", "&nbsp;",
        "&lt;", "&", "<", ">", '"', "'", "=", "\u0338", "\u0301", "a", "\x00", "]]>",
    ]
)  # fmt: skip


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join))
def test_whatever_comes_in_safe_html_goes_out_and_stays_as_it_is(html):
    assert_safe(sanitise(html))


@pytest.mark.parametrize(
    "piece",
    [
        "<a ", "<b a='x", "<b></x>", '<b title="</b>">', "<b><!--</b>-->", "<i><b></i>", "<!--", "<p><b>", "<ul><li>",
        "<span>", "<table><td>", "\n ", "\u0301\u0323", "&#x301;", "&&&&&&&&&&&&&&&&&&&&&&&&", "&nbsp;&nbsp;&nbsp;&nbsp;",
    ],
)  # fmt: skip
def test_hostile_lengths_take_no_longer_than_their_length(piece):
    begun = time.process_time()

    clean = sanitise(piece * 40_000)

    assert time.process_time() - begun < 6  # the square of it took minutes
    assert sanitise(clean) == clean


@pytest.mark.parametrize("figures", ["9" * 5000, "0" * 5000 + "65"])
def test_a_reference_of_thousands_of_figures_is_no_fault(figures, capsys):
    assert sanitise(f'<p><a href="/&amp;#{figures};">a</a></p>').endswith(">a</a></p>")
    assert capsys.readouterr().err == ""
