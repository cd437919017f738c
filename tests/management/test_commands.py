"""The commands that keep a newsroom running: each parses its words and calls one room."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.errands import queue
from articles.errands.models import Errand
from articles.people.machines import COMMAND_LINE, machine
from articles.reports import four_eyes
from articles.reports.models import EditState, PublicState, Report
from articles.workflow import actions
from newsroom import clock
from tests import factories
from tests.state import everything

pytestmark = pytest.mark.django_db


def said(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def test_four_eyes_off_is_audited_shown_at_the_desk_and_lets_one_person_publish(editor, as_user):
    assert said("four_eyes", "status") == "Four eyes are on: nobody approves what they wrote."
    before = everything()
    said("four_eyes", "on")
    assert everything() == before

    assert said("four_eyes", "off").startswith("Four eyes are off")
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.target, event.by) == ("four_eyes_off", "approval-rule:alone", machine(COMMAND_LINE).audit_code)
    assert "Four eyes are off" in as_user(editor).get("/desk/articles/report/").text
    report = actions.approve(factories.in_review(editor), by=editor)
    assert report.edit_state == EditState.APPROVED

    said("four_eyes", "on")
    assert not four_eyes.are_off() and "Four eyes are off" not in as_user(editor).get("/desk/").text
    assert said("audit_verify").startswith(f"The chain holds: {AuditEvent.objects.count()} events.")
    with pytest.raises(CommandError):
        said("four_eyes", "perhaps")


def test_seeding_again_changes_nothing_that_stands():
    four_eyes.switch(on=False, by=machine(COMMAND_LINE))
    before = everything()
    said("seed")
    assert everything() == before and four_eyes.are_off()


def test_one_round_of_the_clock_beats_releases_and_runs_errands(reporter, editor, publisher):
    now = timezone.now()
    report = actions.schedule(factories.approved(reporter, editor), by=publisher, publish_at=now, at=now - dt.timedelta(hours=1))
    queue.enqueue("redraw", key="redraw all", payload={"language": "", "after": ""})
    clock.tick(at=timezone.now())
    assert Report.objects.get(pk=report.pk).public_state == PublicState.LIVE
    assert Errand.objects.get(key="redraw all").done_at is not None
    assert queue.silent_for("clock") < dt.timedelta(minutes=1)


def test_a_silent_clock_and_work_that_keeps_failing_are_shown_at_the_desk(editor, as_user):
    queue.beat("clock", at=timezone.now() - dt.timedelta(minutes=3))
    assert "The clock is not running" in as_user(editor).get("/desk/").text
    assert Client().get("/readyz").status_code == 503
    queue.beat("clock")
    queue.enqueue("redraw", key="redraw all", payload={"after": "no uuid"})
    at = timezone.now()
    for _ in range(3):
        assert queue.run(handlers=clock.HANDLERS, at=at) == 0
        at += dt.timedelta(hours=1)
    page = as_user(editor).get("/desk/").text
    assert "The clock is not running" not in page
    assert "Work that follows an act fails: redraw (ValueError, tried 3 times)." in page


def test_the_drawing_of_the_workflow_is_a_page_of_markdown():
    page = said("draw_workflow")
    assert page.startswith("# The workflow") and "| take_down |" in page
