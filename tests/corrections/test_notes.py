"""Notes beside a live text: without a change of it, in place of an earlier one; and how readers and machines learn of them."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import feedparser
import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.corrections.models import Correction
from articles.editions.models import Edition, EditionCorrection, EditionVersion
from articles.reports.models import Report, Revision
from articles.stamp.number import current
from articles.workflow import actions, noting, publication
from articles.workflow.refusals import Refused
from tests import factories
from tests.admin.browserless import fields_of
from tests.invariants.raw import insert, raw_row, refused

pytestmark = pytest.mark.django_db
SORRY = "We published a name that was not ours to publish. We are sorry."
AT = "{http://purl.org/atompub/tombstones/1.0}"


@pytest.fixture
def live(reporter, editor, publisher):
    return factories.live(reporter, editor, publisher)


def rows():
    kinds = (Report, Revision, Correction, EditionCorrection, Edition, EditionVersion, AuditEvent)
    return current(), [list(kind.objects.order_by("pk").values()) for kind in kinds]


def says_no(report, match, **given):
    before = rows()
    with pytest.raises(Refused, match=match):
        noting.add_note(report, **given)
    assert rows() == before


@pytest.mark.parametrize(("kind", "position"), [("apology", "bottom"), ("clarification", "top"), ("retraction", "bottom")])
def test_a_note_stands_at_its_place_beside_a_text_that_stays(live, publisher, reporter, kind, position):
    actions.save(Report.objects.get(), by=reporter, headline="Being written on")
    before = Edition.objects.values("body", "headline", "content_hash").get()

    noting.add_note(live, by=publisher, change=kind, correction=f" {SORRY} ", position=position)

    note, edition = Correction.objects.get(), Edition.objects.get()
    assert (note.kind, note.text, note.position, note.from_revision) == (kind, SORRY, position, note.to_revision)
    assert Edition.objects.values("body", "headline", "content_hash").get() == before
    assert (edition.corrected_at, edition.updated_at, EditionVersion.objects.count()) == (note.published_at, note.published_at, 1)
    page = Client().get(live.path).text
    main = page.partition("<main")[2]
    assert (main.index(SORRY) < main.index("Two families were told")) == (position == "top" or kind == "retraction")
    assert ("<title>Retracted: " in page) == (kind == "retraction")
    changes = Client().get(f"{live.path}changes/").text
    assert SORRY in changes and changes.count("<li value=") == 1 and "was repaired" not in changes
    assert SORRY in Client().get("/corrections/").text
    assert AuditEvent.objects.order_by("-seq")[0].verb == "add_note"
    assert "Being written on" not in page + changes


def test_a_note_is_refused_with_a_sentence(live, publisher, editor):
    given = {"by": publisher, "change": "apology", "correction": SORRY}
    says_no(live, "needs the role", **given | {"by": editor})
    says_no(live, "Say what this is", **given | {"change": "silent"})
    says_no(live, "a sentence is needed", **given | {"correction": " \x00"})
    says_no(live, "under 2,000", **given | {"correction": "x" * 2001})
    says_no(live, "above the text or below", **given | {"position": "middle"})
    says_no(live, "Somebody else changed", **given | {"version": live.lock_version - 1})
    says_no(live, "text that turns|direction|hidden|sign", **given | {"correction": "A\u202etext that turns."})
    for supersedes in ("x", "0" * 32, "\x00"):
        says_no(live, "Choose a note of this report", **given | {"supersedes": supersedes})
    publication.withdraw(live, by=publisher, reason="Asked.")
    says_no(live, "This can be done when", **given)


def test_a_correction_of_a_correction_shows_both(live, publisher, reporter, editor):
    first = noting.add_note(live, by=publisher, change="correction", correction="They were four.")
    second = noting.add_note(live, by=publisher, change="correction", correction="They were three.", supersedes=str(first.uuid))

    assert second.supersedes == first and list(noting.standing(live)) == [second]
    for path in (live.path, "/corrections/", f"{live.path}changes/"):
        page = Client().get(path).text
        assert page.count("Replaced by the note of") == page.count("This replaces the note of") == 1, path
        assert "They were four." in page and "They were three." in page
    says_no(live, "was replaced already", by=publisher, change="correction", correction="x", supersedes=str(first.uuid))
    other = factories.live(reporter, editor, publisher, headline="Another")
    says_no(other, "Choose a note of this report", by=publisher, change="update", correction="x", supersedes=str(second.uuid))
    retraction = noting.add_note(live, by=publisher, change="retraction", correction="We do not stand by it.")
    says_no(live, "A retraction is for good", by=publisher, change="update", correction="x", supersedes=str(retraction.uuid))


def test_the_database_lets_a_note_replace_one_of_its_own_report_once(live, publisher, reporter, editor):
    first = noting.add_note(live, by=publisher, change="correction", correction="They were four.")
    other = factories.live(reporter, editor, publisher, headline="Another")
    foreign = noting.add_note(other, by=publisher, change="correction", correction="Elsewhere.")
    row = raw_row(
        "articles_correction", "uuid = %s", [first.uuid.hex if len(str(raw_row("articles_correction")["uuid"])) == 32 else first.uuid]
    )
    row = {name: value for name, value in row.items() if name != "id"} | {"uuid": "1" * 32}
    refused(*insert("articles_correction", row | {"supersedes_id": foreign.pk}), match="same report")
    noting.add_note(live, by=publisher, change="correction", correction="They were three.", supersedes=str(first.uuid))
    refused(*insert("articles_correction", row | {"supersedes_id": first.pk}))
    shown = raw_row("articles_editioncorrection", "text = 'They were four.'")
    refused(*insert("articles_editioncorrection", shown | {"uuid": "2" * 32}), match="desk decided")


def test_a_publisher_adds_and_replaces_notes_with_the_desk_s_form(live, as_user, publisher, reporter, editor):
    client, address = as_user(publisher), f"/desk/articles/report/{live.pk}"
    page = client.get(f"{address}/change/").text
    assert (
        'name="add_note-change"' in page
        and "add_note-supersedes" not in page
        and 'value="silent"' not in page.partition("move-add_note")[2].partition("move-")[0]
    )
    fields = fields_of(page) | {"add_note-change": ["apology"], "add_note-correction": [SORRY], "add_note-position": ["bottom"]}

    assert client.post(f"{address}/act/add_note/", fields).status_code == 302

    note = Correction.objects.get()
    fields = fields_of(client.get(f"{address}/change/").text)
    fields |= {"add_note-change": ["apology"], "add_note-correction": ["Better said."], "add_note-supersedes": [str(note.uuid)]}
    assert client.post(f"{address}/act/add_note/", fields).status_code == 302
    assert Correction.objects.get(text="Better said.").supersedes == note
    before = rows()
    forged = client.post(f"{address}/act/add_note/", fields | {"add_note-seen_version": [str(Report.objects.get().lock_version)]})
    assert forged.status_code == 400 and rows() == before  # that note was replaced already


@pytest.mark.parametrize("address", ["/corrections/feed.rss", "/corrections/feed.atom"])
def test_corrections_have_a_feed_that_outlives_their_reports(live, publisher, address):
    assert not feedparser.parse(Client().get(address).content).entries
    noting.add_note(live, by=publisher, change="correction", correction="Three & <four> families.\x0b")
    answer = Client().get(address)
    ET.fromstring(answer.content)
    feed = feedparser.parse(answer.content)
    note = Correction.objects.get()
    assert [(each.id, each.title, each.link) for each in feed.entries] == [
        (f"urn:uuid:{note.uuid}", f"Correction: {live.headline}", f"http://testserver{live.path}")
    ]
    assert "Three &amp; &lt;four&gt; families." in answer.text
    assert f'href="{address}"' in Client().get(
        "/corrections/"
    ).text and f'type="application/{address[-4:].strip(".")}+xml" href="{address}"' in (Client().get("/corrections/").text)
    publication.withdraw(live, by=publisher, reason="Asked.")
    gone = feedparser.parse(Client().get(address).content).entries[0]
    assert (gone.title, gone.link) == ("Correction", "http://testserver/corrections/")
    assert feedparser.parse(Client().get(f"/ar{address}").content).entries == []


def test_the_page_of_corrections_leads_to_their_feeds(live, publisher):
    page = Client().get("/corrections/").text
    for form, media_type in (("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json")):
        address = f"/corrections/feed.{form}"
        assert Client().get(address).headers["Content-Type"].startswith(media_type)
        assert f'type="{media_type}" href="{address}"' in page.partition("</head>")[0]
        assert f'<a href="{address}">' in page.partition("</head>")[2]


@pytest.mark.parametrize("verb", ["withdraw", "take_down"])
def test_what_is_taken_back_leaves_its_id_in_the_atom_feed_and_nothing_else(live, publisher, verb):
    assert b"deleted-entry" not in Client().get("/feed.atom").content
    at = live.published_at + dt.timedelta(seconds=90)
    getattr(publication, verb)(live, by=publisher, reason="Somebody is in danger.", at=at)

    answer = Client().get("/feed.atom")

    feed = ET.fromstring(answer.content)
    tombs = [(each.attrib, each.text, list(each)) for each in feed.iter(f"{AT}deleted-entry")]
    assert tombs == [({"ref": f"urn:uuid:{live.uuid}", "when": f"{at:%Y-%m-%dT%H:%M:%SZ}"}, None, [])]
    assert "families" not in answer.text and live.slug not in answer.text and "danger" not in answer.text
    assert feed.find("{http://www.w3.org/2005/Atom}updated").text == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert b"deleted-entry" not in Client().get("/ar/feed.atom").content and str(live.uuid) not in Client().get("/feed.rss").text
    if verb == "withdraw":
        publication.publish(Report.objects.get(), by=publisher)
        assert b"deleted-entry" not in Client().get("/feed.atom").content


def test_links_and_forms_that_changed_are_told(live, reporter, editor, publisher):
    body = '<p>Two <strong>families</strong> were told to leave the <a href="https://example.org/valley">valley</a> by Friday.</p><h2>After</h2>'
    report = actions.save(Report.objects.get(), by=reporter, body=body)
    actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")

    page = Client().get(f"{live.path}changes/").text

    told = re.sub(r"<[^>]+>", "", page.partition('id="changes-h"')[2].partition("</section>")[0])
    assert "link added: https://example.org/valley" in told and "added: Bold" in told
    assert '<span class="changed__form"><strong>families</strong></span>' in page and "<ins>After</ins>" in page
    assert 'href="https://example.org/valley"' not in page
