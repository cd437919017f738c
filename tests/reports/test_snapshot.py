"""What the content hash covers: exactly what a reader gets, field by field."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from articles.contacts.models import MediaContact
from articles.images.models import Image
from articles.people.models import Byline
from articles.reports.models import Citation, Credit, Report, ReportImage, ReportRegion, TaggedReport
from articles.reports.snapshot import content_hash, public_part, snapshot
from articles.taxonomy.models import Region, Tag, TagName
from tests import factories

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def image(by, letter):
    """A picture whose files nobody asks for."""
    facts = {"master": letter, "sha256": letter * 64, "content_hash": letter * 64, "width_px": 9, "height_px": 9}
    return Image.objects.create(credit="Own", title="Valley", added_by=by, **facts)


@pytest.fixture
def report(reporter):
    """A draft with one of everything."""
    picture = image(reporter, "b")
    return factories.draft(
        reporter,
        slug="the-valley",
        tags=[Tag.objects.create(name="Land")],
        byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A. Writer", slug="a-writer")}],
        citations=[{"title": "Order 14"}, {"title": "A witness", "public": False}],
        images=[{"image": picture, "alt": "A valley", "caption": "The valley"}],
        contact=MediaContact.objects.create(name="Desk", languages=["en"]),
        call_to_action="Write.",
        call_to_action_link="https://example.org/",
        backstory="We spoke with eleven families.",
        event_on=dt.date(2026, 3, 3),
        event_precision="day",
        dateline_source="Org",
    )


def hash_now(report):
    return content_hash(public_part(Report.objects.get(pk=report.pk)))


def change(model, **fields):
    return lambda report: model.objects.filter(**_of(model, report)).update(**fields)


def _of(model, report):
    return {
        Report: {"pk": report.pk}, TaggedReport: {"content_object": report}, Citation: {"report": report, "public": True},
        Tag: {"pk__in": report.tags.values("pk")}, Region: {"iso_alpha2": "NG"}, MediaContact: {"pk": report.contact_id},
        Image: {"content_hash": "b" * 64}, Byline: {"slug": "a-writer"},
    }.get(model, {"report": report})  # fmt: skip


COVERED = {
    **{f"report {name}": change(Report, **{name: value}) for name, value in {
        "kind": "opinion", "headline": "Other", "slug": "other", "standfirst": "Other.", "body": "<p>Other.</p>",
        "dateline_on": dt.date(2020, 1, 1), "dateline_place": "Kano", "dateline_region": None, "dateline_source": "Other",
        "dateline_mode": "coarse", "byline_mode": "organisation", "event_on": dt.date(2020, 1, 1), "event_precision": "month",
        "contact": None, "call_to_action": "Other.", "call_to_action_link": "https://other.example/",
        "backstory": "Other.",
    }.items()},
    **{f"citation {name}": change(Citation, **{name: value}) for name, value in {
        "kind": "media", "title": "Other", "publisher": "Other", "address": "https://other.example/", "published_on": dt.date(2020, 1, 1),
        "published_precision": "year", "page": "9", "accessed_on": dt.date(2020, 1, 1), "archive_address": "https://a.example/", "public": False,
    }.items()},
    **{f"picture {name}": change(ReportImage, **{name: value}) for name, value in {
        "alt": "Other", "caption": "Other", "decorative": True, "lead": True,
    }.items()},
    "picture swapped": lambda report: ReportImage.objects.filter(report=report).update(
        image=image(report.created_by, "d")
    ),
    "picture rebuilt": change(Image, content_hash="e" * 64),
    "picture's credit": change(Image, credit="Other"),
    "picture taken off": lambda report: report.report_images.all().delete(),
    "tag renamed": change(Tag, name="Other"),
    "tag taken off": lambda report: report.tagged.all().delete(),
    "tag added": lambda report: TaggedReport.objects.create(content_object=report, tag=Tag.objects.create(name="Second")),
    "region renamed": change(Region, name="Other"),
    "region added": lambda report: ReportRegion.objects.create(report=report, region=factories.region("TD")),
    "region no longer primary": change(ReportRegion, is_primary=False),
    "byline renamed": change(Byline, name="Other"),
    "credit's role": change(Credit, role="editing"),
    "credit not shown": change(Credit, shown=False),
    "contact renamed": change(MediaContact, name="Other"),
}  # fmt: skip
NOT_COVERED = {
    **{f"report {name}": change(Report, **{name: value}) for name, value in {
        "severity": "high", "makes_allegation": True,
        "internal_note": "Call the lawyer.", "embargo_until": LATER, "expire_at": LATER, "publish_at": LATER, "due_at": LATER,
        "assigned_to": None, "lock_version": 99, "release_alert": "Late.", "scheduled_hash": "0",
    }.items()},
    "a private citation": lambda report: Citation.objects.filter(report=report, public=False).update(title="Another witness"),
    "a private citation more": lambda report: Citation.objects.create(report=report, order=9, title="A third", public=False),
    "the name of a tag in another language": lambda report: TagName.objects.create(tag=report.tags.get(), language="es", name="Tierra"),
    "facts of a picture for the desk": change(Image, title="Other", shared=True, creator="A name", licence="A licence", rights_expire_on=dt.date(2031, 1, 1)),
    "a contact's telephone": change(MediaContact, phone="+1"),
}  # fmt: skip


@pytest.mark.parametrize("name", COVERED)
def test_a_change_that_readers_see_moves_the_hash(report, name):
    before = hash_now(report)
    COVERED[name](report)
    assert hash_now(report) != before


@pytest.mark.parametrize("name", NOT_COVERED)
def test_a_change_that_readers_do_not_see_leaves_the_hash(report, name):
    before = hash_now(report)
    NOT_COVERED[name](report)
    assert hash_now(report) == before


def test_the_hash_of_a_draft_is_that_of_its_newest_revision(report):
    assert report.content_hash == hash_now(report) == report.revisions.get().content_hash


def test_what_a_mode_withholds_is_not_in_the_public_part(report):
    Report.objects.filter(pk=report.pk).update(dateline_mode="withheld", byline_mode="withheld")
    public = public_part(Report.objects.get(pk=report.pk))
    assert public["dateline"] == {"mode": "withheld", "on": "2026-03-04", "place": "", "region": None, "source": "Org"}
    assert public["bylines"] == [] and "Jos" not in str(public) and "A. Writer" not in str(public)


def test_a_report_that_does_not_tell_how_it_was_reported_keeps_the_hash_it_had(report):
    told = hash_now(report)
    Report.objects.filter(pk=report.pk).update(backstory="")
    public = public_part(Report.objects.get(pk=report.pk))
    assert "backstory" not in public and content_hash(public) != told


def test_letters_composed_and_decomposed_hash_alike(report):
    composed, decomposed = "São Tomé", unicodedata.normalize("NFD", "São Tomé")
    assert composed != decomposed
    hashes = []
    for text in (composed, decomposed):
        Report.objects.filter(pk=report.pk).update(headline=text)
        hashes.append(hash_now(report))
    assert hashes[0] == hashes[1]
    assert snapshot(Report.objects.get(pk=report.pk))["public"]["headline"] == composed


def test_a_snapshot_reads_a_fixed_number_of_statements(report, django_assert_num_queries):
    Citation.objects.bulk_create(Citation(report=report, order=number, title=f"Source {number}") for number in range(9))
    fresh = Report.objects.get(pk=report.pk)
    with django_assert_num_queries(9):
        snapshot(fresh)
