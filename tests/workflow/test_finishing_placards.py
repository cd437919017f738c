"""Each live report has a placard where its address is shared, which says what the page says and goes when the report goes."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles.editions import files
from articles.editions.models import Edition, EditionFile, PublicFile
from articles.editions.redraw import ask_for_redraw
from articles.errands import queue
from articles.errands.models import Errand
from articles.images.actions import private_name
from articles.reports.models import Report
from articles.stamp.number import current
from articles.taxonomy.models import RegionName
from articles.workflow import actions, finishing, publication
from newsroom import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(reporter, editor, publisher):
    return factories.live(reporter, editor, publisher)


def errands():
    for handlers in (clock.HANDLERS, clock.SLOW, clock.SLOWEST):
        queue.run(handlers=handlers, at=timezone.now())
    assert not Errand.objects.exclude(last_error="").exists()


def shared(report):
    """What the page tells those who share it: {property: content} of its picture."""
    html = Client().get(report.path).text
    return dict(re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', html))


def updated(report, reporter, editor, publisher, *, change="silent", correction="", **changes):
    report = actions.save(Report.objects.get(pk=report.pk), by=reporter, **changes)
    actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change=change, correction=correction)


def test_a_report_gets_its_placard_by_an_errand(report):
    assert shared(report) == {}
    stamp = current()
    errands()
    assert current() == stamp + 1
    told = shared(report)
    assert told == {
        "og:image": told["og:image"], "og:image:width": "1200", "og:image:height": "630",
        "og:image:alt": "Two families told to leave the valley – Newsroom", "twitter:card": "summary_large_image",
    }  # fmt: skip
    answer = Client().get("/media/" + told["og:image"].rpartition("/")[2])
    assert (answer.status_code, answer["Content-Type"], Image.open(io.BytesIO(answer.content)).size) == (200, "image/png", (1200, 630))
    assert [each.file.name for each in EditionFile.objects.all()] == [Edition.objects.get().placard]
    stamp = current()
    assert finishing.finish(report.uuid) is False and current() == stamp


def test_it_goes_with_the_report_from_every_storage(report, publisher, django_capture_on_commit_callbacks):
    errands()
    name = Edition.objects.get().placard
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert (PublicFile.objects.count(), Client().get(f"/media/{name}").status_code) == (0, 404)
    assert not storages["public"].exists(files.public_name(name)) and not storages["private"].exists(private_name(name))


def test_what_it_does_not_show_leaves_it_and_what_it_shows_takes_it_away_at_once(report, reporter, editor, publisher):
    errands()
    first = Edition.objects.get().placard
    updated(report, reporter, editor, publisher, body=factories.BODY + "<p>A third was told on Sunday.</p>")
    assert shared(report)["og:image"].endswith(first) and Client().get(f"/media/{first}").status_code == 200
    updated(report, reporter, editor, publisher, headline="Three families told to leave the valley")
    assert (shared(report), Client().get(f"/media/{first}").status_code) == ({}, 404)
    errands()
    second = Edition.objects.get().placard
    assert second not in ("", first) and shared(report)["og:image"].endswith(second)
    assert set(PublicFile.objects.values_list("name", flat=True)) == {second}


def test_a_retraction_and_a_place_that_is_now_withheld_are_shown(report, reporter, editor, publisher):
    errands()
    seen = {Edition.objects.get().placard}
    updated(report, reporter, editor, publisher, dateline_mode="withheld")
    errands()
    seen.add(Edition.objects.get().placard)
    updated(report, reporter, editor, publisher, change="retraction", correction="We withdraw it.", standfirst="It was not so.")
    assert shared(report) == {}
    errands()
    seen.add(Edition.objects.get().placard)
    assert len(seen) == 3 and set(PublicFile.objects.values_list("name", flat=True)) == {Edition.objects.get().placard}


def test_a_renamed_region_is_drawn_anew_in_passing(report, django_capture_on_commit_callbacks):
    errands()
    first = Edition.objects.get().placard
    RegionName.objects.update_or_create(region=factories.region(), language="en", defaults={"name": "Federal Republic of Nigeria"})
    ask_for_redraw()
    with django_capture_on_commit_callbacks(execute=True):
        errands()
    assert Edition.objects.get().placard != first
    assert set(PublicFile.objects.values_list("name", flat=True)) == {Edition.objects.get().placard}
    assert not storages["private"].exists(private_name(first))


def test_what_cannot_be_drawn_leaves_no_placard_and_is_told_to_the_desk(report, monkeypatch):
    monkeypatch.setattr("articles.editions.placards.placard.PROGRAM", "raise SystemExit(3)")
    queue.run(handlers=clock.SLOW, at=timezone.now())
    assert [each.last_error for each in queue.failing()] == ["NotDrawn"]
    assert (shared(report), PublicFile.objects.count()) == ({}, 0)
