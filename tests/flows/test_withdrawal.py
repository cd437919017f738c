"""A report is taken back: every surface is dark at once, however warm it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client, override_settings

from articles.audit.models import AuditEvent
from articles.editions.models import Address, Edition, EditionVersion, PublicFile
from articles.images.actions import add
from articles.reports.models import Report
from articles.workflow import actions, publication
from articles.workflow.refusals import Refused
from tests import factories
from tests.public.canary import crawl, fields, photograph, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def warm(reporter, editor, publisher):
    """(a report to take back, its translation, another), all that readers can reach of them asked for and kept: {address: response}."""
    with override_settings(KEEP_PAGES=True):
        shown = fields("live", reporter, 90)
        shown["images"] += [{"image": (both := add(photograph(91), by=reporter)), "alt": "A hill"}]
        report = factories.live(reporter, editor, publisher, **shown)
        facts = {
            "language": "ar",
            "translation_group": report.translation_group,
            "headline": "عائلتان",
            "body": "<p>نص</p>",
            "dateline_on": dt.date(2026, 3, 4),
        }
        arabic = actions.create(by=reporter, dateline_region=factories.region(), regions=[factories.region()], **facts)
        publication.publish(actions.approve(actions.submit(arabic, by=reporter), by=editor), by=publisher)
        other = factories.live(reporter, editor, publisher, images=[{"image": both, "alt": "A hill"}])
        crawl(report, odd=())
        yield report, Report.objects.get(pk=arabic.pk), other, crawl(report, odd=())


def dark(before, report, shared):
    """Asserts that nothing tells of the report at any address that was known before, nor at any that is reached now."""
    told = {address for address, response in before.items() if "canarylive" in said(response)}
    assert len(told) > 10
    after = {address: Client().get(address) for address in before} | crawl(report, odd=())
    assert {address for address, response in after.items() if "canarylive" in said(response)} == set()
    assert {
        (after[address].status_code, address.startswith("/oembed"))
        for address, response in before.items()
        if "canarylive" in address and response.status_code == 200
    } == {(410, False), (404, True)}  # a card is given for what is public, and for nothing else
    lost = {
        address
        for address, response in after.items()
        if address.startswith("/media/") and address in before and response.status_code == 404
    }
    kept = {address for address in before if address.startswith("/media/")} - lost
    assert {address.removeprefix("/media/") for address in kept} - {"0" * 40 + ".jpg"} == shared
    assert {Client().get(address).status_code for address in ("/tags/secret-tag/", "/authors/secret-author/", "/regions/kenya/")} == {404}
    for header in (
        {"If-None-Match": before[report.path].headers["ETag"]},
        {"If-None-Match": "*"},
        {"Range": "bytes=0-9"},
        {"If-Modified-Since": "Wed, 25 Nov 2099 07:00:00 GMT"},
    ):
        answer = Client().get(report.path, headers=header)
        assert (answer.status_code, answer.headers["Cache-Control"], "ETag" in answer.headers) == (410, "no-store", False), header
    assert Client().head(report.path).status_code == 410


@pytest.mark.parametrize("verb", ["withdraw", "take_down"])
def test_a_report_that_is_taken_back_is_dark_everywhere_at_once(warm, publisher, verb, django_capture_on_commit_callbacks):
    report, arabic, other, before = warm
    linked = report.path in before[arabic.path].text
    with django_capture_on_commit_callbacks(execute=True):
        getattr(publication, verb)(report, by=publisher, reason="Asked by the family.")
    shared = {each["file"] for image in Edition.objects.get(uuid=other.uuid).edition_images.all() for each in image.renditions}
    assert (
        shared
        == set(PublicFile.objects.values_list("name", flat=True))
        == {name for folder in storages["public"].listdir("")[0] for name in storages["public"].listdir(folder)[1]}
    )
    dark(before, report, shared & {address.removeprefix("/media/") for address in before})
    assert linked and report.path not in Client().get(arabic.path).text
    assert not EditionVersion.objects.filter(report_uuid=report.uuid).exists()
    assert not any("canary" in str(vars(event)) for event in AuditEvent.objects.all())


def test_its_address_is_its_own_for_ever_and_all_that_led_there_is_gone(reporter, editor, publisher):
    first = factories.live(reporter, editor, publisher)
    old = first.path
    actions.approve(actions.submit(actions.save(first, by=reporter, slug="another-slug"), by=reporter), by=editor)
    publication.publish_update(first, by=publisher, change="silent")
    assert Client().get(old).headers["Location"] == old.replace("two-families-told-to-leave-the-valley", "another-slug")
    publication.withdraw(first, by=publisher, reason="Asked by the family.")
    assert {Client().get(each.path).status_code for each in Address.objects.all()} == {410}
    second = factories.approved(reporter, editor, slug="two-families-told-to-leave-the-valley")
    with pytest.raises(Refused, match="belongs to another report"):
        publication.publish(second, by=publisher)
    assert not Edition.objects.exists()
    assert Client().get(old).status_code == 410
    back = publication.publish(Report.objects.get(pk=first.pk), by=publisher)
    assert (back.path, Client().get(back.path).status_code) == (f"/reports/{first.published_at:%Y/%m}/another-slug/", 200)
    assert settings.SITE_URL + back.path in Client().get("/feed.rss").text
