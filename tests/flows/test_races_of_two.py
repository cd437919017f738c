"""Two acts at the same instant on one report, or on two that show each other: one wins, or both are whole."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from articles.audit.chain import verify
from articles.editions.models import Address, Edition
from articles.reports.models import PublicState, Report
from articles.reports.revisions import all_broken
from articles.workflow import actions, publication, release
from newsroom import clock
from tests import factories
from tests.flows.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def whole():
    """Nothing is half done: each live report has its edition, each edition its report, and the chains hold."""
    live = set(Report.objects.filter(public_state=PublicState.LIVE).values_list("uuid", "live_hash"))
    assert live == set(Edition.objects.values_list("uuid", "content_hash"))
    assert verify().holds and list(all_broken()) == []
    return True


def test_two_saves_of_one_version_keep_the_first(reporter, editor):
    report = factories.draft(reporter)
    results = together(
        *[lambda text=text: actions.save(report, by=reporter, version=report.lock_version, headline=text) for text in ("One", "Two")]
    )
    assert kinds(results) == ["Conflict", "Report"] and whole()
    assert Report.objects.get().headline == next(result.headline for result in results if isinstance(result, Report))
    assert Report.objects.get().revisions.count() == 2


def test_an_approval_never_covers_a_text_that_was_saved_meanwhile(reporter, editor):
    for _ in range(3):
        report = factories.in_review(reporter)
        version = report.lock_version
        results = together(
            lambda: actions.approve(report, by=editor, version=version),  # noqa: B023 - run before the next round
            lambda: actions.save(report, by=reporter, version=version, headline="Other"),  # noqa: B023 - as above
        )
        assert kinds(results) == ["Conflict", "Report"], results
        after = Report.objects.get(pk=report.pk)
        assert (after.edit_state, after.headline == "Other") in {("approved", False), ("in_review", True)}
    assert whole()


def test_a_withdrawal_and_an_update_at_once(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, headline="Three families told to leave")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    results = together(
        lambda: publication.withdraw(report, by=editor, reason="Asked.", version=report.lock_version),
        lambda: publication.publish_update(report, by=publisher, change="silent", version=report.lock_version),
    )
    assert "Conflict" in kinds(results) and len(set(kinds(results))) == 2, results
    assert whole()


def test_a_takedown_wins_over_a_publication_that_began_before(reporter, editor, publisher, safety_officer):
    report = factories.live(reporter, editor, publisher)
    report = publication.withdraw(report, by=editor, reason="Asked.")
    results = together(
        lambda: publication.publish(report, by=publisher),
        lambda: publication.take_down(report, by=safety_officer, reason="A danger."),
    )
    assert Report.objects.get().public_state == PublicState.TAKEN_DOWN, results
    assert Edition.objects.count() == 0 and Address.objects.get().answer == "gone" and whole()


def test_two_clocks_and_who_unschedules_release_once_or_not_at_all(reporter, editor, publisher):
    now = timezone.now()
    for number in range(3):
        report = factories.approved(reporter, editor, headline=f"Number {number}")
        report = actions.schedule(report, by=publisher, publish_at=now, at=now - dt.timedelta(hours=1))
        results = together(
            lambda: release.run_due(at=now),
            lambda: release.run_due(at=now),
            lambda: actions.unschedule(report, by=publisher, version=report.lock_version),  # noqa: B023 - run before the next round
        )
        released = sum(result for result in results[:2])
        after = Report.objects.get(pk=report.pk)
        assert (released, *kinds(results[2:]), after.public_state) in {
            (1, "Conflict", "live"), (0, "Report", "unpublished"),
        }, results  # fmt: skip
        assert after.release_alert == ""
    assert whole()


def test_translations_published_at_once_link_to_each_other(reporter, editor, publisher):
    for number in range(3):
        english = factories.approved(reporter, editor, headline=f"Number {number}")
        spanish = factories.approved(
            reporter, editor, language="es", headline=f"Número {number}", translation_group=english.translation_group
        )
        results = together(*[lambda report=report: publication.publish(report, by=publisher) for report in (english, spanish)])
        assert kinds(results) == ["Edition", "Edition"], results
        pages = {edition.language: edition for edition in Edition.objects.filter(translation_group=english.translation_group)}
        assert pages["es"].path in pages["en"].main_html and pages["en"].path in pages["es"].main_html
    assert whole()


def test_translations_updated_and_withdrawn_at_once_do_not_block_each_other(reporter, editor, publisher):
    languages = ("en", "es", "ar")
    group = None
    reports = []
    for language in languages:
        report = factories.live(reporter, editor, publisher, language=language, **({"translation_group": group} if group else {}))
        group = report.translation_group
        report = actions.save(report, by=reporter, standfirst="There were three.")
        reports.append(actions.approve(actions.submit(report, by=reporter), by=editor))
    results = together(
        lambda: publication.publish_update(reports[0], by=publisher, change="silent"),
        lambda: publication.publish_update(reports[1], by=publisher, change="silent"),
        lambda: publication.take_down(reports[2], by=editor, reason="A danger."),
        lambda: clock.tick(at=timezone.now()),
    )
    assert Counter(kinds(results)) == {"Edition": 2, "NoneType": 1, "Report": 1}, results
    assert all("/ar/" not in page for page in Edition.objects.values_list("main_html", flat=True)) and whole()


def test_two_reports_do_not_get_one_short_name(reporter, editor):
    reports = [factories.draft(reporter) for _ in range(4)]
    results = together(*[lambda report=report: actions.submit(report, by=reporter) for report in reports])
    assert set(kinds(results)) <= {"Report", "Conflict"} and "Report" in kinds(results), results
    slugs = [slug for slug in Report.objects.values_list("slug", flat=True) if slug]
    assert len(slugs) == len(set(slugs)) == kinds(results).count("Report")
    assert whole()
