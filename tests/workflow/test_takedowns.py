"""After a takedown: somebody else looks at it within a day; two people bring it back, at the same address, through every gate again."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Address, Edition
from articles.people.models import User
from articles.reports.models import Report, Withdrawal
from articles.reports.takedowns import Reinstatement, ReinstatementRequest, TakedownReview
from articles.workflow import actions, publication, takedowns
from articles.workflow.refusals import Forbidden, Refused
from tests import factories
from tests.invariants.raw import insert, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def down(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    return publication.take_down(report, by=editor, reason="Somebody is in danger.")


def rows():
    kinds = (Report, TakedownReview, ReinstatementRequest, Reinstatement, AuditEvent, Edition, Address)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def says_no(act, report, match, **given):
    before = rows()
    with pytest.raises(Refused, match=match):
        act(report, **given)
    assert rows() == before


def test_a_second_person_looks_at_a_takedown_and_never_who_did_it(down, editor, second_editor, publisher, reporter):
    says_no(takedowns.review_takedown, down, "You took it down yourself", by=editor)
    says_no(takedowns.review_takedown, down, "needs the role", by=reporter)
    says_no(takedowns.review_takedown, down, "under 2,000", by=publisher, text="x" * 2001)

    takedowns.review_takedown(down, by=second_editor, text=" The name was theirs. ", version=down.lock_version)

    review = TakedownReview.objects.get()
    assert (review.takedown, review.person, review.text) == (Withdrawal.objects.get(), second_editor, "The name was theirs.")
    assert Report.objects.get().public_state == "taken_down"
    says_no(takedowns.review_takedown, down, "has looked at this takedown already", by=publisher)
    assert AuditEvent.objects.order_by("-seq").values_list("verb", "by").first() == ("review_takedown", second_editor.audit_code)


def test_what_nobody_looked_at_within_a_day_is_red_for_all_but_who_did_it(down, as_user, editor, second_editor, reporter, publisher):
    assert "Takedowns to look at" in as_user(second_editor).get("/desk/").text
    assert "Takedowns to look at" not in as_user(editor).get("/desk/").text + as_user(reporter).get("/desk/").text
    assert 'class="late">Takedowns to look at' not in as_user(publisher).get("/desk/").text
    with factories.triggers_lifted():
        Withdrawal.objects.update(at=timezone.now() - dt.timedelta(hours=25))

    home, page = as_user(publisher).get("/desk/").text, as_user(publisher).get(f"/desk/articles/report/{down.pk}/change/").text
    listed = as_user(publisher).get("/desk/articles/report/").text

    assert re.search(r'class="late">Takedowns to look at', home) and "Overdue" in home
    assert re.search(r'class="errornote">Nobody else has looked at this takedown', page)
    assert re.search(r'class="late">Taken down, and nobody else has looked', listed)
    takedowns.review_takedown(down, by=publisher)
    assert "Takedowns to look at" not in as_user(second_editor).get("/desk/").text
    assert "nobody else has looked" not in as_user(publisher).get("/desk/articles/report/").text


def test_one_asks_and_another_grants(down, publisher, safety_officer, editor, cast):
    says_no(takedowns.reinstate, down, "Nobody has asked for it yet", by=safety_officer, reason="x")
    says_no(takedowns.ask_reinstatement, down, "needs the role", by=editor, reason="x")
    says_no(takedowns.ask_reinstatement, down, "Give the reason", by=publisher, reason=" \x00")

    takedowns.ask_reinstatement(down, by=publisher, reason="The danger has passed.")

    says_no(takedowns.ask_reinstatement, down, "You have asked already", by=publisher, reason="Again.")
    says_no(takedowns.reinstate, down, "You asked for it yourself", by=publisher, reason="x")
    says_no(takedowns.reinstate, down, "Give the reason", by=safety_officer, reason="")
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    says_no(takedowns.reinstate, down, "Nobody has asked for it yet", by=safety_officer, reason="x")
    User.objects.filter(pk=publisher.pk).update(is_active=True)
    back = takedowns.reinstate(down, by=safety_officer, reason="I spoke with the family.")

    assert (back.public_state, back.edit_state) == ("unpublished", "draft")
    assert not back.sign_offs.filter(part="approved", voided_at=None).exists()
    with pytest.raises(Forbidden):
        takedowns.reinstate(back, by=editor, reason="x")
    says_no(takedowns.reinstate, back, "This can be done when", by=safety_officer, reason="x")


def test_a_reinstated_report_goes_through_every_gate_to_the_address_it_had(
    down, reporter, editor, second_editor, publisher, safety_officer
):
    takedowns.ask_reinstatement(down, by=safety_officer, reason="The danger has passed.")
    back = takedowns.reinstate(down, by=publisher, reason="Agreed.")
    assert Client().get(down.path).status_code == 410
    says_no(publication.publish, back, "stands at: Draft", by=publisher)
    back = actions.submit(back, by=reporter)
    back = actions.approve(back, by=second_editor)

    edition = publication.publish(back, by=publisher)

    assert (edition.path, edition.uuid, edition.published_at) == (down.path, down.uuid, down.published_at)
    assert Client().get(down.path).status_code == 200
    again = publication.take_down(Report.objects.get(), by=publisher, reason="Once more.")
    says_no(takedowns.reinstate, again, "Nobody has asked", by=publisher, reason="x")  # what was granted once is used up
    refused("UPDATE articles_report SET public_state = 'unpublished'", match="until two people")


def test_the_database_holds_a_takedown_to_two_people(down, editor, publisher, safety_officer):
    takedown, now = Withdrawal.objects.get(), timezone.now()
    before = rows()
    by_one = {"takedown_id": takedown.pk, "person_id": editor.pk, "text": "", "at": now}
    refused(*insert("articles_takedownreview", by_one), match="somebody else")
    asked = {"report_id": down.pk, "takedown_id": takedown.pk, "asked_by_id": publisher.pk, "reason": "x", "at": now}
    refused(*insert("articles_reinstatementrequest", {**asked, "takedown_id": takedown.pk + 1}))
    refused("UPDATE articles_report SET public_state = 'unpublished'", match="until two people")
    assert rows() == before

    takedowns.ask_reinstatement(down, by=publisher, reason="The danger has passed.")
    request = ReinstatementRequest.objects.get()
    refused("UPDATE articles_report SET public_state = 'unpublished'", match="until two people")
    granted = {"request_id": request.pk, "granted_by_id": publisher.pk, "reason": "x", "at": now}
    refused(*insert("articles_reinstatement", granted), match="granted by another")
    for table in ("articles_reinstatementrequest",):
        refused(f"UPDATE {table} SET reason = 'y'", match="append-only")
        refused(f"DELETE FROM {table}", match="append-only")

    takedowns.reinstate(down, by=safety_officer, reason="Agreed.")
    refused("UPDATE articles_reinstatement SET granted_by_id = %s", [editor.pk], match="append-only")
    refused("DELETE FROM articles_reinstatement", match="append-only")
    refused(*insert("articles_reinstatementrequest", {**asked, "asked_by_id": safety_officer.pk}), match="newest takedown")


def test_each_state_but_unpublished_stays_closed_even_to_two(down, publisher, safety_officer):
    takedowns.ask_reinstatement(down, by=publisher, reason="The danger has passed.")
    request, now = ReinstatementRequest.objects.get(), timezone.now()
    Reinstatement.objects.create(request=request, granted_by=safety_officer, reason="x", at=now)
    for state in ("withdrawn", "live", "scheduled"):
        refused("UPDATE articles_report SET public_state = %s", [state])


def test_two_people_do_it_with_buttons(down, as_user, publisher, safety_officer):
    address = f"/desk/articles/report/{down.pk}"

    def press(person, verb, **given):
        version = Report.objects.get().lock_version
        fields = {f"{verb}-{name}": value for name, value in {"seen_version": version, **given}.items()}
        return as_user(person).post(f"{address}/act/{verb}/", fields, follow=True).text

    assert "two people have looked" in press(publisher, "review_takedown", text="Right.")
    assert "another publisher or safety officer can grant it" in press(publisher, "ask_reinstatement", reason="It has passed.")
    assert "Asked to reinstate" in as_user(safety_officer).get("/desk/").text
    assert "Asked to reinstate" not in as_user(publisher).get("/desk/").text
    assert "publisher asked on" in as_user(safety_officer).get(f"{address}/change/").text
    assert "Reinstated, and not public" in press(safety_officer, "reinstate", reason="Agreed.")
    history = as_user(safety_officer).get(f"{address}/history/").text
    assert all(said in history for said in ("Confirmed the takedown", "Asked to reinstate", "Reinstated"))
