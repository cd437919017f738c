"""The autosave: kept for its writer alone, never over what is saved, offered when the report is opened again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.people.machines import COMMAND_LINE, machine
from articles.reports.models import Draftlet, Report, Revision
from articles.workflow import actions
from articles.workflow.drafting import KEPT, autosave, purge_drafts
from articles.workflow.refusals import Forbidden
from tests import factories
from tests.admin.browserless import fields_of

pytestmark = pytest.mark.django_db


def change(report):
    return f"/desk/articles/report/{report.pk}/change/"


def draft(report):
    return f"/desk/articles/report/{report.pk}/draft/"


def untouched():
    return list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()


def typed_on(client, report, text="Typed and not saved"):
    return fields_of(client.get(change(report)).text) | {"headline": [text]}


def test_what_is_typed_is_kept_and_nothing_of_the_report_changes(as_user, reporter, editor, publisher):
    client, report = as_user(reporter), factories.live(reporter, editor, publisher)
    sent = typed_on(client, report)
    before = untouched()

    answer = client.post(draft(report), sent)

    assert (answer.status_code, list(answer.json())) == (200, ["at"])
    assert untouched() == before
    kept = Draftlet.objects.get()
    assert (kept.person, kept.lock_version, kept.content["fields"]["headline"]) == (reporter, report.lock_version, ["Typed and not saved"])
    assert "csrfmiddlewaretoken" not in kept.content["fields"]


def test_a_draft_is_offered_to_its_writer_alone_and_taken_up_or_thrown_away(as_user, reporter, editor):
    client, report = as_user(reporter), factories.draft(reporter)
    client.post(draft(report), typed_on(client, report))

    assert "Typed and not saved" not in as_user(editor).get(change(report)).text
    assert "You typed more than is saved" in client.get(change(report)).text
    page = client.post(change(report), {"_continue": "1"}).text
    assert fields_of(page)["headline"] == ["Typed and not saved"]
    assert client.post(change(report), fields_of(page)).status_code == 302
    assert (Report.objects.get().headline, Draftlet.objects.count()) == ("Typed and not saved", 0)

    client.post(draft(report), typed_on(client, report, "Once more"))
    client.post(draft(report), {"_discard": Draftlet.objects.get().content["page"]})
    assert (Report.objects.get().headline, Draftlet.objects.count()) == ("Typed and not saved", 0)


def test_a_draft_of_an_older_text_comes_with_both_texts(as_user, reporter, editor):
    client, report = as_user(reporter), factories.draft(reporter)
    client.post(draft(report), typed_on(client, report))
    actions.save(report, by=editor, headline="Theirs")

    answer = client.post(change(report), {"_continue": "1"})

    assert answer.status_code == 409
    assert fields_of(answer.text)["headline"] == ["Typed and not saved"]
    assert "Theirs" in answer.text and Report.objects.get().headline == "Theirs"


def test_a_second_window_neither_overwrites_nor_removes_the_draft_of_the_first(as_user, reporter):
    client, report = as_user(reporter), factories.draft(reporter)
    first, second = typed_on(client, report), typed_on(client, report, "Another window")
    client.post(draft(report), first)

    assert client.post(draft(report), second).status_code == 409
    assert client.post(change(report), second).status_code == 302

    assert Report.objects.get().headline == "Another window"
    assert Draftlet.objects.get().content["fields"]["headline"] == ["Typed and not saved"]


def test_what_cannot_be_kept_is_refused_and_nothing_is_written(as_user, reporter, second_reporter, auditor):
    report = factories.draft(reporter)
    sent = typed_on(as_user(reporter), report)
    before = untouched()
    refused = [
        (second_reporter, sent, 404),
        (auditor, sent, 403),
        (reporter, sent | {"page_key": ["<b>"]}, 400),
        (reporter, sent | {"lock_version": ["99"]}, 400),
        (reporter, sent | {"internal_note": ["x" * 1_500_001]}, 400),
    ]
    for person, typed, status in refused:
        assert as_user(person).post(draft(report), typed).status_code == status, status
    with pytest.raises(Forbidden):
        autosave(report, by=machine(COMMAND_LINE), page="a", version=0, typed={})
    assert (Draftlet.objects.count(), untouched()) == (0, before)


@pytest.mark.parametrize(("button", "revisions"), [({}, 2), ({"_submit": ["1"]}, 3)])
def test_a_second_click_on_save_is_no_conflict(as_user, reporter, editor, button, revisions):
    client, report = as_user(reporter), factories.draft(reporter)
    sent = typed_on(client, report) | button

    assert [client.post(change(report), sent).status_code for _click in range(2)] == [302, 302]
    assert (Report.objects.get().headline, Revision.objects.count()) == ("Typed and not saved", revisions)


def test_a_draft_that_came_after_its_own_save_stands_in_nobodys_way(as_user, reporter):
    client, report = as_user(reporter), factories.draft(reporter)
    first = typed_on(client, report)
    client.post(change(report), first)
    client.post(draft(report), first)  # on its way while the form was saved

    assert client.post(draft(report), typed_on(client, report, "Next")).status_code == 200
    assert Draftlet.objects.get().content["fields"]["headline"] == ["Next"]


def test_old_drafts_and_those_of_the_deactivated_are_deleted(reporter, editor, second_editor):
    report, now = factories.draft(reporter), timezone.now()
    autosave(report, by=reporter, page="a", version=0, typed={}, at=now - KEPT - dt.timedelta(seconds=1))
    autosave(report, by=editor, page="b", version=0, typed={}, at=now)
    autosave(report, by=second_editor, page="c", version=0, typed={}, at=now)
    second_editor.is_active = False
    second_editor.save()

    assert purge_drafts(at=now) == 2
    assert Draftlet.objects.get().person == editor
