"""The checklist: what it asks of which report, and that it blocks on every road with nothing written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.images.actions import add
from articles.reports.models import Kind, PublicState, Report, SignOff
from articles.reports.snapshot import snapshot
from articles.safety.checklist import checklist
from articles.safety.models import Assurance, Requirement
from articles.safety.seeds import seed
from articles.workflow import actions, guards, publication, release
from articles.workflow.refusals import Forbidden, Refused
from articles.workflow.vouching import set_requirement, vouch
from tests import factories
from tests.images import files as made

pytestmark = pytest.mark.django_db
NOW = timezone.now()
NEEDED = "Name a source, shown to readers or not; or an editor records why none is needed."


def rows():
    """Everything that acts write, for comparison."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in apps.get_app_config("articles").get_models()}


def need_sources(by, level="required", kind="news"):
    return set_requirement(Requirement.objects.get(code="citations", kind=kind), by=by, level=level)


def states(report):
    return {str(entry.code): entry.state for entry in checklist(report)}


def test_each_kind_has_each_requirement_and_a_seed_leaves_what_was_set(publisher):
    assert Requirement.objects.count() == len(Requirement.Code) * len(Kind)
    need_sources(publisher, "off")
    Requirement.objects.filter(code="consent").delete()

    seed()

    assert Requirement.objects.count() == len(Requirement.Code) * len(Kind)
    assert Requirement.objects.get(code="citations", kind="news").level == "off"


def test_a_row_that_is_missing_weighs_what_its_class_says(reporter):
    report = factories.draft(reporter, kind="report")
    before = states(report)
    Requirement.objects.all().delete()
    assert (states(report), before["citations"]) == (before, "blocks")


def test_what_applies_and_how_it_stands(reporter, editor):
    bare = {"region": "ok", "links": "ok", "headline_length": "ok", "citations": "advised", "consent": "advised"}
    assert states(factories.draft(reporter)) == bare
    assert states(factories.draft(reporter, kind="page", regions=[])) == {"links": "ok", "headline_length": "ok"}
    long = factories.draft(reporter, headline="A" * 111, citations=[{"title": "Kept here", "public": False}])
    assert states(long) == bare | {"headline_length": "advised", "citations": "ok"}
    vouch(long, by=reporter, subject="consent", answer="not_needed", text="Nobody can be recognised.")
    assert states(long)["consent"] == "ok"


def test_pictures_are_asked_for_text_rights_credit_and_fresh_consent(reporter, editor):
    image = made_picture(reporter)
    report = factories.draft(reporter, images=[{"image": image}], kind="report", citations=[{"title": "Order"}])
    asked = {str(entry.code): entry.state for entry in checklist(report) if entry.code in ("alt_text", "rights", "credit", "consent")}
    assert asked == {"alt_text": "blocks", "rights": "ok", "credit": "blocks", "consent": "advised"}
    vouch(report, by=reporter, subject="consent", answer="obtained")
    assert states(report)["consent"] == "ok"
    report = actions.save(report, by=reporter, images=[])
    assert states(report)["consent"] == "advised"
    vouch(report, by=reporter, subject="consent", answer="withheld")
    assert states(report)["consent"] == "advised"


def made_picture(by, colour="grey"):
    return add(made.plain(colour=colour), by=by)


def test_an_approval_stands_when_the_table_changes_and_every_act_asks_anew(reporter, editor, publisher):
    report = factories.approved(reporter, editor)
    approvals = list(SignOff.objects.values())
    need_sources(publisher)
    assert (list(SignOff.objects.values()), Report.objects.get().edit_state) == (approvals, "approved")
    assert [str(reason) for reason in guards.reasons_against(report, "publish", by=publisher)] == [NEEDED]
    need_sources(publisher, "recommended")
    assert guards.reasons_against(report, "publish", by=publisher) == []


def refused(act, *args, **kwargs):
    before = rows()
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert rows() == before
    assert [(str(reason), reason.field) for reason in refusal.value.reasons] == [(NEEDED, "citations")]


def test_it_blocks_approval_publication_and_schedule(reporter, editor, publisher):
    need_sources(publisher)
    refused(actions.approve, factories.in_review(reporter), by=editor)
    need_sources(publisher, "off")
    report = factories.approved(reporter, editor, headline="Another")
    need_sources(publisher)
    refused(publication.publish, report, by=publisher)
    refused(actions.schedule, report, by=publisher, publish_at=factories.in_a_week())


def test_an_allegation_waits_for_the_right_of_reply(reporter, editor, second_editor):
    sentence = "The report makes an allegation: record who was asked to reply, and when; or an editor records why that is not possible."
    report = factories.in_review(reporter, makes_allegation=True)
    before = rows()
    with pytest.raises(Refused) as refusal:
        actions.approve(report, by=editor)
    assert [(str(reason), reason.field) for reason in refusal.value.reasons] == [(sentence, "right_of_reply")] and rows() == before
    with pytest.raises(Forbidden):
        vouch(report, by=reporter, subject="right_of_reply", answer="waived", text="It would warn them.")
    assert rows() == before

    vouch(report, by=reporter, subject="right_of_reply", answer="no_answer", asked="The ministry", asked_on=dt.date(2026, 1, 2))
    assert states(report)["right_of_reply"] == "ok"
    vouch(report, by=second_editor, subject="right_of_reply", answer="taken_back")
    assert states(report)["right_of_reply"] == "blocks"
    vouch(report, by=second_editor, subject="right_of_reply", answer="waived", text="It would warn them.")
    assert states(report)["right_of_reply"] == "waived"

    assert actions.approve(report, by=editor).edit_state == "approved"


def test_it_blocks_the_update_of_a_live_report(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, standfirst="The order came on a Wednesday.")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    need_sources(publisher)
    refused(publication.publish_update, report, by=publisher, change="silent")


def test_the_clock_is_stopped_by_it_and_says_why(reporter, editor, publisher):
    due = NOW - dt.timedelta(minutes=1)
    report = factories.approved(reporter, editor)
    actions.schedule(report, by=publisher, publish_at=due, at=NOW - dt.timedelta(hours=1))
    need_sources(publisher)
    assert release.run_due(at=NOW) == 0
    report = Report.objects.get()
    assert (report.public_state, report.release_alert, Edition.objects.count()) == (PublicState.SCHEDULED, NEEDED, 0)
    vouch(report, by=publisher, subject="citations", answer="waived", text="Seen by ourselves.")
    assert release.run_due(at=NOW) == 1


def test_the_buttons_are_stopped_by_it(as_user, reporter, editor, publisher):
    need_sources(publisher)
    report = factories.in_review(reporter)
    client = as_user(editor)
    before = rows()
    answer = client.post(f"/desk/articles/report/{report.pk}/act/approve/", {"approve-seen_version": report.lock_version})
    assert (answer.status_code, NEEDED in answer.text) == (400, True)
    assert rows() == before


def test_what_the_command_line_brings_in_is_a_draft_that_it_blocks(tmp_path, editor, reporter, publisher):
    text = tmp_path / "text.txt"
    text.write_text(
        "Two families told to leave\n\n10/18/2023 Nigeria (Harbour Lantern) – Two families were told to leave the valley by Friday, with no paper."
    )
    call_command("add_report", str(text), "--language", "en")
    report = Report.objects.get()
    need_sources(publisher, kind=report.kind)
    assert (report.edit_state, report.public_state) == ("draft", "unpublished")
    assert NEEDED in [str(finding.sentence) for entry in checklist(report) for finding in entry.findings if entry.state == "blocks"]


def test_a_waiver_lets_the_report_pass_until_it_is_taken_back(reporter, editor, publisher):
    need_sources(publisher)
    report = factories.in_review(reporter)
    waiver = vouch(report, by=editor, subject="citations", answer="waived", text="Seen by ourselves.")
    entry = next(each for each in checklist(report) if each.code == "citations")
    assert (entry.state, entry.waiver, entry.findings) == ("waived", waiver, ())
    report = actions.approve(report, by=editor)
    vouch(report, by=editor, subject="citations", answer="taken_back")
    assert Report.objects.get().edit_state == "approved"
    refused(publication.publish, report, by=publisher)


def test_what_is_recorded_stays_at_the_desk(reporter, editor):
    report = factories.draft(reporter)
    before = report.content_hash, report.lock_version, snapshot(report)
    vouch(
        report, by=editor, subject="right_of_reply", answer="declined", asked="The district office", asked_on=NOW.date(), text="By letter."
    )
    report = Report.objects.get()
    assert (report.content_hash, report.lock_version, snapshot(report)) == before
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.facts) == ("vouch", {"subject": "right_of_reply", "answer": "declined"})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"subject": "citations", "answer": "waived"}, "text"),
        ({"subject": "citations", "answer": "obtained"}, "answer"),
        ({"subject": "alt_text", "answer": "waived", "text": "No."}, "answer"),
        ({"subject": "consent", "answer": "not_needed", "text": " \x00 "}, "text"),
        ({"subject": "consent", "answer": "obtained", "text": "x" * 1001}, "text"),
        ({"subject": "right_of_reply", "answer": "declined", "asked_on": NOW.date()}, "asked"),
        ({"subject": "right_of_reply", "answer": "declined", "asked": "The office"}, "asked_on"),
        ({"subject": "right_of_reply", "answer": "declined", "asked": "The office", "asked_on": dt.date(2999, 1, 1)}, "asked_on"),
        ({"subject": "right_of_reply", "answer": "answered", "asked": "The office", "asked_on": NOW.date()}, "text"),
        ({"subject": "right_of_reply", "answer": "no_answer", "asked": "x" * 201, "asked_on": NOW.date()}, "asked"),
    ],
)
def test_a_fact_without_what_it_needs_is_refused(reporter, editor, given, field):
    report = factories.draft(reporter)
    before = rows()
    with pytest.raises(Refused) as refusal:
        vouch(report, by=editor, **given)
    assert ([reason.field for reason in refusal.value.reasons], rows()) == ([field], before)


def test_who_may_record_and_who_may_waive(reporter, second_reporter, editor, publisher, safety_officer, auditor, press_officer, superuser):
    report = factories.draft(reporter)
    fact = {"subject": "consent", "answer": "obtained"}
    waiver = {"subject": "citations", "answer": "waived", "text": "Seen by ourselves."}
    for person in (reporter, editor, publisher, safety_officer):
        vouch(report, by=person, **fact)
    for person in (editor, publisher, safety_officer):
        vouch(report, by=person, **waiver)
    before = rows()
    for person in (second_reporter, auditor, press_officer, superuser):
        with pytest.raises(Forbidden):
            vouch(report, by=person, **fact)
    for person in (reporter, second_reporter, auditor, superuser):
        with pytest.raises(Forbidden):
            vouch(report, by=person, **waiver)
    assert rows() == before


def test_four_requirements_stay_required(publisher, editor):
    fixed = set(Requirement.objects.filter(code__in=Requirement.FIXED).values_list("level", flat=True))
    assert (len(Requirement.FIXED), fixed) == (4, {"required"})
    before = rows()
    for code in Requirement.FIXED:
        row = Requirement.objects.get(code=code, kind="news")
        with pytest.raises(Refused):
            set_requirement(row, by=publisher, level="off")
        with pytest.raises(IntegrityError), transaction.atomic():
            Requirement.objects.filter(pk=row.pk).update(level="recommended")
    with pytest.raises(Forbidden):
        need_sources(editor)
    limit = Requirement.objects.get(code="headline_length", kind="news")
    for wrong in (None, 19, 201):
        with pytest.raises(Refused):
            set_requirement(limit, by=publisher, level="required", max_characters=wrong)
    assert rows() == before


def test_the_limit_of_the_headline_is_what_was_set(reporter, publisher):
    limit = Requirement.objects.get(code="headline_length", kind="news")
    set_requirement(limit, by=publisher, level="required", max_characters=30)
    report = factories.draft(reporter, headline="Two families told to leave here")
    assert [str(reason) for reason in guards.checklist_reasons(report, at=NOW)] == ["Shorten the headline by 1 character: at most 30."]


def test_the_checklist_costs_the_same_however_much_there_is(reporter, editor):
    def cost(number):
        pictures = [{"image": made_picture(reporter, shade), "alt": "A hill"} for shade in ("red", "green", "blue")[:number]]
        citations = [{"title": f"Order {each}"} for each in range(number)]
        report = factories.draft(reporter, headline=f"Report {number}", images=pictures, citations=citations)
        for _each in range(number):
            vouch(report, by=editor, subject="consent", answer="obtained")
        with CaptureQueriesContext(connection) as queries:
            checklist(report)
        return len(queries)

    assert cost(1) == cost(3) == 6


def test_a_fact_is_kept_as_it_was_recorded(reporter, editor):
    report = factories.draft(reporter)
    first = vouch(report, by=editor, subject="citations", answer="waived", text="Seen by ourselves.")
    vouch(report, by=editor, subject="citations", answer="taken_back")
    assert list(Assurance.objects.values_list("answer", "text")) == [("taken_back", ""), ("waived", "Seen by ourselves.")]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        first.delete()
