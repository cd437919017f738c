"""Shaping a page: checked, recorded, counted; whoever comes second is told; what is refused is not written."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction

from articles.audit.models import AuditEvent
from articles.editions.blocks import Shape
from articles.editions.shaped import Block, BlockReport, ShapedPage
from articles.stamp.number import current
from articles.taxonomy.models import Tag
from articles.workflow.refusals import Conflict, Forbidden, Refused
from articles.workflow.shaping import page_for, shape, shapes_of
from tests import factories

pytestmark = pytest.mark.django_db
ACTION = Shape("action", text="Ask your minister.", link="/press/", label="Write")


def written():
    return [list(model.objects.values_list()) for model in (ShapedPage, Block, BlockReport)], current(), AuditEvent.objects.count()


def test_blocks_take_the_place_of_those_before_and_the_act_is_recorded_and_counted(editor, publisher):
    before, one = current(), uuid.uuid4()
    shape(page_for("en"), [ACTION, Shape("picks", heading="Two", chosen=(one,))], by=editor, version=0)
    page = shape(page_for("en"), [Shape("picks", chosen=(one,)), Shape("latest", how_many=9)], by=publisher, version=1)
    assert (page.version, current()) == (2, before + 2)
    assert shapes_of(page_for("en")) == [Shape("picks", chosen=(one,)), Shape("latest", how_many=9)]
    assert list(AuditEvent.objects.order_by("-seq").values_list("verb", "target")[:2]) == [("shape_page", "front:en")] * 2
    law = Tag.objects.create(name="Law", slug="law")
    shape(page_for("ar", tag=law), [Shape("picks", chosen=(one,))], by=editor, version=0)
    assert AuditEvent.objects.latest("seq").target == f"front:ar-tag-{law.pk}"
    assert shapes_of(page_for("ar", tag=law)) == [Shape("picks", chosen=(one,))]


def test_who_began_with_an_older_page_is_refused_and_nothing_is_written(editor, publisher):
    shape(page_for("en"), [ACTION], by=editor, version=0)
    before = written()
    for version in (0, 2, -1):
        with pytest.raises(Conflict):
            shape(page_for("en"), [], by=publisher, version=version)
    assert written() == before


@pytest.mark.parametrize("who", ["reporter", "translator", "administrator", "press_officer", "safety_officer", "auditor", "superuser"])
def test_only_editors_and_publishers_shape_pages(request, who):
    before = written()
    with pytest.raises(Forbidden):
        shape(page_for("en"), [ACTION], by=request.getfixturevalue(who), version=0)
    assert written() == before


ONE = uuid.uuid4()
WRONG_LINKS = (
    "", "http://example.org/", "javascript:alert(1)", "//evil.example/", "/\\evil.example", "press/", "https:evil.example", "https://a@b/",
    "https://", "/a\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("shapes", "field"),
    [
        ([Shape("action", text="Ask.", link="/press/")], "0 label"),
        ([Shape("action", link="/press/", label="Write")], "0 text"),
        *(
            ([Shape("latest"), Shape("action", text="Ask.", link=link, label="Write")], "1 link")
            for link in WRONG_LINKS
        ),
        ([Shape("picks")], "0 chosen"),
        ([Shape("lead", chosen=(ONE, uuid.uuid4()))], "0 chosen"),
        ([Shape("lead", chosen=(ONE,)), Shape("picks", chosen=(ONE,))], "0 chosen"),
        ([Shape("latest", how_many=0)], "0 how_many"),
        ([Shape("latest", how_many=13)], "0 how_many"),
        ([Shape("region")], "0 region"),
        ([Shape("tag")], "0 tag"),
        ([Shape("kind", report_kind="page")], "0 report_kind"),
        ([Shape("gallery")], "0 kind"),
        ([Shape("latest", heading="x" * 81)], "0 heading"),
        ([Shape("latest", heading="L\u202eW")], "0 heading"),
        ([Shape("latest")] * 13, ""),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_told_at_its_field_and_not_written(editor, shapes, field):
    before = written()
    with pytest.raises(Refused) as refused:
        shape(page_for("en"), shapes, by=editor, version=0)
    assert {reason.field for reason in refused.value.reasons} >= {field}
    assert all(str(reason) for reason in refused.value.reasons)
    assert written() == before


def test_a_subject_has_pinned_reports_and_nothing_else(editor):
    page = page_for("en", region=factories.region("NG"))
    for shapes in ([Shape("latest")], [Shape("picks", chosen=(ONE,)), Shape("picks", chosen=(uuid.uuid4(),))]):
        with pytest.raises(Refused):
            shape(page, shapes, by=editor, version=0)
    assert not Block.objects.exists()


def test_the_database_refuses_what_no_act_writes(editor):
    page = shape(page_for("en"), [ACTION], by=editor, version=0)
    law = Tag.objects.create(name="Law", slug="law")
    wrong = [
        lambda: ShapedPage.objects.create(language="en"),
        lambda: ShapedPage.objects.create(language="en", tag=law, region=factories.region("NG")),
        lambda: Block.objects.create(page=page, order=0, kind="latest"),
        lambda: Block.objects.create(page=page, order=1, kind="latest", how_many=0),
        lambda: Block.objects.create(page=page, order=1, kind="tag"),
        lambda: Block.objects.create(page=page, order=1, kind="latest", tag=law),
        lambda: Block.objects.create(page=page, order=1, kind="action", text="Ask.", label="Write", link="javascript:alert(1)"),
        lambda: Block.objects.create(page=page, order=1, kind="latest", text="Ask."),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
