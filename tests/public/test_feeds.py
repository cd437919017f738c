"""RSS and Atom as a feed reader takes them."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import feedparser
import pytest
from django.test import Client

from articles.identity.actions import change_text
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db
HOSTILE = "]]> &amp; <b>\x0b\x1f\ufffe\uffff </title> “q” \U0001f54a"
SHOWN = "]]> &amp; <b> </title> “q” \U0001f54a"
FEEDS = ("/feed.rss", "/feed.atom")


def parsed(address):
    answer = Client().get(address)
    ET.fromstring(answer.content)
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]}, sanitize_html=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


@pytest.fixture
def reports(reporter, editor, publisher):
    body = '<p>See <a href="/about/">who we are</a> and <a href="https://example.org/">them</a>.</p><p>Second paragraph.</p>'
    tag = Tag.objects.create(name=f"Law {HOSTILE}"[:90].replace("\x0b", ""), slug="law")
    byline = Byline.objects.create(name="A. Name & Co <x>", slug="a-name")
    old = dt.datetime(2024, 2, 29, 23, 30, tzinfo=dt.UTC)
    english = factories.live(
        reporter,
        editor,
        publisher,
        at=old,
        headline="Old & <odd>",
        body=body,
        tags=[tag],
        credits=[{"byline": byline}],
        byline_mode="named",
    )
    newer = factories.live(reporter, editor, publisher, at=old + dt.timedelta(days=9), headline="Newer")
    arabic = actions.create(
        by=reporter, language="ar", translation_group=english.translation_group, headline="عائلتان تُجبران على الرحيل", body="<p>نص.</p>",
        dateline_on=dt.date(2024, 3, 1), dateline_region=factories.region(), regions=[factories.region()],
    )  # fmt: skip
    publication.publish(actions.approve(actions.submit(arabic, by=reporter), by=editor), by=publisher, first_published_at=old)
    return english, newer, arabic


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_carries_the_newest_reports_in_full(reports, address):
    english, newer, _arabic = reports
    feed = parsed(address)
    assert [(entry.id, entry.title, entry.link) for entry in feed.entries] == [
        (f"urn:uuid:{newer.uuid}", "Newer", f"http://testserver{newer.path}"),
        (
            f"urn:uuid:{english.uuid}",
            "Old & <odd>",
            f"http://testserver{english.path}",
        ),
    ]
    old = feed.entries[1]
    assert old.published_parsed[:5] == (2024, 2, 29, 23, 30)
    assert 'href="http://testserver/about/"' in old.content[0].value and "Second paragraph." in old.content[0].value
    assert old.author == "A. Name & Co <x>"
    assert 'href="/' not in Client().get(address).text.replace("&quot;", '"')
    assert {each["href"] for each in feed.feed.links} == {"http://testserver/", f"http://testserver{address}"}


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_speaks_one_language_and_says_which(reports, address):
    _english, _newer, arabic = reports
    feed = parsed(f"/ar{address}")
    assert [entry.id for entry in feed.entries] == [f"urn:uuid:{arabic.uuid}"]
    assert feed.feed.language == "ar"
    assert feed.feed.link == "http://testserver/ar/"
    assert parsed(f"/es{address}").entries == []


def test_a_feed_changes_when_an_old_report_does(reports, reporter, editor, publisher):
    english, _newer, _arabic = reports
    at = dt.datetime(2026, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    actions.approve(actions.submit(actions.save(english, by=reporter, headline="Old, repaired"), by=reporter), by=editor)
    publication.publish_update(english, by=publisher, change="silent", at=at)
    atom, rss = parsed("/feed.atom"), parsed("/feed.rss")
    assert atom.feed.updated == "2026-05-06T07:08:09Z"
    assert rss.feed.updated == "Wed, 06 May 2026 07:08:09 GMT"
    assert [(entry.title, entry.updated[:10]) for entry in atom.entries] == [("Newer", "2024-03-09"), ("Old, repaired", "2026-05-06")]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_well_formed_whatever_was_pasted(reporter, editor, publisher, address):
    by = machine(COMMAND_LINE)
    change_text("en", by=by, name=HOSTILE, tagline=HOSTILE)
    factories.live(reporter, editor, publisher, headline=HOSTILE, standfirst=HOSTILE, body=f"<p>{HOSTILE}</p>", dateline_place=HOSTILE)
    feed = ET.fromstring(Client().get(address).content)
    titles = [each.text for each in feed.iter() if each.tag.rpartition("}")[2] == "title"]
    assert titles == [SHOWN, SHOWN]


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_a_feed(db, address):
    assert parsed(address).entries == []


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_that_has_the_feed_is_told_so(reports, address):
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
