"""A report's states, dates and names, tried to be forged by raw SQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.editions.models import Edition
from articles.reports.models import Report
from articles.workflow import publication
from tests import factories
from tests.invariants.raw import insert, raw_row, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]


def test_states_are_not_forged(reporter):
    report = factories.in_review(reporter)
    before = raw_row("articles_report")
    refused("UPDATE articles_report SET edit_state = 'approved'", match="approval of its content hash")
    refused(
        "UPDATE articles_report SET public_state = 'live', live_hash = content_hash, path = '/x/', published_at = %s",
        [timezone.now()], match="has its edition",
    )  # fmt: skip
    refused(
        "UPDATE articles_report SET public_state = 'scheduled', scheduled_hash = content_hash, publish_at = %s, scheduled_by_id = %s",
        [timezone.now(), reporter.pk], match="a scheduled report is approved",
    )  # fmt: skip
    refused("UPDATE articles_report SET round = round + 1", match="only an approval")
    refused("UPDATE articles_report SET public_state = 'published'")
    refused("UPDATE articles_report SET edit_state = 'published'")
    assert raw_row("articles_report") == before
    new = {name: value for name, value in before.items() if name != "id"} | {"uuid": "0" * 32, "translation_group": "0" * 32, "slug": "new"}
    refused(*insert("articles_report", new | {"edit_state": "approved"}), match="approval of its content hash")
    refused(
        *insert(
            "articles_report", new | {"public_state": "live", "live_hash": "0", "path": "/x/", "published_at": "2020-01-01 00:00:00+00"}
        )
    )
    assert Report.objects.get().pk == report.pk


def test_a_live_report_and_its_edition_go_together(reporter, editor, publisher):
    factories.live(reporter, editor, publisher)
    before = raw_row("articles_report")
    for state in ("withdrawn", "unpublished", "taken_down"):
        refused("UPDATE articles_report SET public_state = %s", [state])
    refused("UPDATE articles_report SET live_hash = %s", ["0" * 64], match="has its edition")
    refused("UPDATE articles_report SET path = '/elsewhere/'", match="has its edition")
    assert raw_row("articles_report") == before and Edition.objects.count() == 1


def test_a_takedown_voids_every_approval_and_stands(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    publication.withdraw(report, by=publisher, reason="A source asked.")
    refused("UPDATE articles_report SET public_state = 'taken_down', edit_state = 'draft'", match="voids every approval")
    publication.take_down(report, by=publisher, reason="A danger.")
    for state in ("unpublished", "withdrawn", "live", "scheduled"):
        refused("UPDATE articles_report SET public_state = %s", [state])
    assert Report.objects.get().public_state == "taken_down"


def test_a_submitted_report_is_never_deleted(reporter):
    factories.in_review(reporter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.all()._raw_delete("default")
    refused("DELETE FROM articles_report", match="never deleted")
    assert Report.objects.count() == 1


def test_a_report_keeps_its_id_its_language_and_its_first_publication(reporter, editor, publisher):
    factories.live(reporter, editor, publisher)
    before = raw_row("articles_report")
    past = timezone.now() - dt.timedelta(days=9)
    for change, value in {
        "published_at": past, "uuid": "0" * 32, "language": "ar", "created_by_id": editor.pk, "id": before["id"] + 1, "slug": None,
    }.items():  # fmt: skip
        refused(f"UPDATE articles_report SET {change} = %s", [value])
    refused("UPDATE articles_report SET published_at = NULL", match="keeps its id|has its edition")
    assert raw_row("articles_report") == before


def test_a_report_was_not_first_published_in_the_future(reporter):
    factories.draft(reporter)
    refused("UPDATE articles_report SET published_at = %s", [timezone.now() + dt.timedelta(hours=1)], match="in the past")
    assert Report.objects.get().published_at is None


def test_a_slug_and_a_language_of_a_group_are_taken_once(reporter):
    first = factories.in_review(reporter)
    second = factories.in_review(reporter, headline="Another")
    for verb in ("UPDATE", "UPDATE OR REPLACE") if connection.vendor == "sqlite" else ("UPDATE",):
        refused(f"{verb} articles_report SET slug = %s WHERE id = %s", [first.slug, second.pk])
        group = raw_row("articles_report", "id = %s", [first.pk])["translation_group"]
        refused(f"{verb} articles_report SET translation_group = %s WHERE id = %s", [group, second.pk])
    assert Report.objects.values_list("slug", flat=True).distinct().count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
def test_a_report_is_not_replaced(reporter):
    factories.in_review(reporter)
    before = raw_row("articles_report")
    refused(*insert("articles_report", before | {"headline": "Forged"}, verb="INSERT OR REPLACE"), match="already")
    refused(*insert("articles_report", before | {"id": before["id"] + 1, "uuid": "0" * 32}, verb="REPLACE"), match="already")
    assert raw_row("articles_report") == before
