"""Every step of the panel over HTTP: for every role, in a state that allows it and in one that does not."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import transaction
from django.test import Client

from articles.admin.moves import ACTS
from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people import roles
from articles.reports.comments import ReviewComment
from articles.reports.models import Report, Revision, SignOff, Withdrawal
from articles.reports.review_claims import ReviewClaim
from articles.safety.extra_reviews import ExtraSignOff
from articles.workflow import actions, claiming, publication, takedowns
from articles.workflow.transitions import TRANSITIONS
from tests import factories
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db
GIVEN = {
    "comment": "Why?",
    "reason": "A danger.",
    "sure": "on",
    "publish_at": "2030-01-01T10:00",
    "change": "silent",
    "position": "top",
    "instead": "on",
    "due_at": "2030-02-01T10:00",
}

MORE = {
    "set_expiry": {"set_expiry-expire_at": "2030-01-01T10:00"},
    "add_note": {"add_note-change": "apology", "add_note-correction": "We are sorry."},
}


def written():
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Report, SignOff, ExtraSignOff, ReviewClaim, ReviewComment, Withdrawal, Edition)
    ]
    return rows, AuditEvent.objects.count(), Revision.objects.count()


def post(client, report, verb, **more):
    data = {f"{verb}-{name}": value for name, value in GIVEN.items()} | {f"{verb}-seen_version": report.lock_version}
    return client.post(f"/desk/articles/report/{report.pk}/act/{verb}/", data | more)


def changed(report, by, approver):
    report = actions.save(report, by=by, headline=f"{report.headline} tonight")
    return actions.approve(actions.submit(report, by=by), by=approver)


@pytest.fixture
def staff(cast):
    return {role: cast(role, role, languages=["en"]) for role in roles.ROLES} | {
        "nobody": cast("nobody"),
        "superuser": cast("root", is_superuser=True),
    }


@pytest.fixture
def states(staff, cast):
    """Verb -> (a report that stands where the verb starts, one that does not); the reporter began each."""
    writer, approver, publisher = staff[roles.REPORTER], cast("another-editor", roles.EDITOR), staff[roles.PUBLISHER]
    draft, review = factories.draft(writer, headline="A draft"), factories.in_review(writer, headline="In review")
    approved = factories.approved(writer, approver, headline="Approved")
    live = factories.live(writer, approver, publisher, headline="Live")
    changed_live = changed(factories.live(writer, approver, publisher, headline="Changed"), writer, approver)
    later = actions.schedule(factories.approved(writer, approver, headline="Later"), by=publisher, publish_at=factories.in_a_week())
    gone = publication.withdraw(factories.live(writer, approver, publisher, headline="Gone"), by=publisher, reason="Asked.")
    officer = cast("another-officer", roles.SAFETY_OFFICER)
    down = publication.take_down(factories.live(writer, approver, publisher, headline="Down"), by=officer, reason="A danger.")
    down = takedowns.ask_reinstatement(down, by=officer, reason="It has passed.")
    due = factories.draft(writer, headline="Due", due_at=dt.datetime(2030, 2, 1, 10, tzinfo=dt.UTC))
    grave = factories.in_review(writer, headline="Grave", severity="high", makes_allegation=True)
    mine, theirs = (factories.in_review(writer, headline=name) for name in ("Mine", "Theirs"))
    claiming.claim(mine, by=staff[roles.EDITOR])
    claiming.claim(theirs, by=approver)
    return {
        "submit": (draft, review),
        "claim": (review, theirs),
        "take_over": (theirs, review),
        "give_back": (mine, theirs),
        "sign_off_legal": (grave, review),
        "sign_off_safety": (grave, review),
        "assign": (review, due),
        "request_changes": (review, draft),
        "approve": (review, draft),
        "publish": (approved, draft),
        "schedule": (approved, draft),
        "unschedule": (later, approved),
        "publish_update": (changed_live, live),
        "add_note": (live, gone),
        "set_expiry": (live, draft),
        "withdraw": (live, gone),
        "take_down": (live, draft),
        **dict.fromkeys(("review_takedown", "ask_reinstatement", "reinstate"), (down, live)),
    }


def test_every_step_for_every_role_where_it_can_be_done_and_where_it_cannot(staff, states, as_user):
    clients = {role: as_user(person) for role, person in staff.items()} | {"logged out": Client()}
    assert states.keys() == ACTS.keys()
    before = written()
    for verb, (ready, not_ready) in states.items():
        for role, client in clients.items():
            refused = post(client, not_ready, verb)
            if role not in TRANSITIONS[verb].roles:
                answers = {refused.status_code, post(client, ready, verb).status_code}
                assert answers <= ({302} if role == "logged out" else {403, 404}), (verb, role, answers)
                assert role != "logged out" or refused.headers["Location"].startswith("/desk/login/")
                assert written() == before, (verb, role)
                continue
            assert refused.status_code == 400, (verb, role)
            assert f"“{TRANSITIONS[verb].label}” was not done" in refused.text
            assert written() == before, (verb, role)
            with transaction.atomic():
                done = post(client, ready, verb, **MORE.get(verb, {}))
                assert (done.status_code, written() == before) == (302, False), (verb, role)
                transaction.set_rollback(True)


def test_a_step_wants_a_post_a_token_and_a_known_verb(editor, reporter, as_user):
    report = factories.in_review(reporter)
    before = written()
    client, strict = as_user(editor), Client(enforce_csrf_checks=True)
    logged_in(editor, browser=strict)

    assert client.get(f"/desk/articles/report/{report.pk}/act/approve/").status_code == 405
    assert client.post(f"/desk/articles/report/{report.pk}/act/explode/").status_code == 404
    assert client.post(f"/desk/articles/report/{report.pk}/act/release/").status_code == 404
    assert client.post(f"/desk/articles/report/{report.pk + 1}/act/approve/").status_code == 404
    assert post(strict, report, "approve").status_code == 403
    assert written() == before


def test_a_step_on_what_was_seen_earlier_is_a_conflict(editor, reporter, as_user):
    seen = factories.in_review(reporter)
    actions.save(seen, by=reporter, headline="Another headline")
    before = written()

    answer = post(as_user(editor), seen, "approve")

    assert answer.status_code == 409
    assert "Somebody else changed this report meanwhile" in answer.text
    assert written() == before


def test_taking_down_wants_a_reason_and_the_tick(safety_officer, reporter, editor, publisher, as_user):
    report = factories.live(reporter, editor, publisher)
    before = written()
    client = as_user(safety_officer)

    without_tick = post(client, report, "take_down", **{"take_down-sure": ""})
    without_reason = post(client, report, "take_down", **{"take_down-reason": " "})

    assert (without_tick.status_code, without_reason.status_code) == (400, 400)
    assert "Confirm it with the tick" in without_tick.text and ">\nA danger.</textarea>" in without_tick.text
    assert written() == before


def test_a_button_that_is_off_says_why_and_leads_to_the_field(reporter, editor, publisher, as_user):
    report = actions.create(by=reporter, language="en")
    page = as_user(reporter).get(f"/desk/articles/report/{report.pk}/change/").text
    move = page[page.index('id="move-submit"') :]
    move = move[: move.index("</li>")]

    assert 'aria-disabled="true" aria-describedby="why-submit"' in move
    said = re.findall(r'<p>([^<]+) <a href="#([^"]+)"', move)
    assert said == [
        ("Give the report a headline.", "row-id_headline"),
        ("Choose a region, or “World” when the report is about no region in particular.", "row-id_regions"),
    ]
    assert all(f'id="{anchor}"' in page for _sentence, anchor in said)


def test_the_panel_names_who_can_take_the_next_step(reporter, editor, second_editor, publisher, as_user):
    report = factories.in_review(reporter)
    report = actions.save(report, by=editor, standfirst="Another.")
    page = as_user(publisher).get(f"/desk/articles/report/{report.pk}/change/").text

    following = re.search(r"<b>Next:</b> (.*?)</p>", page, re.S)[1]
    assert following == "An editor who wrote none of it approves it, or asks for changes. <b>second-editor</b>."
