"""One picture in two reports: it lives until both are gone, whoever publishes, withdraws, fails or dies meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions import files
from articles.editions.models import Edition, EditionFile, EditionImage, PublicFile
from articles.errands import queue
from articles.errands.models import Errand
from articles.images import completing
from articles.images.actions import add, private_name
from articles.images.renditions import published_set
from articles.reports.models import Report
from articles.workflow import actions, finishing, publication
from articles.workflow.refusals import Refused
from newsroom.clock import HANDLERS
from tests import factories
from tests.flows.test_races import together
from tests.images import files as made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def image(reporter):
    return add(made.plain(size=(300, 200)), by=reporter)


@pytest.fixture
def approved(reporter, editor, image):
    def make(name):
        return factories.approved(reporter, editor, headline=name, slug=name, images=[{"image": image, "alt": "A valley", "lead": True}])

    return make


def public_files():
    return {path.name for path in Path(settings.VAR, "public").rglob("*") if path.is_file()}


def state():
    """The names that have a row, those that have a file, those that an edition uses."""
    return (
        set(PublicFile.objects.values_list("name", flat=True)), public_files(), set(EditionFile.objects.values_list("file__name", flat=True)),
    )  # fmt: skip


def sweep():
    """What the clock does later."""
    queue.run(handlers=HANDLERS, at=timezone.now() + files.SWEEP_AFTER)
    assert not Errand.objects.exclude(last_error="").exists()


def test_a_shared_picture_lives_until_both_reports_are_gone(approved, publisher, image):
    first, second = approved("first"), approved("second")
    publication.publish(first, by=publisher)
    publication.publish(second, by=publisher)
    names = {each.file for each in image.renditions.filter(name="small")}
    assert state() == (names, names, names)
    publication.withdraw(first, by=publisher, reason="Asked.")
    assert state() == (names, names, names)
    assert {Client().get(f"/media/{name}").status_code for name in names} == {200}
    publication.take_down(second, by=publisher, reason="Asked.")
    assert state() == (set(), set(), set())


def test_a_publish_that_fails_leaves_no_row_and_its_files_are_swept(approved, publisher, image):
    report = approved("first")
    stale = Report.objects.get(pk=report.pk)
    names = [each.file for each in image.renditions.filter(name="small")]
    files.copy_to_public(names)
    with pytest.raises(RuntimeError), transaction.atomic():
        files.hold(names)
        raise RuntimeError
    assert state() == (set(), set(names), set())
    assert {Client().get(f"/media/{name}").status_code for name in names} == {404}
    sweep()
    assert state() == (set(), set(), set())
    assert publication.publish(stale, by=publisher).headline == "first"
    sweep()
    assert state() == (set(names), set(names), set(names))


def test_a_missing_or_broken_file_is_refused_with_a_sentence_or_mended(approved, publisher, image):
    report = approved("first")
    lost, half = (each.file for each in image.renditions.filter(name="small"))
    with storages["private"].open(private_name(lost)) as file:
        data = file.read()
    storages["private"].delete(private_name(lost))
    before = (Edition.objects.count(), AuditEvent.objects.count())
    with pytest.raises(Refused, match="A picture could not be copied to the public side"):
        publication.publish(report, by=publisher)
    assert (Edition.objects.count(), AuditEvent.objects.count(), PublicFile.objects.count()) == (*before, 0)
    Path(settings.VAR, "private", private_name(lost)).write_bytes(data)
    storages["public"].delete(files.public_name(half))
    Path(settings.VAR, "public", files.public_name(half)).parent.mkdir(parents=True, exist_ok=True)
    Path(settings.VAR, "public", files.public_name(half)).write_bytes(b"broken off")
    publication.publish(report, by=publisher)
    assert Client().get(f"/media/{half}").content == storages["private"].open(private_name(half)).read()


def test_a_withdrawal_between_copy_and_commit_costs_no_file(approved, publisher, image):
    first = approved("first")
    publication.publish(first, by=publisher)
    names = {each.file for each in image.renditions.filter(name="small")}
    files.copy_to_public(sorted(names))  # another report begins to go public: the files are there already
    publication.withdraw(first, by=publisher, reason="Asked.")
    assert public_files() == set()
    with transaction.atomic():
        held = files.hold(names)
        assert public_files() == names and set(held) == names


def test_a_removal_waits_for_a_publish_that_wants_the_file(image):
    names = sorted(each.file for each in image.renditions.filter(name="small"))
    files.copy_to_public(names)
    began = threading.Event()

    def remove():
        began.set()
        try:
            files.unlink(names)
        finally:
            connection.close()

    remover = threading.Thread(target=remove)
    with transaction.atomic():
        files.hold(names)
        remover.start()
        began.wait(10)
        remover.join(0.3)
        assert remover.is_alive() and public_files() == set(names)
    remover.join(30)
    assert not remover.is_alive() and public_files() == set(names)


def test_publishing_one_while_the_other_is_withdrawn_ends_with_files_for_every_row(approved, publisher, reporter, editor, image):
    reports = [approved(f"report-{number}") for number in range(4)]
    for turn in range(3):
        works = [
            (lambda report=report: publication.publish(Report.objects.get(pk=report.pk), by=publisher))
            if (number + turn) % 2 == 0
            else (lambda report=report: publication.withdraw(Report.objects.get(pk=report.pk), by=publisher, reason="Asked."))
            for number, report in enumerate(reports)
            if turn or number % 2 == 0
        ]
        results = together(*works)
        assert {type(result).__name__ for result in results} <= {"Edition", "Report"}, results
        rows, there, used = state()
        assert rows == used == there and used
    for report in Report.objects.filter(public_state="live"):
        publication.withdraw(report, by=publisher, reason="Asked.")
    assert state() == (set(), set(), set())


def test_finishing_one_while_it_is_withdrawn_leaves_nothing_of_it(approved, publisher, image):
    kept, gone = approved("kept"), approved("gone")
    publication.publish(kept, by=publisher)
    completing.complete(image, crops=True)
    for _turn in range(4):
        publication.publish(Report.objects.get(pk=gone.pk), by=publisher)
        EditionImage.objects.update(renditions=published_at_once(image))  # as it was before it was finished
        results = together(
            lambda: finishing.finish(gone.uuid),
            lambda: publication.withdraw(Report.objects.get(pk=gone.pk), by=publisher, reason="Asked."),
            lambda: finishing.finish(kept.uuid),
        )
        assert [type(result).__name__ for result in results] == ["bool", "Report", "bool"], results
        rows, there, used = state()
        assert (
            rows
            == used
            == there
            == {
                *files.names_of(EditionImage.objects.filter(edition=kept.uuid)),
                Edition.objects.get(uuid=kept.uuid).placard,
            }
        )
        assert len(there) == 7
    publication.withdraw(Report.objects.get(pk=kept.pk), by=publisher, reason="Asked.")
    assert state() == (set(), set(), set())


def published_at_once(image):
    return [each for each in published_set(image) if each["format"] != "avif"]


def test_alt_text_or_decorative_is_asked_for_and_any_change_of_a_picture_voids_the_approval(reporter, editor, publisher, image):
    report = factories.in_review(reporter, images=[{"image": image}])
    with pytest.raises(Refused, match="Describe the picture for those who cannot see it, or mark it as decorative"):
        actions.approve(report, by=editor)
    assert report.sign_offs.filter(part="approved").count() == 0
    report = actions.request_changes(report, by=editor, comment="Describe the picture.")
    other = add(made.plain(colour="red"), by=reporter)
    whole = {"image": image, "alt": "A valley", "caption": "Dusk", "lead": True}
    for change in ({"alt": "A hill"}, {"caption": "Dawn"}, {"lead": False}, {"decorative": True, "alt": ""}, {"image": other}):
        report = actions.save(report, by=reporter, images=[whole])
        report = actions.approve(actions.submit(report, by=reporter), by=editor)
        assert report.edit_state == "approved"
        report = actions.save(report, by=reporter, images=[{**whole, **change}])
        assert report.edit_state == "draft", change
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    other.credit = "Photograph: somebody else"
    other.save(update_fields=["credit"])
    with pytest.raises(Refused, match="no longer what was approved"):
        publication.publish(report, by=publisher)
    assert Edition.objects.count() == 0
