"""Legal and safety review: asked for by rules as data, given for one text, enforced on every road to readers."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people import roles
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline, User
from articles.reports import four_eyes
from articles.reports.models import Report
from articles.safety.extra_reviews import ExtraReviewRule, ExtraSignOff, demanded_of, unsigned
from articles.workflow import actions, claiming, guards, publication
from articles.workflow.refusals import Conflict, Forbidden
from articles.workflow.release import run_due
from articles.workflow.vouching import vouch
from tests import factories
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
LEGAL = "A legal review is asked for: a legal reviewer must sign off this text."
SAFETY = "A safety review is asked for: a safety officer must sign off this text."


@pytest.fixture
def lawyer(cast):
    return cast("lawyer", roles.LEGAL_REVIEWER)


def answered(report, by):
    """With a reply on record: the checklist asks for one where somebody is accused."""
    vouch(report, by=by, subject="right_of_reply", answer="declined", asked="The district", asked_on=report.dateline_on)
    return report


def said(refusal):
    return [sentence for _field, sentence in refusal]


def test_a_rule_asks_as_it_says_in_python_and_in_sql():
    high = {"never": 0, "severity": 1, "allegation": 0, "either": 1, "both": 0, "always": 1}
    accused = {"never": 0, "severity": 0, "allegation": 1, "either": 1, "both": 0, "always": 1}
    cases = {("normal", False): {"always"}, ("high", True): set(high) - {"never"}}
    cases[("high", False)], cases[("normal", True)] = ({name for name in facts if facts[name]} for facts in (high, accused))
    person = User.objects.create(username="writer")
    for (severity, accuses), demanded in itertools.product(cases, high):
        rule = ExtraReviewRule.objects.get(review="legal", kind="news")
        rule.demanded = demanded
        rule.save()
        report = Report.objects.create(created_by=person, language="en", severity=severity, makes_allegation=accuses)
        asked = demanded in cases[(severity, accuses)]
        assert (rule.asks(report), "legal" in demanded_of(report)) == (asked, asked), (severity, accuses, demanded)
        assert Report.objects.filter(unsigned("legal"), pk=report.pk).exists() == asked, (severity, accuses, demanded)


def test_no_road_to_readers_passes_a_review_by(reporter, editor, publisher, lawyer, safety_officer):
    report = actions.approve(answered(factories.in_review(reporter, severity="high", makes_allegation=True), editor), by=editor)
    assert said([(0, str(each)) for each in guards.reasons_against(report, "publish", by=publisher)]) == [LEGAL, SAFETY]
    assert said(refused(publication.publish, report, by=publisher)) == [LEGAL, SAFETY]
    assert said(refused(actions.schedule, report, by=publisher, publish_at=factories.in_a_week())) == [LEGAL, SAFETY]

    claiming.sign_off_legal(report, by=lawyer)
    assert said(refused(publication.publish, report, by=publisher)) == [SAFETY]
    claiming.sign_off_safety(report, by=safety_officer)
    publication.publish(report, by=publisher)

    report = Report.objects.get(pk=report.pk)
    changed = actions.approve(actions.submit(actions.save(report, by=reporter, headline="Told to leave"), by=reporter), by=editor)
    assert said(refused(publication.publish_update, changed, by=publisher, change="silent")) == [LEGAL, SAFETY]
    claiming.sign_off_legal(changed, by=lawyer)
    claiming.sign_off_safety(changed, by=safety_officer)
    publication.publish_update(changed, by=publisher, change="silent")
    assert Edition.objects.get().headline == "Told to leave"


def test_a_release_asks_anew_and_stays_put(reporter, editor, publisher, safety_officer):
    report = factories.approved(reporter, editor)
    report = actions.schedule(report, by=publisher, publish_at=timezone.now() + dt.timedelta(minutes=1))
    claiming.set_extra_review(ExtraReviewRule.objects.get(review="safety", kind="news"), by=safety_officer, demanded="always")
    run_due(at=report.publish_at)
    report.refresh_from_db()
    assert (report.public_state, report.release_alert, Edition.objects.count()) == ("scheduled", SAFETY, 0)

    claiming.sign_off_safety(report, by=safety_officer)
    run_due(at=report.publish_at)
    report.refresh_from_db()
    assert (report.public_state, report.release_alert) == ("live", "")


def test_a_review_becomes_due_when_risk_is_raised_after_the_approval(reporter, editor, publisher, safety_officer):
    report = factories.approved(reporter, editor)
    assert guards.publish_reasons(report, at=None) == []
    report = actions.save(report, by=reporter, severity="high")
    assert (report.edit_state, [str(each) for each in guards.publish_reasons(report, at=None)]) == ("approved", [SAFETY])
    refused(publication.publish, report, by=publisher)

    sentence = said(refused(actions.save, report, by=reporter, severity="normal"))[0]
    assert sentence.startswith("This was submitted as it is: an editor or a safety officer takes it back")
    report = actions.save(report, by=editor, severity="normal")
    assert guards.publish_reasons(report, at=None) == []
    report = actions.save(report, by=reporter, severity="high")
    claiming.sign_off_safety(report, by=safety_officer)
    publication.publish(report, by=publisher)


def test_nobody_signs_off_what_they_wrote_or_are_credited_for(cast, reporter, editor):
    everything = cast("everything", roles.EDITOR, roles.LEGAL_REVIEWER, roles.SAFETY_OFFICER)
    byline = Byline.objects.create(name="L. Notreal", slug="l-notreal")
    credited = cast("credited", roles.LEGAL_REVIEWER, byline=byline)
    report = factories.in_review(reporter, makes_allegation=True, severity="high", credits=[{"byline": byline, "role": "research"}])
    report = actions.save(report, by=everything, headline="Co-edited")
    for act in (claiming.sign_off_legal, claiming.sign_off_safety):
        assert "You wrote part of this text" in said(refused(act, report, by=everything))[0]
    assert "Your byline stands" in said(refused(claiming.sign_off_legal, report, by=credited))[0]
    report = answered(report, editor)
    report = actions.approve(report, by=editor)
    assert "You wrote part" in said(refused(claiming.sign_off_legal, report, by=everything))[0], "its own approval covers nothing of it"
    for person in (reporter, editor, cast("root", is_superuser=True), machine(COMMAND_LINE)):
        refused(claiming.sign_off_legal, report, by=person, error=Forbidden)
    assert not ExtraSignOff.objects.exists()


def test_a_sign_off_is_of_what_was_seen_and_asked_for_once(reporter, editor, lawyer, safety_officer):
    report = factories.in_review(reporter, makes_allegation=True)
    seen = report.lock_version
    report = actions.save(report, by=reporter, headline="Another headline")
    refused(claiming.sign_off_legal, report, by=lawyer, version=seen, error=Conflict)
    assert "Nothing asks for this review" in said(refused(claiming.sign_off_safety, report, by=safety_officer))[0]
    claiming.sign_off_legal(report, by=lawyer, version=report.lock_version)
    assert AuditEvent.objects.latest("seq").facts == {"hash": report.content_hash, "alone": False}
    assert said(refused(claiming.sign_off_legal, report, by=lawyer)) == ["This text is signed off already."]
    assert "It stands at: Draft" in said(refused(claiming.sign_off_legal, factories.draft(reporter, makes_allegation=True), by=lawyer))[0]


def test_a_takedown_voids_every_sign_off(reporter, editor, publisher, safety_officer):
    report = factories.in_review(reporter, severity="high")
    claiming.sign_off_safety(report, by=safety_officer)
    publication.publish(actions.approve(report, by=editor), by=publisher)
    publication.take_down(report, by=safety_officer, reason="A danger.")
    assert not ExtraSignOff.objects.filter(voided_at=None).exists()


def test_one_person_alone_signs_off_while_four_eyes_are_off(cast, reporter):
    alone = cast("alone", *roles.ROLES)
    four_eyes.switch(on=False, by=machine(COMMAND_LINE))
    report = factories.in_review(alone, severity="high")
    claiming.sign_off_safety(report, by=alone)
    assert ExtraSignOff.objects.get().rule_id == "alone"
    assert AuditEvent.objects.latest("seq").facts["alone"] is True


def test_who_sets_a_rule_and_what_it_takes(editor, publisher, lawyer):
    rule = ExtraReviewRule.objects.get(review="legal", kind="news")
    for person in (editor, lawyer):
        refused(claiming.set_extra_review, rule, by=person, demanded="never", error=Forbidden)
    assert refused(claiming.set_extra_review, rule, by=publisher, demanded="sometimes")[0][0] == "demanded"
    claiming.set_extra_review(rule, by=publisher, demanded="always")
    event = AuditEvent.objects.latest("seq")
    assert (event.target, event.facts) == ("extra-review:legal.news", {"demanded": "always"})
