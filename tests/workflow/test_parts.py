"""A report's rows: what may stand once stands once, and says so before the database does."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Picture

from articles.images.actions import add
from articles.people.models import Byline
from articles.workflow import actions
from articles.workflow.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def picture(by, shade: int):
    buffer = io.BytesIO()
    Picture.new("RGB", (300, 200), (shade, 80, 70)).save(buffer, "JPEG")
    buffer.seek(0)
    return add(buffer, by=by)


def test_a_picture_a_lead_and_a_byline_in_a_role_stand_once(reporter):
    report = factories.draft(reporter, standfirst="Before.")
    one, other = picture(reporter, 10), picture(reporter, 200)
    byline = Byline.objects.create(name="Ana", slug="ana")
    refused = {
        "A picture stands twice: take one of the rows away.": {"images": [{"image": one}, {"image": one}]},
        "Two pictures are marked as the lead: choose one.": {"images": [{"image": one, "lead": True}, {"image": other, "lead": True}]},
        "A byline stands twice in one role: take one of the rows away.": {
            "credits": [{"byline": byline}, {"byline": byline, "role": "author"}]
        },
    }

    for sentence, rows in refused.items():
        with pytest.raises(Refused) as refusal:
            actions.save(report, by=reporter, standfirst="After.", **rows)
        assert [str(reason.sentence) for reason in refusal.value.reasons] == [sentence]
    report.refresh_from_db()

    assert (report.standfirst, report.report_images.count(), report.credits.count()) == ("Before.", 0, 0)
    both = [{"byline": byline}, {"byline": byline, "role": "reporting"}]
    actions.save(report, by=reporter, images=[{"image": one, "lead": True}, {"image": other}], credits=both)
    assert (report.report_images.count(), report.credits.count()) == (2, 2)
