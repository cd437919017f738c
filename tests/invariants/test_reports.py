"""What must never be false, tried to be broken by raw SQL on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.corrections.models import Correction
from articles.editions.models import Address, Edition, EditionCorrection, EditionVersion
from articles.reports.models import EditState, Report, Revision, SignOff
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


def refused(sql, params=(), match=""):
    """The statement fails, and what was there before is there after."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def corrected(reporter, editor, publisher):
    """A live report with a correction."""
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, headline="Three families told to leave the valley")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="correction", correction="There were three families.")
    return Report.objects.get(pk=report.pk)


def test_nobody_approves_an_own_round_by_sql(editor, second_editor):
    report = factories.in_review(editor)
    revision = report.revisions.order_by("-number")[0]
    columns = "(report_id, round, person_id, part, revision_id, content_hash, rule_id, at)"
    row = [report.pk, report.round, editor.pk, "approved", revision.pk, report.content_hash, "four eyes", timezone.now()]
    insert = f"INSERT INTO articles_signoff {columns} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    refused(insert, row)
    refused(insert, [*row[:6], "alone", row[7]], match="not in force")
    refused(insert, [report.pk, report.round + 1, *row[2:]], match="current round")
    refused(insert, [*row[:2], second_editor.pk, "approved", revision.pk, "0" * 64, *row[6:]], match="same content hash")
    assert SignOff.objects.filter(part="approved").count() == 0


def test_a_writer_does_not_approve_after_the_own_mark_was_forged(editor, second_editor):
    report = factories.in_review(editor)
    refused("DELETE FROM articles_signoff WHERE report_id = %s", [report.pk], match="never deleted")
    refused("UPDATE articles_signoff SET person_id = %s WHERE report_id = %s", [second_editor.pk, report.pk], match="only voided")
    assert SignOff.objects.get().person == editor


def test_an_edition_needs_a_matching_sign_off(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    other = factories.draft(reporter, headline="Never approved")
    edition = Edition.objects.values().get()
    before = Edition.objects.values().get()
    refused("UPDATE articles_edition SET content_hash = %s", ["f" * 64], match="approving sign-off")
    Edition.objects.filter(uuid=report.uuid)
    with pytest.raises(IntegrityError, match="approving sign-off"), transaction.atomic():
        Edition.objects.create(**{**edition, "uuid": other.uuid, "path": "/reports/2026/01/never/", "content_hash": other.content_hash})
    assert Edition.objects.values().get() == before


@pytest.mark.parametrize("column", ["headline", "standfirst", "body", "slug", "language", "kind", "byline_mode"])
def test_the_text_of_an_edition_is_not_changed_behind_the_workflow(reporter, editor, publisher, column):
    factories.live(reporter, editor, publisher)
    before = Edition.objects.values().get()
    refused(f"UPDATE articles_edition SET {column} = %s", ["forged"], match="approving sign-off")
    assert Edition.objects.values().get() == before


def test_a_voided_approval_covers_nothing(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    row = Edition.objects.values().get()
    publication.take_down(report, by=publisher, reason="A danger.")
    with pytest.raises(IntegrityError, match="approving sign-off"), transaction.atomic():
        Edition.objects.create(**row)
    refused("UPDATE articles_signoff SET voided_at = NULL WHERE part = 'approved'", match="only voided")
    assert Edition.objects.count() == 0


def test_states_are_not_forged(reporter, editor, publisher):
    report = factories.in_review(reporter)
    refused("UPDATE articles_report SET edit_state = 'approved' WHERE id = %s", [report.pk], match="approval of its content hash")
    refused(
        "UPDATE articles_report SET public_state = 'live', live_hash = content_hash, path = '/x/', published_at = %s WHERE id = %s",
        [timezone.now(), report.pk], match="has its edition",
    )  # fmt: skip
    refused("UPDATE articles_report SET round = round + 1 WHERE id = %s", [report.pk], match="only an approval")
    refused("UPDATE articles_report SET public_state = 'published' WHERE id = %s", [report.pk])
    assert Report.objects.get().edit_state == EditState.IN_REVIEW


def test_the_edition_of_a_live_report_does_not_vanish(reporter, editor, publisher):
    factories.live(reporter, editor, publisher)
    before = Edition.objects.count()
    refused("DELETE FROM articles_edition")
    assert Edition.objects.count() == before == 1


def test_a_submitted_report_is_never_deleted(reporter, editor):
    report = factories.in_review(reporter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk)._raw_delete("default")
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (AuditEvent, "verb = 'nothing'"),
        (Revision, "content_hash = ''"),
        (Correction, "text = 'There was no error.'"),
        (EditionVersion, "headline = 'Another'"),
        (EditionCorrection, "text = 'There was no error.'"),
    ],
)
def test_what_is_append_only_is_neither_changed_nor_deleted(corrected, model, change):
    table = model._meta.db_table
    before = list(model.objects.order_by("pk").values())
    assert before
    refused(f"UPDATE {table} SET {change}", match="append-only")
    refused(f"DELETE FROM {table}", match="append-only")
    assert list(model.objects.order_by("pk").values()) == before


def test_no_permit_opens_the_audit(corrected):
    before = AuditEvent.objects.count()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO articles_purgepermit (reason) VALUES ('x')")
        cursor.execute("DELETE FROM articles_auditevent")
    assert AuditEvent.objects.count() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_truncate_is_refused_too(corrected):
    for table in ("articles_auditevent", "articles_revision", "articles_correction"):
        refused(f"TRUNCATE {table} CASCADE", match="append-only")


def test_an_address_is_not_taken_twice(reporter, editor, publisher):
    factories.live(reporter, editor, publisher, at=dt.datetime(2024, 1, 2, tzinfo=dt.UTC))
    address = Address.objects.values().get()
    columns = '(path, report_uuid, answer, "to", since)'
    refused(
        f"INSERT INTO articles_address {columns} VALUES (%s, %s, 'live', '', %s)",
        [address["path"], "0" * 32, timezone.now()],
    )
    refused("UPDATE articles_address SET report_uuid = %s", ["0" * 32], match="for ever")
    refused("UPDATE articles_address SET path = '/elsewhere/'", match="for ever")
    refused("DELETE FROM articles_address", match="never given up")
    assert Address.objects.values().get() == address


def test_a_report_keeps_its_id_and_first_publication(corrected):
    before = Report.objects.values("uuid", "published_at", "slug").get()
    refused("UPDATE articles_report SET published_at = %s", [timezone.now()], match="keeps its id")
    refused("UPDATE articles_report SET slug = NULL")
    assert Report.objects.values("uuid", "published_at", "slug").get() == before
