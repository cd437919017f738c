"""A live report with all that a report can have, for those who try to break it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image as Pillow

from articles.contacts.models import MediaContact
from articles.images.actions import add
from articles.people.models import Byline
from articles.reports.models import Report
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from articles.workflow.vouching import vouch
from tests import factories


@pytest.fixture
def corrected(reporter, editor, publisher):
    """A live report with a correction."""
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, headline="Three families told to leave the valley")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="correction", correction="There were three families.")
    vouch(report, by=editor, subject="citations", answer="waived", text="Seen by ourselves.")
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def full(reporter, editor, publisher):
    """A live report with every field and every part filled."""
    file = io.BytesIO()
    Pillow.new("RGB", (700, 450), "#445566").save(file, "JPEG")
    file.seek(0)
    tags = [Tag.objects.create(name=name) for name in ("Displacement", "Land")]
    return factories.live(
        reporter,
        editor,
        publisher,
        tags=tags,
        byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A. Writer", slug="a-writer")}],
        citations=[
            {
                "kind": "official", "title": "Order 14", "publisher": "The district", "address": "https://example.org/14",
                "published_on": dt.date(2026, 3, 2), "page": "3", "accessed_on": dt.date(2026, 3, 3),
            }
        ],
        images=[{"image": add(file, by=reporter, credit="Own drawing"), "alt": "A valley", "caption": "The valley", "lead": True}],
        contact=MediaContact.objects.create(name="Desk", languages=["en"]),
        call_to_action="Write to the district.",
        call_to_action_link="https://example.org/write",
        backstory="We spoke with eleven families.",
        event_on=dt.date(2026, 3, 3),
        event_precision="day",
    )  # fmt: skip
