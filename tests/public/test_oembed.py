"""oEmbed: a card of our own live reports, and no word of anything else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from urllib.parse import urlencode, urlsplit

import html5lib
import pytest
from django.test import Client

from articles.images.actions import add
from articles.workflow import actions, publication
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def ask(url, **words):
    return Client().get(f"/oembed?{urlencode({'url': url, **words})}")


@pytest.fixture
def report(reporter, editor, publisher):
    pictures = [{"image": add(photograph(70), by=reporter), "alt": "A valley", "lead": True}]
    return factories.live(
        reporter, editor, publisher, headline="Two <families> & a valley", standfirst="Ten </blockquote> & more.", images=pictures
    )


def test_a_page_leads_to_its_card_and_the_card_back_to_the_page(report):
    page = Client().get(report.path).text
    address = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)[1].replace("&amp;", "&")
    card = Client().get(address.removeprefix(SITE)).json()
    html = card.pop("html")
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert html == (
        f'<blockquote cite="{SITE}{report.path}" lang="en" dir="ltr"><p><a href="{SITE}{report.path}">Two &lt;families&gt; &amp; a valley</a></p>'
        "<p>Ten &lt;/blockquote&gt; &amp; more.</p><p>— Newsroom</p></blockquote>"
    )
    assert Client().get(urlsplit(card.pop("thumbnail_url")).path).status_code == 200
    assert card == {
        "version": "1.0", "type": "rich", "title": "Two <families> & a valley", "provider_name": "Newsroom", "provider_url": f"{SITE}/",
        "width": 600, "height": None, "thumbnail_width": 64, "thumbnail_height": 48,
    }  # fmt: skip


def test_a_card_in_xml_says_the_same(report):
    answer = ask(f"{SITE}{report.path}", format="xml", maxwidth="300")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    told = {each.tag: each.text for each in ET.fromstring(answer.content)}
    card = ask(f"{SITE}{report.path}", format="json", maxwidth="300").json()
    assert told == {name: str(value) for name, value in card.items() if value is not None} and told["width"] == "300"


@pytest.mark.parametrize(("asked", "given"), [("", 600), ("9999", 600), ("0", 600), ("-5", 600), ("٣", 600), ("x", 600), ("100000", 600)])
def test_an_odd_width_is_no_width(report, asked, given):
    assert ask(f"{SITE}{report.path}", maxwidth=asked).json()["width"] == given


def test_an_address_that_moved_has_the_card_of_where_it_moved_to(report, reporter, editor, publisher):
    actions.approve(actions.submit(actions.save(report, by=reporter, slug="second"), by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")
    assert f'cite="{SITE}{report.path.rsplit("/", 2)[0]}/second/"' in ask(f"{SITE}{report.path}").json()["html"]


def test_all_else_answers_as_any_random_address(report, reporter, editor, publisher):
    drafted = factories.draft(reporter, slug="a-draft", headline="Draft")
    page = factories.live(reporter, editor, publisher, kind="page", headline="About", slug="about", regions=[], dateline_region=None)
    taken = factories.live(reporter, editor, publisher, headline="Taken", slug="taken")
    publication.withdraw(taken, by=publisher, reason="Asked by the family.")
    random = Client().get("/no-such-page/")
    urls = [
        f"{SITE}/reports/2026/03/{drafted.slug}/", f"{SITE}{taken.path}", f"{SITE}{page.path}", f"{SITE}/reports/2026/03/nothing/", f"{SITE}/", "",
        f"https://elsewhere.example{report.path}", f"//testserver{report.path}", report.path, f"file://testserver{report.path}",
        f"http://user@testserver{report.path}", f"{SITE}{report.path}\x00", "http://[", f"{SITE}/{'x' * 300}",
    ]  # fmt: skip
    answers = [ask(url) for url in urls] + [Client().get("/oembed"), ask(f"{SITE}{report.path}", format="yaml")]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert {answer.content for answer in answers} == {random.content}
    assert {str(answer.headers) for answer in answers} == {str(random.headers)}
