"""A report's page, joined from its pieces."""

from __future__ import annotations

from articles.editions.page import assemble
from articles.identity.shell import ShellPieces


def test_a_page_marks_the_section_the_reader_is_in():
    shell = ShellPieces(
        stamp=1,
        site_name="x",
        tagline="",
        before_head="<head>",
        before_main='</head><a href="/reports/">R</a><a href="/regions/">G</a>',
        after_main="</body>",
    )
    html = assemble(shell, "<title>x</title>", "<main></main>", section="/reports/").decode()
    assert html == '<head><title>x</title></head><a href="/reports/" aria-current="page">R</a><a href="/regions/">G</a><main></main></body>'
