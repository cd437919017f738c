"""Shaping a front page at the desk, without a script: every button keeps what is typed, only “Save” writes, and a preview shows it first."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.editions.blocks import Shape
from articles.editions.shaped import Block, BlockReport, ShapedPage
from articles.stamp.number import current
from articles.taxonomy.models import Tag
from articles.workflow import publication
from articles.workflow.shaping import page_for, shape, shapes_of
from tests import factories
from tests.admin.browserless import fields_of
from tests.markup import flaws

pytestmark = pytest.mark.django_db
PAGES = "/desk/articles/shapedpage/"
FRONT = f"{PAGES}en/change/"


def written():
    return (
        [list(model.objects.order_by("pk").values_list()) for model in (ShapedPage, Block, BlockReport)],
        current(),
        AuditEvent.objects.count(),
    )


def press(client, answer, act, address=FRONT, **typed):
    """The page's form as it stands, with that button."""
    fields = {name: values for name, values in fields_of(answer.text).items() if name not in ("csrfmiddlewaretoken", "_do")}
    return client.post(address, {**fields, **typed, "_do": act})


def acts(answer):
    return [html.unescape(each) for each in re.findall(r'name="_do" value="([^"]*)"', answer.text)]


def headings(answer):
    return re.findall(r'<h2 id="block-\d+-h">([^<]*)', answer.text)


def test_a_front_page_is_made_button_by_button_and_nothing_is_written_before_save(as_user, editor, reporter, publisher):
    report = factories.live(reporter, editor, publisher, headline="A bridge falls", slug="bridge")
    client, before = as_user(editor), written()
    answer = client.get(FRONT)
    assert "No blocks: readers see the newest report large, then the latest." in answer.text
    answer = press(client, answer, "add", add="latest")
    answer = press(client, answer, "add", add="picks")
    answer = press(client, answer, "find 2", **{"b1-heading": "News", "b1-how_many": "3", "b2-find": "bridge"})
    assert f"choose 2 {report.uuid}" in acts(answer) and "A bridge falls" in answer.text
    answer = press(client, answer, f"choose 2 {report.uuid}")
    answer = press(client, answer, "up 2")
    assert headings(answer) == ["Chosen reports", "Latest reports"] and "Chosen reports is now 1 of 2. Nothing is saved yet." in answer.text
    assert re.search(r'value="down 2"[^>]* autofocus', answer.text)
    assert written() == before
    preview = press(client, answer, "preview")
    assert "Preview: this is not saved." in preview.text and preview.text.count("A bridge falls") == 1
    assert "no-store" in preview.headers["Cache-Control"] and written() == before
    assert [*flaws(answer, "shaping"), *flaws(preview, "preview"), *flaws(client.get(PAGES), "all pages")] == []
    assert press(client, answer, "save").headers["Location"] == FRONT
    assert shapes_of(page_for("en")) == [Shape("picks", chosen=(report.uuid,)), Shape("latest", heading="News", how_many=3)]
    assert "Chosen by the editors" in Client().get("/").text
    assert str(editor) in client.get(f"{PAGES}en/history/").text


def test_what_readers_see_without_a_block_is_begun_with(as_user, editor):
    client, before = as_user(editor), written()
    answer = press(client, client.get(FRONT), "begin")
    assert headings(answer) == ["Lead", "Latest reports"] and written() == before
    assert press(client, answer, "save").status_code == 302
    assert shapes_of(page_for("en")) == [Shape("lead"), Shape("latest", how_many=12)]


def test_a_block_is_taken_out_put_back_and_gone_only_after_save(as_user, editor):
    shape(page_for("en"), [Shape("latest", heading="One"), Shape("latest", heading="Two")], by=editor, version=0)
    client = as_user(editor)
    answer = press(client, client.get(FRONT), "remove 1")
    assert "restore 1" in acts(answer) and "it can be put back until you save" in answer.text
    back = press(client, answer, "restore 1")
    assert press(client, back, "save").status_code == 302 and len(shapes_of(page_for("en"))) == 2
    answer = press(client, press(client, client.get(FRONT), "remove 1"), "save")
    assert shapes_of(page_for("en")) == [Shape("latest", heading="Two")]


def test_who_saves_second_sees_both_and_loses_nothing(as_user, editor, publisher):
    first, second = as_user(editor), as_user(publisher)
    theirs, mine = first.get(FRONT), second.get(FRONT)
    press(first, press(first, theirs, "add", add="latest"), "save", **{"b1-heading": "Their words"})
    mine = press(second, mine, "add", add="latest")
    before = written()
    answer = press(second, mine, "save", **{"b1-heading": "My words"})
    assert flaws(answer, "two pages") == []
    assert answer.status_code == 409 and "Their words" in answer.text and "My words" in answer.text and str(editor) in answer.text
    assert written() == before
    assert press(second, answer, "save").status_code == 302
    assert shapes_of(page_for("en")) == [Shape("latest", heading="My words")]


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("region", {"b1-region": "Atlantis"}, "There is no region “Atlantis”: choose one of the list."),
        ("region", {}, "Name the region."),
        ("tag", {"b1-tag": "Nothing"}, "There is no tag “Nothing”"),
        ("action", {"b1-text": "Ask.", "b1-label": "Write", "b1-link": "javascript:alert(1)"}, "Write a path of this site"),
        ("latest", {"b1-how_many": "99"}, "A block shows between 1 and 12 reports."),
        ("latest", {"b1-heading": "L\u202eW"}, "errorlist"),
        ("picks", {}, "Choose at least one report, or remove the block."),
    ],
)
def test_what_is_wrong_is_told_keeps_what_was_typed_and_writes_nothing(as_user, editor, kind, typed, sentence):
    client, before = as_user(editor), written()
    answer = press(client, client.get(FRONT), "add", add=kind)
    for act in ("save", "preview"):
        refused = press(client, answer, act, **typed)
        assert flaws(refused, "refused") == []
        assert refused.status_code == 400 and sentence in html.unescape(refused.text)
        assert {name: fields_of(refused.text)[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert written() == before


def test_a_report_that_was_withdrawn_is_told_at_the_desk(as_user, editor, reporter, publisher):
    report = factories.live(reporter, editor, publisher, headline="A bridge falls", slug="bridge")
    shape(page_for("en"), [Shape("picks", chosen=(report.uuid,))], by=editor, version=0)
    publication.withdraw(report, by=publisher, reason="A mistake.")
    answer = as_user(editor).get(FRONT)
    assert "A bridge falls" in answer.text and "It is not public now: readers do not see it here, until it is public again." in answer.text
    assert press(as_user(editor), answer, "find 1").text.count("choose 1") == 0


def test_reports_are_pinned_to_a_tag_found_by_its_name(as_user, editor, reporter, publisher):
    law = Tag.objects.create(name="Law", slug="law")
    factories.live(reporter, editor, publisher, headline="Elsewhere", slug="elsewhere")
    report = factories.live(reporter, editor, publisher, headline="A court sits", slug="court", tags=[law])
    client = as_user(editor)
    address = client.get(PAGES, {"subject": "Law", "language": "en"}).headers["Location"]
    assert address == f"{PAGES}en-tag-{law.pk}/change/"
    answer = press(client, client.get(address), "add", address)
    assert [each for each in acts(answer) if each.startswith("choose")] == [f"choose 1 {report.uuid}"]
    answer = press(client, answer, f"choose 1 {report.uuid}", address)
    preview = press(client, answer, "preview", address)
    assert "Read first" in preview.text and preview.text.count("A court sits") == 1
    press(client, answer, "save", address, **{"b1-heading": "Begin here"})
    assert "Begin here" in Client().get("/tags/law/").text and "Law, English" in client.get(PAGES).text
    wrong = client.get(PAGES, {"subject": "Atlantis", "language": "en"})
    assert wrong.status_code == 400 and "There is no tag and no region “Atlantis”" in wrong.text
    assert {client.get(f"{PAGES}{key}/change/").status_code for key in ("fr", "en-tag-99", "en-byline-1", "en-region-0", "tag-1")} == {404}


def test_forged_forms_are_read_with_care(as_user, editor):
    client, before = as_user(editor), written()
    numbers = ["1", "1", "-1", "9999", "\u0661", "2", *map(str, range(3, 60))]
    forged = {"version": "x" * 99, "block": numbers, "b1-kind": "gallery", "b2-kind": "picks", "b2-chosen": ["no uuid", "\x00"]}
    for act in ("", "save", "preview", "up 2", "choose 2 nothing", "choose", "add", "find 2", "earlier 2 x", "drop 99 x"):
        assert client.post(FRONT, {**forged, "_do": act}).status_code in (200, 400, 409), act
    assert written() == before
