"""Every kind of public page: valid HTML, one heading of the first rank, no script, light."""

from __future__ import annotations

import re

import html5lib
import pytest

from articles.workflow import publication
from tests import factories

pytestmark = pytest.mark.django_db

PATHS = [
    "",
    "reports/",
    "reports/?kind=news",
    "reports/?kind=opinion",
    "regions/",
    "tags/",
    "search/",
    "search/?q=valley",
    "search/?q=nothing-at-all",
]
PATHS += ["corrections/", "press/", "nothing/here/", "regions/nigeria/", "reports/2026/"]
WORDS = "Two families were told to leave the valley by Friday, and nobody said where to. "


@pytest.fixture
def reports(reporter, editor, publisher):
    english = factories.live(reporter, editor, publisher)
    factories.live(reporter, editor, publisher, language="ar", headline="عائلتان تُجبران على الرحيل", dateline_place="")
    return english


def page_of(client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("prefix", ["/", "/es/", "/ar/"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_valid_html_with_one_first_heading_and_no_script(client, reports, prefix, path):
    html = page_of(client, prefix + path)
    html5lib.HTMLParser(strict=True).parse(html)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.findall(r"<script\b(?! type=\"application/ld\+json\")|\son\w+=|\sstyle=|javascript:", html) == []
    assert html.count("<main ") == html.count("<header ") - html.count('<header class="cols"') == html.count("<footer ") == 1
    language = prefix.strip("/") or "en"
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html


def test_a_report_is_valid_html(client, reports):
    html5lib.HTMLParser(strict=True).parse(page_of(client, reports.path))


def test_each_id_stands_once_and_each_reference_leads_to_one(client, reports):
    for path in ["/", "/reports/", "/press/", "/search/?q=valley", reports.path]:
        html = page_of(client, path)
        ids = re.findall(r'\sid="([^"]+)"', html)
        wanted = re.findall(r'(?:aria-labelledby|for)="([^"]+)"', html) + re.findall(r'href="#([^"]+)"', html)
        assert (len(ids), [each for each in wanted if each not in ids]) == (len(set(ids)), []), path


def test_a_page_that_is_gone_says_nothing_of_it(client, reports, publisher):
    publication.withdraw(reports, by=publisher, reason="Asked by the family.")
    answer = client.get(reports.path)
    assert answer.status_code == 410
    assert "valley" not in answer.content.decode().replace(reports.path, "")
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
