"""What fails half-way leaves nothing: an audit that cannot be written, a disk, a row in the middle of publishing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image as Pillow

from articles.audit.chain import verify
from articles.editions import files
from articles.editions.models import Edition, PublicFile
from articles.errands.queue import run
from articles.images.actions import add
from articles.people.machines import CLOCK, machine
from articles.reports import four_eyes
from articles.workflow import actions, publication, release
from newsroom.clock import HANDLERS
from tests import factories
from tests.failing_database import failing
from tests.state import everything
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
SOON = timezone.now() + dt.timedelta(days=1)


@pytest.fixture
def stands(reporter, editor, second_editor, publisher):
    """{verb: how it is done to a report that stands where the verb starts}."""
    people = (reporter, editor)

    def updated():
        report = factories.live(*people, publisher)
        report = actions.save(report, by=reporter, headline="Three families told to leave")
        return actions.approve(actions.submit(report, by=reporter), by=editor)

    def due(verb):
        report = factories.live(*people, publisher, expire_at=SOON) if verb == "expire" else factories.approved(*people)
        if verb == "release":
            actions.schedule(report, by=publisher, publish_at=SOON)
        return report

    return {
        "create": (lambda: None, lambda report: factories.draft(reporter)),
        "save": (lambda: factories.draft(reporter), lambda report: actions.save(report, by=reporter, headline="Other")),
        "submit": (lambda: factories.draft(reporter), lambda report: actions.submit(report, by=reporter)),
        "request_changes": (lambda: factories.in_review(reporter), lambda report: actions.request_changes(report, by=editor, comment="Why?")),
        "approve": (lambda: factories.in_review(reporter), lambda report: actions.approve(report, by=editor)),
        "schedule": (lambda: factories.approved(*people), lambda report: actions.schedule(report, by=publisher, publish_at=SOON)),
        "unschedule": (
            lambda: actions.schedule(factories.approved(*people), by=publisher, publish_at=SOON),
            lambda report: actions.unschedule(report, by=publisher),
        ),
        "publish": (lambda: factories.approved(*people), lambda report: publication.publish(report, by=publisher)),
        "publish_update": (
            updated, lambda report: publication.publish_update(report, by=publisher, change="correction", correction="There were three."),
        ),
        "withdraw": (lambda: factories.live(*people, publisher), lambda report: publication.withdraw(report, by=editor, reason="Asked.")),
        "take_down": (lambda: factories.live(*people, publisher), lambda report: publication.take_down(report, by=editor, reason="Danger.")),
        "release": (lambda: due("release"), lambda report: release.run_due(at=SOON)),
        "expire": (lambda: due("expire"), lambda report: release.run_due(at=SOON)),
        "four_eyes_off": (lambda: None, lambda report: four_eyes.switch(on=False, by=machine(CLOCK))),
    }  # fmt: skip


@pytest.mark.parametrize("verb", [
    "create", "save", "submit", "request_changes", "approve", "schedule", "unschedule", "publish", "publish_update", "withdraw", "take_down",
    "release", "expire", "four_eyes_off",
])  # fmt: skip
def test_an_audit_that_cannot_be_written_undoes_the_act(stands, verb):
    prepare, act = stands[verb]
    report = prepare()
    before = everything()
    with failing("articles_auditevent"):
        if verb in ("release", "expire"):  # the clock goes on
            assert act(report) == 0
        else:
            with pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
                act(report)
    assert everything() == before and verify().holds
    act(report)
    assert everything() != before and verify().holds


@pytest.mark.long
@pytest.mark.parametrize(("table", "event"), [
    ("articles_revision", "INSERT"), ("articles_correction", "INSERT"), ("articles_editioncorrection", "INSERT"), ("articles_edition", "UPDATE"),
    ("articles_editionregion", "DELETE"), ("articles_editionregion", "INSERT"), ("articles_editionversion", "INSERT"), ("articles_address", "UPDATE"),
    ("articles_report", "UPDATE"), ("articles_stamp", "UPDATE"),
])  # fmt: skip
def test_an_update_that_fails_at_any_row_leaves_the_live_report_as_it_was(stands, table, event):
    prepare, act = stands["publish_update"]
    report = prepare()
    before = everything()
    with failing(table, event), pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
        act(report)
    assert everything() == before
    assert act(report).headline == "Three families told to leave"


@pytest.mark.long
@pytest.mark.parametrize(("table", "event"), [
    ("articles_withdrawal", "INSERT"), ("articles_edition", "DELETE"), ("articles_editionregion", "DELETE"), ("articles_editionversion", "DELETE"),
    ("articles_purgepermit", "INSERT"), ("articles_address", "UPDATE"), ("articles_signoff", "UPDATE"), ("articles_report", "UPDATE"),
    ("articles_stamp", "UPDATE"),
])  # fmt: skip
def test_a_takedown_that_fails_at_any_row_leaves_the_report_live_and_can_be_repeated(stands, table, event, client):
    prepare, act = stands["take_down"]
    report = prepare()
    before = everything()
    with failing(table, event), pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
        act(report)
    assert everything() == before and client.get(report.path).status_code == 200
    act(report)
    assert client.get(report.path).status_code == 410


@pytest.fixture
def pictured(reporter, editor):
    """An approved report with a picture."""
    file = io.BytesIO()
    Pillow.new("RGB", (700, 450), "#445566").save(file, "JPEG")
    file.seek(0)
    return factories.approved(reporter, editor, images=[{"image": add(file, by=reporter), "alt": "A valley"}])


def state():
    return {table: rows for table, rows in everything().items() if table != "articles_errand"}


def test_a_picture_that_cannot_be_copied_keeps_the_report_as_it_is(pictured, publisher):
    before = state()
    private = Path(settings.VAR, "private", "renditions")
    moved = private.rename(private.with_name("elsewhere"))
    with pytest.raises(publication.Refused, match="could not be copied"):
        publication.publish(pictured, by=publisher)
    assert state() == before
    moved.rename(private)
    Path(settings.VAR, "public").write_text("no folder")
    with pytest.raises(publication.Refused, match="could not be copied"):
        publication.publish(pictured, by=publisher)
    assert state() == before
    Path(settings.VAR, "public").unlink()
    assert publication.publish(pictured, by=publisher).edition_images.count() == 1


def public_files():
    return sorted(path for path in Path(settings.VAR, "public").rglob("*") if path.is_file())


def test_files_copied_for_a_publication_that_failed_are_swept(pictured, publisher):
    before = state()
    with failing("articles_edition"), pytest.raises(IntegrityError), transaction.atomic():
        publication.publish(pictured, by=publisher)
    assert state() == before and public_files()
    files.copy_to_public([path.name for path in public_files()])  # the errand of the act went with its transaction: this one stands
    assert run(handlers=HANDLERS, at=timezone.now()) == 0  # they may belong to a publication of this moment
    assert run(handlers=HANDLERS, at=timezone.now() + files.SWEEP_AFTER) == 1
    assert public_files() == [] and PublicFile.objects.count() == 0


def test_a_copy_that_was_broken_off_is_made_anew(pictured, publisher):
    publication.publish(pictured, by=publisher)
    whole = {path: path.read_bytes() for path in public_files()}
    publication.withdraw(pictured, by=publisher, reason="Asked.")
    half = next(iter(whole))
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    publication.publish(pictured, by=publisher)
    assert {path: path.read_bytes() for path in public_files()} == whole


def test_a_refused_publication_writes_nothing(reporter, publisher):
    report = factories.draft(reporter)
    refused(publication.publish, report, by=publisher)
    assert Edition.objects.count() == 0
