"""A report in the forms that others take over: every word a reader sees, nothing else, and the corrections with it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from articles.editions.models import Edition
from articles.editions.parts import load
from articles.identity.actions import change_identity
from articles.people.models import Byline
from articles.syndication.forms import as_html, as_markdown, as_text, escaped
from articles.syndication.ninjs import as_ninjs
from articles.syndication.piece import Piece, piece_of
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC)
BODY = (
    '<p>Two families left <a href="/regions/nigeria/">the valley</a> &amp; <em>one</em> stayed.</p><h2>What #1 says</h2>'
    '<blockquote><p>No paper<sup><a href="#n1">1</a></sup>.</p></blockquote><ul><li>First</li><li>Second</li></ul>'
)


def piece(report: Any) -> Piece:
    return piece_of(load(Edition.objects.select_related("dateline_region", "contact").get(uuid=report.uuid)))


@pytest.fixture
def report(reporter: Any, editor: Any, publisher: Any) -> Any:
    change_identity(by=publisher, organisation="Threshold", short_name="Threshold", founded=None, licence="CC BY 4.0")
    return factories.live(
        reporter, editor, publisher, at=AT, headline="Two *families* told to leave", body=BODY, byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A Name", slug="a-name")}],
        tags=[Tag.objects.create(name="Law", slug="law")],
        backstory="We asked *both* families.\n\nThe district did not answer.",
        citations=[{"title": "The order", "publisher": "Court", "address": "https://example.org/order"}, {"title": "Kept back", "public": False}],
    )  # fmt: skip


def test_plain_text_has_each_part_in_the_order_of_the_page(report: Any) -> None:
    assert as_text(piece(report)) == (
        "Two *families* told to leave\n\nThe order came on a Tuesday and named no reason.\n\nA Name\n\n"
        "March 4, 2026 Jos, Nigeria (Threshold) – Two families left the valley (http://testserver/regions/nigeria/) & one stayed.\n\n"
        "What #1 says\n\n    No paper[1].\n\n- First\n- Second\n\n"
        "How this was reported\n\nWe asked *both* families. The district did not answer.\n\nSources\n\n1. Court, The order. https://example.org/order\n\n###\n\n"
        f"First published by Threshold on March 5, 2026, 09:30 UTC: http://testserver{report_path(report)}\n\nLicence of the text: CC BY 4.0.\n"
    )


def test_markdown_shows_marks_of_the_text_as_they_are(report: Any) -> None:
    text = as_markdown(piece(report))
    assert text.startswith("# Two \\*families\\* told to leave\n\n**The order came on a Tuesday and named no reason.**\n\nA Name\n\n")
    assert (
        "left [the valley](http://testserver/regions/nigeria/) \\& *one* stayed.\n\n## What #1 says\n\n> No paper\\[1\\].\n\n- First\n- Second\n"
        in text
    )
    assert "## How this was reported\n\nWe asked \\*both\\* families. The district did not answer.\n\n## Sources" in text
    assert text.endswith(f"<http://testserver{report_path(report)}>\n\nLicence of the text: CC BY 4.0.\n")
    assert escaped("1. <b> _x_\n[y]") == "1\\. \\<b\\> \\_x\\_ \\[y\\]"


def test_html_to_paste_has_no_class_and_asks_for_nothing_from_us(report: Any) -> None:
    html = str(as_html(piece(report)))
    assert html.startswith('<article lang="en" dir="ltr">\n<h1>Two *families* told to leave</h1>\n')
    assert 'src="' not in html and "class=" not in html and "style=" not in html and "<script" not in html
    assert "<h2>How this was reported</h2>\n<p>We asked *both* families. The district did not answer.</p>\n<h2>Sources</h2>" in html
    assert "<p>March 4, 2026 Jos, Nigeria (Threshold) – Two families left" in html


def test_ninjs_names_only_what_version_2_1_knows(report: Any) -> None:
    made = json.loads(json.dumps(as_ninjs(piece(report))))
    known = {
        "uri", "type", "representationtype", "profile", "version", "firstcreated", "versioncreated", "contentcreated", "embargoed", "pubstatus", "urgency",
        "copyrightholder", "copyrightnotice", "usageterms", "ednote", "language", "descriptions", "bodies", "headlines", "people", "organisations", "places",
        "subjects", "events", "objects", "infosources", "title", "by", "slugline", "located", "renditions", "associations", "altids", "trustindicators",
        "standard", "genres", "expires", "rightsinfo",
    }  # fmt: skip
    assert set(made) <= known
    assert {name: made[name] for name in ("uri", "type", "pubstatus", "version", "by", "located", "firstcreated", "usageterms")} == {
        "uri": f"urn:uuid:{report.uuid}", "type": "text", "pubstatus": "usable", "version": "1", "by": "A Name", "located": "Jos, Nigeria",
        "firstcreated": "2026-03-05T09:30:00Z", "usageterms": "Licence of the text: CC BY 4.0.",
    }  # fmt: skip
    assert [each["contenttype"] for each in made["bodies"]] == ["text/html", "text/plain", "text/markdown"]
    assert made["places"] == [{"name": "Nigeria", "rel": "about", "uri": "http://testserver/regions/nigeria/", "literal": "NGA"}]
    assert made["infosources"] == [{"name": "Court", "literal": "The order", "uri": "https://example.org/order"}]
    assert [each["role"] for each in made["descriptions"]] == ["summary", "backstory"]
    assert "Kept back" not in json.dumps(made)


def test_what_is_withheld_stands_in_no_form(reporter: Any, editor: Any, publisher: Any) -> None:
    hidden = factories.live(
        reporter, editor, publisher, at=AT, dateline_mode="withheld", dateline_place="Secretville", byline_mode="withheld",
        credits=[{"byline": Byline.objects.create(name="Secret Name", slug="secret-name")}],
    )  # fmt: skip
    told = piece(hidden)
    forms = [as_text(told), as_markdown(told), str(as_html(told)), json.dumps(as_ninjs(told))]
    assert [("Secret" in form, "Name withheld" in form, "Place withheld" in form) for form in forms] == [(False, True, True)] * 4
    assert {"people", "located"}.isdisjoint(as_ninjs(told))


def test_corrections_travel_with_every_form_and_a_retraction_cancels(report: Any, reporter: Any, editor: Any, publisher: Any) -> None:
    def update(kind: str, text: str) -> None:
        fresh = actions.save(report, by=reporter, standfirst=f"{report.standfirst} {kind}")
        approved = actions.approve(actions.submit(fresh, by=reporter), by=editor)
        publication.publish_update(approved, by=publisher, change=kind, correction=text, position="bottom")
        report.refresh_from_db()

    update("correction", "It was a Wednesday.")
    told = piece(report)
    assert all("It was a Wednesday." in form for form in (as_text(told), as_markdown(told), str(as_html(told)), as_ninjs(told)["ednote"]))
    assert as_text(told).index("- Second") < as_text(told).index("It was a Wednesday.")
    update("retraction", "None of it holds.")
    told = piece(report)
    assert as_ninjs(told)["pubstatus"] == "canceled" and as_ninjs(told)["version"] == "3"
    assert as_text(told).index("None of it holds.") < as_text(told).index("Two families left")


def test_without_a_licence_it_says_to_ask(reporter: Any, editor: Any, publisher: Any) -> None:
    told = piece(factories.live(reporter, editor, publisher, at=AT))
    assert told.licence == "All rights reserved by Newsroom: ask its press desk before you republish."


def report_path(report: Any) -> str:
    return Edition.objects.get(uuid=report.uuid).path
