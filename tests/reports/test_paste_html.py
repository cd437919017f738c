"""Pasted HTML: of mail programs, word processors and old sites. What lays a page out goes, the words and their emphasis stay."""

from __future__ import annotations

import pytest

from tests.reports.pasting import read

pytestmark = pytest.mark.django_db

ONE = "Police sealed the prayer hall on Sunday."
TWO = "“They was [sic] told to leave,” a neighbour said — and they did."
PLAIN = {"language": "en", "unsure": ["dateline_on", "headline", "region"], "body": f"<p>{ONE}</p><p>{TWO}</p>"}
LAOS = {"language": "en", "date": "2023-10-18", "region": "LA", "source": "Org", "body": f"<p>{ONE}</p><p>{TWO}</p>"}


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{ONE}</p><p>{TWO}</p>",
        f"<p>{ONE}<p>{TWO}",
        f"<div>{ONE}</div><div><br></div><div>{TWO}</div>",
        f"<div><div>{ONE}<div>{TWO}</div></div></div>",
        f"{ONE}<br><br>{TWO}<br><br>",
        f"{ONE}<br />\n<br />\n<br />{TWO}",
        f"<span>{ONE}</span>\n\n{TWO}",
        f"<table><tr><td>{ONE}</td><td>&nbsp;</td></tr><tr><td>{TWO}</td></tr></table>",
        f"<p>&nbsp;</p><p>&nbsp;{ONE.replace(' ', '&nbsp;')}&nbsp;</p><p>\u202f</p><p>{TWO}</p>",
        f"<P CLASS=MsoNormal>{ONE}<o:p></o:p></P><p style='margin:0'><![if !supportEmptyParas]>&nbsp;<![endif]></p><p class='MsoNormal'>{TWO}</p>",
        f"<html><head><title>Old site</title><style>p {{ color: red }}</style></head><body bgcolor=white><font face=Arial>{ONE}</font><p>{TWO}</body></html>",
        f"<!-- wp:paragraph --><p>{ONE}</p><!-- /wp:paragraph --><script>track('x')</script><p>{TWO}</p><hr>".removesuffix("<hr>"),
        f"<section><article><p>{ONE}</p><figure><img src=x.png></figure><p>{TWO}</p></article></section>",
        f"<pre>{ONE}\n\n{TWO}</pre>",
    ],
)  # fmt: skip
def test_paragraphs_are_found_however_they_were_made(html):
    assert read(html) == PLAIN


def test_emphasis_links_lists_and_quotations_stay_and_layout_goes():
    html = (
        "<h1>Prayer hall sealed</h1><p><strong>10/18/2023 Laos (Org) – </strong>Police <b>sealed</b> the "
        '<a href="https://example.org/a?b=1&amp;c=2" onclick="x()" style="color:red">hall</a> of <a href="/old/page">the valley</a>, '
        'they <span class="sic evil">was</span> told.</p><ul class="x"><li>one<li><p>two</p></ul>'
        "<blockquote>A word.<p>Another.</p></blockquote><h2>What the law says</h2><h4>And the court</h4><p>Nothing.</p>"
    )

    assert read(html) == {
        "language": "en",
        "headline": "Prayer hall sealed",
        "date": "2023-10-18",
        "region": "LA",
        "source": "Org",
        "body": (
            '<p>Police <b>sealed</b> the <a href="https://example.org/a?b=1&amp;c=2">hall</a> of <a>the valley</a>, '
            'they <span class="sic">was</span> told.</p><ul><li>one</li><li>two</li></ul>'
            "<blockquote><p>A word.</p><p>Another.</p></blockquote><h2>What the law says</h2><h3>And the court</h3><p>Nothing.</p>"
        ),
    }


@pytest.mark.parametrize(
    "head",
    [
        "<p>10/18/2023 Laos (Org) &#8211; ",
        "<p><b>10/18/2023 Laos</b> (Org) &ndash; ",
        "<p><em>10/18/2023 <a href='https://x.example/'>Laos</a> (Org)</em> – ",
        "<p>10/18/2023&nbsp;Laos&nbsp;(Org)&nbsp;–&nbsp;",
        "<p>10/18/2023 Laos (Org)</p><p>",
        "<div><strong>10/18/2023<br>Laos (Org) –<br></strong>",
    ],
)
def test_a_dateline_is_found_through_markup(head):
    assert read(f"{head}{ONE}</p><p>{TWO}</p>") == {**LAOS, "unsure": ["headline"]}


def test_menus_and_buttons_are_no_part_of_the_text_and_shown():
    html = f"<nav><ul><li>Home</li><li>Who we are</li></ul></nav><button>Donate</button><p>10/18/2023 Laos (Org) – {ONE}</p><p>{TWO}</p>"

    assert read(html) == {**LAOS, "unsure": ["headline"], "dropped": ["Home", "Who we are", "Donate"]}


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n{TWO}",
        f"{ONE}\r\n\r\n\r\n{TWO}\r\n",
        f"{ONE}\u2029{TWO}",
        f"{ONE}\n\u00a0\n{TWO}",
        f"{ONE}\n{TWO}",
        f"\ufeff{ONE}\n\n  {TWO}  ",
        f"> {ONE}\n>\n> {TWO}",
        f"{ONE.replace(' ', '&nbsp;')}\n\n{TWO.replace('“', '&#8220;')}",
        f"From: Desk <desk@example.org>\nTo: all@example.org\nSubject: For tomorrow\n\n{ONE}\n\n{TWO}",
    ],
)
def test_paragraphs_of_a_plain_text(text):
    found = read(text)
    found.pop("dropped", None)

    assert found == PLAIN


def test_the_head_of_a_mail_is_left_out_and_shown():
    text = f"---------- Forwarded message ---------\nFrom: Desk <desk@example.org>\nDate: 3 May 2024\nSubject: Laos\n\n10/18/2023 Laos (Org) – {ONE}\n\n{TWO}"

    assert read(text) == {
        **LAOS,
        "unsure": ["headline"],
        "dropped": ["---------- Forwarded message ---------", "From: Desk <desk@example.org>", "Date: 3 May 2024", "Subject: Laos"],
    }


def test_lines_that_a_mail_program_broke_are_joined_and_others_are_not():
    wrapped = (
        "LAGOS, Nigeria (Org) — Police in the north of the city sealed two prayer\n"
        "halls on Sunday morning, and took away the elders of one of them, said a\n"
        "neighbour who watched it from the roof of her house, and who asked that\n"
        "her name be kept back.\n"
        "The police said nothing.\n"
    )

    assert read(wrapped)["body"] == (
        "<p>Police in the north of the city sealed two prayer halls on Sunday morning, and took away the elders of one of them, said a "
        "neighbour who watched it from the roof of her house, and who asked that her name be kept back.</p><p>The police said nothing.</p>"
    )


def test_a_text_that_speaks_of_angle_brackets_is_no_html():
    assert read("He wrote to <elder@example.org> that 2 < 3 and that was it.")["body"] == (
        "<p>He wrote to &lt;elder@example.org&gt; that 2 &lt; 3 and that was it.</p>"
    )
