"""After a report went public an errand gives it lighter pictures and crops; what was approved stays, and what went dark stays dark."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from articles.editions import files
from articles.editions.finishing import ERRAND, IN_PASSING
from articles.editions.models import Edition, EditionFile, EditionImage, PublicFile
from articles.errands import queue
from articles.errands.models import Errand
from articles.images import completing
from articles.images.actions import add
from articles.images.models import Rendition
from articles.reports.models import Report
from articles.stamp.number import current
from articles.workflow import actions, finishing, publication
from articles.workflow.finishing import refocus
from articles.workflow.refusals import Conflict
from newsroom import clock
from tests import factories
from tests.images import files as made

pytestmark = pytest.mark.django_db

HANDLERS = {kind: (clock.SLOW | clock.SLOWEST)[kind] for kind in (ERRAND, IN_PASSING)}
PICTURE = re.compile(r"<picture>.*?</picture>", re.DOTALL)
AT_ONCE = {("small", "jpeg"), ("small", "webp"), ("middle", "jpeg"), ("middle", "webp")}
IN_TIME = {("small", "avif"), ("middle", "avif")}
CROPS = {("1x1", "jpeg"), ("4x3", "jpeg"), ("16x9", "jpeg")}


@pytest.fixture
def image(reporter):
    return add(made.plain(size=(700, 500)), by=reporter, credit="Own drawing")


@pytest.fixture
def report(reporter, editor, publisher, image):
    return factories.live(reporter, editor, publisher, images=[{"image": image, "alt": "A valley", "lead": True}])


def errands():
    """What the clock does of what is slow."""
    done = queue.run(handlers=HANDLERS, at=timezone.now())
    assert not Errand.objects.exclude(last_error="").exists()
    return done


def shown():
    """The files of the live report: those of its pictures, and its placard."""
    return {*files.names_of(EditionImage.objects.all()), Edition.objects.get().placard}


def offered():
    return {(each["name"], each["format"]) for each in EditionImage.objects.get().renditions}


def test_the_lighter_format_comes_by_an_errand_and_is_served_at_once(report):
    assert offered() == AT_ONCE
    before, stamp = PICTURE.search(Client().get(report.path).text)[0], current()
    assert (errands(), current()) == (1, stamp + 1)
    assert offered() == AT_ONCE | IN_TIME | CROPS
    after = PICTURE.search(Client().get(report.path).text)[0]
    assert re.findall(r'type="([^"]+)"', after) == ["image/avif", "image/webp"]
    assert re.sub(r'<source type="image/avif"[^>]*>', "", after) == before
    avif = re.findall(r"/media/[0-9a-f]{40}\.avif", after)
    assert [Client().get(path)["Content-Type"] for path in avif] == ["image/avif"] * 2
    assert set(EditionFile.objects.values_list("file__name", flat=True)) == shown()


def test_nothing_that_was_approved_changes(report):
    columns = [
        field.attname
        for field in Edition._meta.fields
        if field.attname not in {"main_html", "head_html", "card_html", "rss_xml", "atom_xml", "placard", "placard_of"}
    ]
    before = Edition.objects.values(*columns).get()
    signed = list(report.sign_offs.values())
    errands()
    assert (Edition.objects.values(*columns).get(), list(report.sign_offs.values())) == (before, signed)


def test_asked_again_it_writes_nothing(report):
    errands()
    stamp, rows = current(), list(Rendition.objects.order_by("pk").values())
    assert finishing.finish(report.uuid) is False
    finishing.ask_to_finish(report.uuid)
    assert (errands(), current(), list(Rendition.objects.order_by("pk").values())) == (1, stamp, rows)


def test_the_next_publication_has_them_at_once(report, reporter, editor, publisher):
    errands()
    report = actions.save(Report.objects.get(pk=report.pk), by=reporter, standfirst="Another order came.")
    actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")
    assert offered() == AT_ONCE | IN_TIME | CROPS
    assert Client().get(report.path).text.count("image/avif") == 1


def test_a_picture_in_the_text_gets_no_crops(reporter, editor, publisher, image):
    factories.live(reporter, editor, publisher, images=[{"image": image, "alt": "A valley"}])
    errands()
    assert offered() == AT_ONCE | IN_TIME
    assert not Rendition.objects.filter(name__in=("1x1", "4x3", "16x9")).exists()


def test_search_engines_are_told_the_crops(report):
    errands()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', Client().get(report.path).text, re.DOTALL)[1])
    crops = {each["file"] for each in EditionImage.objects.get().renditions if (each["name"], each["format"]) in CROPS}
    assert len(crops) == 3 and {name for name in crops if f"/media/{name}" in json.dumps(told)} == crops


def test_a_report_that_went_dark_before_gets_nothing(report, publisher):
    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert errands() == 1
    assert (PublicFile.objects.count(), Rendition.objects.filter(format="avif").count()) == (0, 0)


def test_a_report_that_goes_dark_meanwhile_leaves_nothing_public(report, publisher, monkeypatch, django_capture_on_commit_callbacks):
    real = completing.complete

    def slowly(*args, **kwargs):
        real(*args, **kwargs)
        with django_capture_on_commit_callbacks(execute=True):
            publication.take_down(Report.objects.get(pk=report.pk), by=publisher, reason="Asked by the family.")

    monkeypatch.setattr(finishing, "complete", slowly)
    stamp = current()
    assert finishing.finish(report.uuid) is False
    made_then = list(Rendition.objects.filter(format="avif"))
    assert len(made_then) == 2 and current() == stamp + 1  # the takedown's own
    assert (PublicFile.objects.count(), EditionFile.objects.count()) == (0, 0)
    assert not any(storages["public"].exists(files.public_name(each.file)) for each in made_then)
    assert {Client().get(f"/media/{each.file}").status_code for each in made_then} == {404}
    assert Client().get(report.path).status_code == 410


def test_another_text_that_went_public_meanwhile_is_left_to_its_own_errand(report, reporter, editor, publisher, monkeypatch):
    real, other = completing.complete, add(made.plain(size=(700, 500), colour="red"), by=reporter)

    def slowly(*args, **kwargs):
        real(*args, **kwargs)
        monkeypatch.setattr(finishing, "complete", real)
        changed = actions.save(Report.objects.get(pk=report.pk), by=reporter, images=[{"image": other, "alt": "A roof", "lead": True}])
        actions.approve(actions.submit(changed, by=reporter), by=editor)
        publication.publish_update(changed, by=publisher, change="silent")

    monkeypatch.setattr(finishing, "complete", slowly)
    assert errands() == 1
    assert offered() == AT_ONCE and EditionImage.objects.get().sha256 == other.content_hash
    assert errands() == 1  # asked for again while it was being done
    assert offered() == AT_ONCE | IN_TIME | CROPS
    assert set(PublicFile.objects.values_list("name", flat=True)) == shown()


def test_a_picture_that_cannot_be_completed_holds_no_other_back(report, reporter, image):
    image.master = "masters/lost"
    image.save(update_fields=["master"])
    assert queue.run(handlers=HANDLERS) == 0
    assert [(each.kind, each.last_error) for each in queue.failing()] == [("finish report", "FileNotFoundError")]
    assert offered() == AT_ONCE


def test_another_focal_point_cuts_the_crops_anew_and_public_pages_follow(report, image, django_capture_on_commit_callbacks):
    errands()
    old = {each.name: each.file for each in Rendition.objects.filter(name__in=("1x1", "4x3", "16x9"))}
    whole = {each["file"] for each in EditionImage.objects.get().renditions} - set(old.values())
    other = add(made.telling_jpeg(), by=image.added_by)
    other.focal_x = 0.9
    refocus(other)  # no live report shows it
    assert errands() == 0
    with django_capture_on_commit_callbacks(execute=True):
        image.focal_x, image.focal_y = 0.0, 0.25
        image.save(update_fields=["focal_x", "focal_y"])
        refocus(image)
    assert offered() == AT_ONCE | IN_TIME | CROPS  # the old ones stay until the new ones are there
    assert {Client().get(f"/media/{name}").status_code for name in old.values()} == {200}
    with django_capture_on_commit_callbacks(execute=True):
        assert errands() == 1
    assert offered() == AT_ONCE | IN_TIME | CROPS
    new = {each["file"] for each in EditionImage.objects.get().renditions} - whole
    assert len(new) == 3 and set(PublicFile.objects.values_list("name", flat=True)) == shown()


def test_a_publication_that_composed_before_the_crops_went_is_told_to_begin_anew(report, reporter, editor, publisher, image, monkeypatch):
    errands()
    changed = actions.save(Report.objects.get(pk=report.pk), by=reporter, standfirst="Another order came.")
    changed = actions.approve(actions.submit(changed, by=reporter), by=editor)
    real = files.copy_to_public

    def then_refocused(names):
        real(names)
        refocus(image)

    monkeypatch.setattr(publication.files, "copy_to_public", then_refocused)
    before = Edition.objects.values("standfirst", "content_hash").get()
    with pytest.raises(Conflict):
        publication.publish_update(changed, by=publisher, change="silent")
    assert Edition.objects.values("standfirst", "content_hash").get() == before
