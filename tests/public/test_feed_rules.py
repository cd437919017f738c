"""Feeds held to the rules that the W3C's validator and JSON Feed's specification have, for every subject, extent and form."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from articles.images.actions import add
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
ATOM, CONTENT, MEDIA, TERMS = (
    "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}", "{http://search.yahoo.com/mrss/}", "{http://purl.org/dc/terms/}"
)  # fmt: skip
FOLDERS = ("/", "/regions/nigeria/", "/regions/africa/", "/tags/law/", "/authors/a-name/", "/reports/kind/urgent-action/")
RELATIVE = re.compile(r"""(?:href|src)=["'](?!https?://|mailto:|tel:|#)""")
MOMENT = re.compile(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
BODY = '<p>See <a href="/about/">who we are</a> and <a href="https://example.org/?a=1&amp;b=2">them</a>.</p><p lang="ar" dir="rtl">نص</p>'


@pytest.fixture
def rich(reporter, editor, second_editor, publisher):
    """Two reports under one of each subject: one with all that an item may have, corrected; one bare, in the organisation's name."""
    about = {
        "kind": "urgent action", "tags": [Tag.objects.create(name="Law & <order>", slug="law")], "byline_mode": "named",
        "credits": [{"byline": Byline.objects.create(name="A. Name", slug="a-name")}],
    }  # fmt: skip
    pictures = [
        {"image": add(photograph(70), by=reporter, credit="Drawn <here>"), "alt": 'A "valley"', "caption": "At dusk & after", "lead": True},
        {"image": add(photograph(90), by=reporter), "alt": "A road"},
    ]
    report = factories.live(
        reporter, editor, publisher, headline="Two <families> & a valley", body=BODY, images=pictures, call_to_action="Write & ask",
        backstory="We asked & waited.",
        citations=[{"title": "Order <4>", "publisher": "Office", "address": "https://example.org/4"}],
        at=dt.datetime(2024, 2, 29, 23, 30, tzinfo=dt.UTC), **about,
    )  # fmt: skip
    factories.live(reporter, editor, publisher, headline="Bare", kind="urgent action", tags=about["tags"], byline_mode="organisation")
    changed = actions.approve(actions.submit(actions.save(report, by=reporter, standfirst="Ten."), by=reporter), by=second_editor)
    publication.publish_update(changed, by=publisher, change="correction", correction="It was <ten> & not nine.")
    return report


def addresses(form):
    return [f"{folder}{extent}.{form}" for folder in FOLDERS for extent in ("feed", "summary")] + [f"/corrections/feed.{form}"]


def answer(address, type_):
    response = Client().get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, f"{type_}; charset=utf-8"), address
    return response


def absolute(address):
    split = urlsplit(address)
    return bool(split.scheme in ("http", "https") and split.netloc)


def test_rss_keeps_the_rules(rich):
    for address in addresses("rss"):
        channel = ET.fromstring(answer(address, "application/rss+xml").content)[0]
        assert [len(channel.findall(name)) for name in ("title", "link", "description", "language")] == [1, 1, 1, 1], address
        own = [each.attrib for each in channel.findall(f"{ATOM}link") if each.get("rel") == "self"]
        assert own == [{"href": f"{SITE}{address}", "rel": "self", "type": "application/rss+xml"}]
        items = channel.findall("item")
        assert items and len({item.findtext("guid") for item in items}) == len(items)
        for item in items:
            assert item.find("guid").attrib == {"isPermaLink": "false"} and item.findtext("guid").startswith("urn:uuid:")
            assert absolute(item.findtext("link")) and item.findtext("title") and item.findtext("description")
            assert parsedate_to_datetime(item.findtext("pubDate")) <= timezone.now()
            assert len(item.findall("enclosure")) <= 1
            for each in item.findall("enclosure"):
                assert absolute(each.get("url")) and int(each.get("length")) > 0 and each.get("type") == "image/jpeg"
            if not address.startswith("/corrections"):
                assert MOMENT.match(item.findtext(f"{TERMS}modified"))
                full = item.findtext(f"{CONTENT}encoded")
                assert bool(full) == ("/feed." in address) and not RELATIVE.search(full or "")


def test_atom_keeps_the_rules(rich):
    for address in addresses("atom"):
        feed = ET.fromstring(answer(address, "application/atom+xml").content)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        assert absolute(feed.findtext(f"{ATOM}id")) and feed.findtext(f"{ATOM}title") and feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{SITE}{address}" and absolute(links["alternate"])
        entries = feed.findall(f"{ATOM}entry")
        assert entries and len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        newest = max(entry.findtext(f"{ATOM}updated") for entry in entries)
        assert feed.findtext(f"{ATOM}updated") == newest <= f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"
        for entry in entries:
            assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:") and entry.findtext(f"{ATOM}title")
            assert MOMENT.match(entry.findtext(f"{ATOM}published")) and MOMENT.match(entry.findtext(f"{ATOM}updated"))
            assert all(absolute(each.get("href")) for each in entry.findall(f"{ATOM}link"))
            assert len([each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "alternate"]) == 1
            content = entry.find(f"{ATOM}content")
            assert (content is not None) == ("/feed." in address) and not (content is not None and RELATIVE.search(content.text))
            assert content is not None or entry.findtext(f"{ATOM}summary")


def test_json_feed_keeps_the_rules(rich):
    for address in addresses("json"):
        feed = json.loads(answer(address, "application/feed+json").content)
        assert (feed["version"], feed["feed_url"], feed["language"]) == ("https://jsonfeed.org/version/1.1", f"{SITE}{address}", "en")
        assert feed["title"] and absolute(feed["home_page_url"]) and feed["items"]
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
        for item in feed["items"]:
            assert item["id"].startswith("urn:uuid:") and absolute(item["url"]) and MOMENT.match(item["date_published"])
            assert ("content_html" in item) != ("content_text" in item)
            assert ("content_html" in item) == ("/feed." in address and not address.startswith("/corrections"))
            assert not RELATIVE.search(item.get("content_html", ""))


def test_an_item_has_all_that_the_report_shows_in_every_form(rich):
    item = next(each for each in ET.fromstring(Client().get("/feed.rss").content).iter("item") if each.findtext("title") != "Bare")
    entry = next(each for each in ET.fromstring(Client().get("/feed.atom").content).iter(f"{ATOM}entry") if each[1].text != "Bare")
    jsoned = next(each for each in Client().get("/feed.json").json()["items"] if each["title"] != "Bare")
    text = jsoned["content_html"]
    assert item.findtext(f"{CONTENT}encoded") == entry.findtext(f"{ATOM}content") == text
    assert (text.count("<figure>"), text.count("<img"), text.count(f'src="{SITE}/media/')) == (2, 2, 2)
    for part in (f'href="{SITE}/about/"', "It was &lt;ten&gt; &amp; not nine.", "Drawn &lt;here&gt;", "Order &lt;4&gt;", "Write &amp; ask"):
        assert part in text
    pictures = item.findall(f"{MEDIA}content")
    assert [each.findtext(f"{MEDIA}credit") for each in pictures] == ["Drawn <here>", None]
    enclosed = item.find("enclosure").attrib
    linked = next(each.attrib for each in entry.findall(f"{ATOM}link") if each.get("rel") == "enclosure")
    assert (linked["href"], linked["length"], linked["type"]) == (enclosed["url"], enclosed["length"], "image/jpeg")
    assert jsoned["image"] == enclosed["url"] == pictures[0].get("url")
    assert len(Client().get(urlsplit(enclosed["url"]).path).content) == int(enclosed["length"])
    assert {name: jsoned[name] for name in ("title", "summary", "authors", "tags", "language")} == {
        "title": "Two <families> & a valley",
        "summary": "Ten.",
        "authors": [{"name": "A. Name", "url": f"{SITE}/authors/a-name/"}],
        "tags": ["Nigeria", "Law & <order>"],
        "language": "en",
    }


def test_a_feed_is_named_after_its_subject_and_leads_to_its_page(rich):
    for folder, name, page in (
        ("/regions/africa/", "Africa", "/regions/africa/"),
        ("/tags/law/", "Law & <order>", "/tags/law/"),
        ("/authors/a-name/", "A. Name", "/authors/a-name/"),
        ("/reports/kind/urgent-action/", "Urgent action", "/reports/?kind=urgent+action"),
    ):
        feed = Client().get(f"{folder}feed.json").json()
        assert (feed["title"], feed["home_page_url"]) == (f"{name} – Newsroom", f"{SITE}{page}")
        head = Client().get(page).text
        assert [form for form in ("rss", "atom", "json") if f'href="{folder}feed.{form}" title="' in head] == ["rss", "atom", "json"]


def test_a_subject_without_reports_answers_as_any_random_address(rich, publisher):
    random = Client().get("/no-such-page/")
    for address in (
        "/regions/kenya/feed.rss", "/regions/nowhere/feed.atom", "/tags/unused/summary.json", "/authors/nobody/feed.rss", "/es/tags/law/feed.rss",
        "/reports/kind/opinion/feed.rss", "/reports/kind/page/feed.rss", "/reports/kind/nothing/feed.json", "/feed.xml", "/feeds.rss",
    ):  # fmt: skip
        found = Client().get(address)
        assert (found.status_code, found.content == random.content or address.startswith("/es/")) == (404, True), address
    publication.withdraw(rich, by=publisher, reason="Asked by the family.")
    assert Client().get("/authors/a-name/feed.rss").status_code == 404


def test_what_was_taken_back_is_named_in_every_atom_feed_of_its_language_and_shown_in_none(rich, publisher):
    publication.withdraw(rich, by=publisher, reason="Asked by the family.")
    tomb, id_ = f'<at:deleted-entry ref="urn:uuid:{rich.uuid}"', str(rich.uuid)
    for form in ("rss", "atom", "json"):
        for folder in ("/", "/tags/law/", "/regions/nigeria/"):
            for extent in ("feed", "summary"):
                text = Client().get(f"{folder}{extent}.{form}").text
                assert (text.count(tomb), text.count(id_), "Bare" in text) == (int(form == "atom"), int(form == "atom"), True)
