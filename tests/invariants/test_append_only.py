"""What is append-only: neither changed, deleted, replaced, emptied nor inserted out of its place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.audit.chain import record, verify
from articles.audit.models import AuditEvent, PurgePermit
from articles.audit.purge import purging
from articles.corrections.models import Correction
from articles.editions.models import EditionCorrection, EditionVersion
from articles.people.machines import CLOCK, machine
from articles.people.models import User
from articles.reports.models import Revision
from articles.safety.models import Assurance
from tests.invariants.raw import done, insert, raw_row, refused

pytestmark = pytest.mark.django_db
KEPT = {
    AuditEvent: "verb = 'nothing'",
    Revision: "content_hash = ''",
    Correction: "text = 'There was no error.'",
    EditionVersion: "headline = 'Another'",
    EditionCorrection: "text = 'There was no error.'",
    Assurance: "answer = 'taken_back'",
}
EMPTIED = [
    *(model._meta.db_table for model in KEPT),
    *(f"articles_{name}" for name in ("signoff", "report", "edition", "editiontag", "address", "withdrawal", "user")),
]


def rows(model):
    return list(model.objects.order_by("pk").values())


@pytest.mark.parametrize("model", KEPT)
def test_what_is_append_only_is_neither_changed_nor_deleted_nor_replaced(corrected, model):
    table, change = model._meta.db_table, KEPT[model]
    before = rows(model)
    assert before
    refused(f"UPDATE {table} SET {change}", match="append-only")
    refused(f"DELETE FROM {table}", match="append-only")
    if connection.vendor == "sqlite":
        refused(*insert(table, raw_row(table), verb="INSERT OR REPLACE"), match="already|follows|text of an edition|the desk decided")
        with connection.cursor() as cursor:  # a shell of SQLite starts so: a replaced row fires no delete trigger
            assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (0,)
    assert rows(model) == before


def test_no_permit_opens_the_audit(corrected):
    before = rows(AuditEvent)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), purging("test", by=machine(CLOCK)):
        done("DELETE FROM articles_auditevent")
    assert rows(AuditEvent) == before and verify().holds


def test_a_permit_needs_its_audit_event(corrected):
    before = rows(EditionVersion)
    refused("INSERT INTO articles_purgepermit (reason, never_id) VALUES ('x', -1)", match="audited before")
    with transaction.atomic():
        record(by=machine(CLOCK), verb="purge", target="purge")
        refused("INSERT INTO articles_purgepermit (reason, never_id) VALUES ('x', 1)")
    assert rows(EditionVersion) == before and PurgePermit.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_no_transaction_ends_while_a_permit_stands(corrected):
    before = rows(EditionVersion), rows(AuditEvent)
    with pytest.raises(IntegrityError), transaction.atomic():
        record(by=machine(CLOCK), verb="purge", target="purge")
        done("INSERT INTO articles_purgepermit (reason, never_id) VALUES ('x', -1)")
        done("DELETE FROM articles_editionversion")
    assert (rows(EditionVersion), rows(AuditEvent)) == before and PurgePermit.objects.count() == 0
    with transaction.atomic(), purging("test", by=machine(CLOCK)):
        done("DELETE FROM articles_editionversion")
    assert EditionVersion.objects.count() == 0 and PurgePermit.objects.count() == 0 and verify().holds


def test_the_audit_and_a_chain_of_revisions_grow_at_their_end(corrected):
    last = raw_row("articles_auditevent", "seq = (SELECT MAX(seq) FROM articles_auditevent)")
    fresh = {**last, "previous": last["digest"], "digest": "0" * 64}
    before = rows(AuditEvent), rows(Revision)
    refused(*insert("articles_auditevent", fresh | {"seq": last["seq"] + 2}), match="follows")
    refused(*insert("articles_auditevent", fresh | {"seq": last["seq"] + 1, "previous": "1" * 64}), match="follows")
    refused(*insert("articles_auditevent", fresh | {"seq": 0}), match="follows")
    revision = raw_row("articles_revision", "number = 1") | {"number": 99, "round": corrected.round}
    revision.pop("id")
    refused(*insert("articles_revision", revision), match="follows")
    refused(*insert("articles_revision", revision | {"round": 1}), match="current round|follows")
    assert (rows(AuditEvent), rows(Revision)) == before


def test_people_are_never_deleted_and_keep_their_code(reporter, editor):
    before = list(User.objects.order_by("pk").values("pk", "code", "is_machine", "is_active"))
    refused("DELETE FROM articles_user", match="never deleted")
    refused("UPDATE articles_user SET code = 'another' WHERE username = 'reporter'", match="keeps its code")
    refused("UPDATE articles_user SET is_machine = %s WHERE username = 'reporter'", [True])
    refused("UPDATE articles_user SET is_machine = %s WHERE username = 'clock'", [False])
    refused("UPDATE articles_user SET is_active = %s WHERE username = 'clock'", [True])
    refused("UPDATE articles_user SET is_staff = %s WHERE username = 'command line'", [True])
    if connection.vendor == "sqlite":
        row = raw_row("articles_user", "username = 'reporter'")
        refused(*insert("articles_user", row | {"id": 10_000}, verb="INSERT OR REPLACE"), match="already")
        refused("UPDATE OR REPLACE articles_user SET username = 'editor' WHERE username = 'reporter'", match="already")
    assert list(User.objects.order_by("pk").values("pk", "code", "is_machine", "is_active")) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_truncate_is_refused_too(corrected):
    for table in EMPTIED:
        refused(f"TRUNCATE {table} CASCADE", match="not emptied")
    assert timezone.now() > AuditEvent.objects.latest("seq").at
