"""The desk's page “Paste a report”: shows what was recognised and what is unsure, loses nothing, and writes at its last step alone."""

from __future__ import annotations

import html
import re

import html5lib
import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.people.machines import COMMAND_LINE, machine
from articles.people.roles import ROLES
from articles.reports.models import Report
from tests.conftest import logged_in
from tests.factories import region

pytestmark = pytest.mark.django_db

PAGE = "/desk/paste/"
TEXT = """Select Page

03/04/2023 Congo (Harbour Lantern) – Police sealed the prayer hall, and <two> of the elders were taken.

“They was [sic] told to leave,” a neighbour said.

For media interviews: [email protected]
"""
BODY = "<p>Police sealed the prayer hall, and &lt;two&gt; of the elders were taken.</p><p>“They was [sic] told to leave,” a neighbour said.</p>"


@pytest.fixture
def desk(reporter, as_user):
    return as_user(reporter)


def page_of(response):
    return response.content.decode()


def fields_of(response):
    """What a browser would send back: name -> value of each field on the page."""
    tree = html5lib.parse(page_of(response), namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if form.get("id") != "logout-form")
    found = {}
    for field in form.iter():
        if field.tag == "textarea":
            found[field.get("name")] = "".join(field.itertext())
        elif field.tag == "select":
            chosen = [option.get("value") for option in field.iter("option") if "selected" in option.attrib]
            found[field.get("name")] = chosen[0] if chosen else ""
        elif field.tag == "input" and field.get("name"):
            found[field.get("name")] = field.get("value", "")
    return found


def field(response, name):
    tree = html5lib.parse(page_of(response), namespaceHTMLElements=False)
    return next(each for each in tree.iter() if each.get("name") == name and each.tag != "meta")


def text_of(response, id_):
    tree = html5lib.parse(page_of(response), namespaceHTMLElements=False)
    return "".join(next(each for each in tree.iter() if each.get("id") == id_).itertext())


def nothing_is_written():
    return (Report.objects.count(), AuditEvent.objects.filter(verb="create").count()) == (0, 0)


def test_what_was_recognised_and_what_is_unsure_stand_on_the_page_before_anything_is_saved(desk):
    contact = save_contact(MediaContact(), by=machine(COMMAND_LINE), name="Judith Notreal", languages=["en"])

    shown = desk.post(PAGE, {"text": TEXT})

    assert shown.status_code == 200
    sent = {name: value for name, value in fields_of(shown).items() if name not in ("csrfmiddlewaretoken", "notes")}
    assert sent == {
        "language": "en",
        "headline": "",
        "dateline_on": "",
        "dateline_place": "",
        "region": "",
        "dateline_source": "Harbour Lantern",
        "contact": str(contact.pk),
        "body": BODY.replace("</p><p>", "</p>\n<p>"),
    } | ({"headline": sent["headline"]} if not sent["headline"].strip() else {})
    for said in ("Select Page", "For media interviews: [email protected]", "03/04/2023 Congo (Harbour Lantern) –", BODY):
        assert said in page_of(shown) or html.escape(said) in page_of(shown)
    for name, sentence in {
        "dateline_on": "Unsure: The date can be read as 4 March 2023 or 3 April 2023: which day is it?",
        "region": "Unsure: More than one region goes by this name: Democratic Republic of the Congo, Republic of the Congo. Which is it?",
        "headline": "Unsure: The text has no headline: write one before you submit it.",
        "contact": "Unsure: The text closes with an address that is hidden. This is the contact for its region: is it the right one?",
    }.items():
        assert f"id_{name}_why" in field(shown, name).get("aria-describedby").split()
        assert text_of(shown, f"id_{name}_why") == sentence
    assert [option.get("value") for option in field(shown, "region").iter("option")][1:3] == [str(region("CD").pk), str(region("CG").pk)]
    assert re.findall(r'<option value="(2023-[-0-9]+)">', page_of(shown)) == ["2023-03-04", "2023-04-03"]
    assert nothing_is_written()


def test_a_draft_is_made_of_what_the_person_decided(desk, reporter):
    sent = fields_of(desk.post(PAGE, {"text": TEXT}))

    answer = desk.post(
        PAGE, {**sent, "dateline_on": "2023-04-03", "region": region("CD").pk, "headline": "Prayer hall sealed"}, follow=True
    )

    report = Report.objects.get()
    assert answer.redirect_chain == [(f"/desk/articles/report/{report.pk}/change/", 302)]
    assert "A draft was made of the text. Nothing is public." in page_of(answer)
    assert (report.body, report.headline, report.created_by, report.edit_state) == (BODY, "Prayer hall sealed", reporter, "draft")
    assert (str(report.dateline_on), report.dateline_region, report.dateline_source) == ("2023-04-03", region("CD"), "Harbour Lantern")
    assert list(report.regions.all()) == [region("CD")]


def test_nothing_that_was_typed_or_said_is_lost_on_an_error(desk):
    sent = fields_of(desk.post(PAGE, {"text": TEXT}))
    typed = {
        **sent,
        "headline": "Prayer hall " * 30,
        "dateline_on": "3 April",
        "dateline_place": "Bunia",
        "body": f"{sent['body']}<p>More.</p>",
    }

    again = desk.post(PAGE, typed)

    kept = {name: value for name, value in fields_of(again).items() if name != "csrfmiddlewaretoken"}
    assert again.status_code == 400
    assert {name: value.strip() for name, value in kept.items()} == {
        name: value.strip() for name, value in typed.items() if name != "csrfmiddlewaretoken"
    }
    assert "Select Page" in page_of(again)
    for name in ("headline", "dateline_on"):
        described = field(again, name).get("aria-describedby").split()
        assert {f"id_{name}_why", f"id_{name}_error"} <= set(described)
        assert text_of(again, f"id_{name}_error")
        assert field(again, name).get("aria-invalid") == "true"
    assert nothing_is_written()


@pytest.mark.parametrize(
    "notes", ["", "{", "[]", "null", '{"line": 1, "dropped": {"a": 1}, "unsure": [1], "regions": ["x", -1], "days": 7}', "[" * 5000]
)
def test_notes_that_came_back_broken_do_no_harm(desk, notes):
    answer = desk.post(PAGE, {"body": "<p>Text.</p>", "notes": notes, "language": ""})

    assert answer.status_code == 400
    assert "<p>Text.</p>" in page_of(answer)


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("", 400, "There is no text here: paste the report."),
        (" \u00a0\n", 400, "There is no text here: paste the report."),
        ("\x89PNG\x00\x01\x02", 400, "This is not a text: save it as plain text in UTF-8, or paste it."),
        ("\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", 400, "This is not a text: save it as plain text in UTF-8, or paste it."),
        ("word " * 400_100, 413, "This is larger than 2 MB: a report is not. Give the text alone."),
    ],
)
def test_what_is_no_text_is_refused_and_stands_there_still(desk, text, status, sentence):
    answer = desk.post(PAGE, {"text": text})

    assert (answer.status_code, text_of(answer, "id_text_error")) == (status, sentence)
    assert fields_of(answer)["text"].strip() == text.strip().replace("\x00", "\ufffd")
    assert nothing_is_written()


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_fifty_megabytes_are_refused_with_a_sentence(desk, kind):
    head = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' if "multipart" in kind else b"text="

    answer = desk.post(PAGE, head + b"word " * 10_000_000, content_type=kind)

    assert answer.status_code == 413
    assert "This is larger than 2 MB: a report is not." in page_of(answer)
    assert nothing_is_written()


def test_two_megabytes_of_arabic_fit(desk):
    text = "أغلقت الشرطة القاعة. " * 50_000

    assert desk.post(PAGE, {"text": text}).status_code == 200


def test_only_those_who_may_begin_reports_come_in(cast, as_user):
    allowed = {}
    for role in ROLES:
        client = as_user(cast(f"a {role}", role, languages=["ar"]))
        allowed[role] = (
            client.get(PAGE).status_code,
            client.post(PAGE, {"text": TEXT}).status_code,
            client.post(PAGE, {"body": "x"}).status_code,
        )

    writers = {"reporter", "editor", "translator"}
    assert allowed == {role: (200, 200, 400) if role in writers else (403, 403, 403) for role in ROLES}
    assert Client().get(PAGE).status_code == 302
    assert nothing_is_written()


def test_a_translator_is_told_of_another_language_and_loses_nothing(translator, as_user):
    answer = as_user(translator).post(PAGE, {"body": "<p>Text.</p>", "language": "en", "headline": "Kept"})

    assert (answer.status_code, fields_of(answer)["headline"].strip()) == (400, "Kept")
    assert "translators do in their own languages" in page_of(answer)
    assert nothing_is_written()


def test_a_forged_form_is_refused(reporter):
    browser = Client(enforce_csrf_checks=True)
    logged_in(reporter, browser=browser)

    assert browser.post(PAGE, {"text": TEXT}).status_code == 403
    assert browser.post(PAGE, {"body": "<p>Text.</p>", "language": "en"}).status_code == 403
    assert nothing_is_written()


def test_html_that_comes_in_by_either_step_is_clean(desk):
    evil = '<p onclick="x()">A<script>alert(1)</script> word of it <a href="java\tscript:x()">here</a></p><img src=x onerror=x()>'

    shown = desk.post(PAGE, {"text": evil})
    desk.post(PAGE, {"body": evil, "language": "en"})

    assert "<p>A word of it <a>here</a></p>" in page_of(shown)
    assert not re.search(r"alert\(1\)|onerror|onclick", page_of(shown))
    assert Report.objects.get().body == "<p>A word of it <a>here</a></p>"


def test_the_text_field_never_cuts_what_is_pasted(desk):
    first, second = desk.get(PAGE), desk.post(PAGE, {"text": TEXT})

    assert "maxlength" not in field(first, "text").attrib
    assert [name for name in ("headline", "dateline_place", "dateline_source", "body") if "maxlength" in field(second, name).attrib] == []
    assert first.headers["Cache-Control"].count("no-store") == 1
