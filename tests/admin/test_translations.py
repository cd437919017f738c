"""The languages of a report at the desk: the table, beginning one, the source beside the fields, and what changed in it since."""

from __future__ import annotations

import re

import pytest

from articles.reports.models import Report
from articles.workflow import actions, publication, translating
from tests import factories
from tests.state import everything

pytestmark = pytest.mark.django_db


def at(report, *more):
    return "/".join(["/desk/articles/report", str(report.pk), *more, ""])


def test_every_language_is_listed_and_one_is_begun(as_user, editor, reporter):
    source = factories.draft(reporter)
    desk = as_user(editor)
    page = desk.get(at(source, "translations")).text
    assert all(f'<bdi lang="{code}"' in page for code in ("en", "es", "ar")) and page.count("Not begun.") == 2

    answer = desk.post(at(source, "translations"), {"language": "ar"})
    made = Report.objects.get(language="ar")
    assert answer.headers["Location"] == at(made, "change")
    again = desk.post(at(source, "translations"), {"language": "ar"})
    assert again.status_code == 400 and at(made, "change") in again.text and Report.objects.count() == 2


def test_the_source_stands_beside_the_fields_in_its_own_language(as_user, editor, reporter, translator):
    source = factories.draft(reporter, internal_note="Call her at night", citations=[{"title": "A hidden source", "public": False}])
    made = translating.translate(source, by=editor, language="ar")
    actions.save(made, by=editor, citations=[])
    page = as_user(translator).get(at(made, "change")).text

    found = re.findall(r'<div class="beside__text[^"]*" lang="en" dir="ltr"[^>]*>(.*?)</div></details>', page, re.DOTALL)
    assert found == [
        "<p>Jos</p>",
        "<p>Two families told to leave the valley</p>",
        "<p>The order came on a Tuesday and named no reason.</p>",
        factories.BODY,
    ]
    assert "Call her at night" not in page and "A hidden source" not in page
    assert at(source, "change") not in page
    assert as_user(translator).get(at(source, "change")).status_code == 404


def test_out_of_date_is_shown_compared_and_answered(as_user, editor, reporter, translator):
    source = factories.draft(reporter, internal_note="Call her at night")
    made = translating.translate(source, by=editor, language="ar")
    desk = as_user(translator)
    assert "Out of date since" not in desk.get(at(made, "change")).text
    actions.save(source, by=reporter, headline="Three families told to leave the valley", internal_note="Not by day")

    assert "Out of date since" in desk.get(at(made, "change")).text
    page = desk.get(at(made, "translations")).text
    assert "Three</ins>" in re.sub(r"<bdi.*?</bdi>", "", page) and "by day" not in page
    others = as_user(reporter)
    before = everything()
    forged = {"source_number": "1", "seen_version": made.lock_version}
    assert desk.post(at(made, "translations", "brought"), forged).status_code == 409
    assert desk.post(at(made, "translations", "brought"), {"source_number": "x"}).status_code == 400
    assert others.post(at(made, "translations", "brought"), forged).status_code == 404
    assert everything() == before
    assert desk.post(at(made, "translations", "brought"), {**forged, "source_number": "2"}).status_code == 302
    assert "Out of date since" not in desk.get(at(made, "translations")).text


def test_a_language_that_is_not_theirs_is_told_without_its_headline(as_user, editor, reporter, cast):
    source = factories.draft(reporter)
    spanish = translating.translate(source, by=editor, language="es")
    actions.save(spanish, by=editor, headline="Un título")
    page = as_user(reporter).get(at(source, "translations")).text
    assert "not yours to open" in page and "Un título" not in page and at(spanish, "change") not in page


def test_withdrawing_one_language_names_the_others_and_they_say_so_in_red(as_user, editor, second_editor, reporter, publisher):
    source = factories.live(reporter, editor, publisher)
    made = translating.translate(source, by=second_editor, language="es")
    texts = {"headline": "Dos familias", "body": "<p>Texto.</p>", "standfirst": "Texto"}
    made = actions.approve(actions.submit(actions.save(made, by=second_editor, **texts), by=second_editor), by=editor)
    publication.publish(made, by=publisher)
    desk = as_user(editor)
    assert f"{at(made, 'change')}#move-withdraw" in desk.get(at(source, "change")).text
    publication.withdraw(source, by=editor, reason="Wrong")
    assert "Its source was withdrawn." in desk.get(at(made, "change")).text
    page = desk.get(at(source, "translations")).text
    assert "Its source was withdrawn." in page and f"{at(made, 'change')}#move-withdraw" in page


ROADS = (
    ("change", "GET"), ("change", "POST"), ("draft", "POST"), ("presence", "POST"), ("preview", "GET"), ("revisions", "GET"),
    ("revisions/1", "GET"), ("revisions/1/restore", "POST"), ("revisions/compare", "GET"), ("translations", "GET"), ("translations", "POST"),
    ("translations/brought", "POST"), ("links", "POST"), ("checks", "POST"), ("group", "GET"), ("act/submit", "POST"), ("history", "GET"),
)  # fmt: skip


def test_every_address_of_another_language_is_not_there_for_a_translator(as_user, editor, reporter, translator):
    source = factories.draft(reporter)
    ours, theirs = (translating.translate(source, by=editor, language=each) for each in ("ar", "es"))
    desk = as_user(translator)
    before = everything()
    data = {"headline": "x", "seen_version": "1", "source_number": "1", "language": "ar", "label": "x", "hours": "1", "version": "1"}
    found = {}
    for road, method in ROADS:
        for report in (source, theirs):
            found[road, method, report.language] = desk.generic(method, at(report, road), "&".join(f"{k}={v}" for k, v in data.items()),
                content_type="application/x-www-form-urlencoded").status_code  # fmt: skip
    assert set(found.values()) == {404}, {key: code for key, code in found.items() if code != 404}
    assert everything() == before
    assert desk.get(at(ours, "change")).status_code == 200
