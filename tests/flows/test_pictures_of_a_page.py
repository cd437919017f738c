"""A report's picture: in the preview from private storage, on the public page from its public copy."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image as Pillow

from articles.images.actions import add
from articles.reports.models import Report, ReportImage
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictured(reporter) -> Report:
    file = io.BytesIO()
    Pillow.new("RGB", (1400, 900), "#445566").save(file, "JPEG")
    file.seek(0)
    report = factories.draft(reporter)
    ReportImage.objects.create(report=report, image=add(file, by=reporter, credit="Own drawing"), alt="A valley", lead=True)
    return Report.objects.get(pk=report.pk)


def test_the_preview_holds_the_picture_that_no_public_address_serves(as_user, reporter, client, pictured):
    html = as_user(reporter).get(f"/desk/articles/report/{pictured.pk}/preview/").text
    picture = re.search(r"<img src=\"([^\"]+)\"[^>]*alt=\"A valley\"", html)
    assert picture and picture[1].startswith("data:image/jpeg;base64,")
    assert 'src="/media/' not in html and 'srcset="/media/' not in html
    public = re.search(r'og:image" content="http://testserver(/media/[^"]+)"', html)
    assert public is None or client.get(public[1]).status_code == 404


def test_the_public_page_offers_files_that_are_served(client, reporter, editor, publisher, pictured):
    report = actions.submit(pictured, by=reporter)
    report = actions.approve(report, by=editor)
    publication.publish(report, by=publisher)
    report = Report.objects.get(pk=report.pk)
    html = client.get(report.path).text
    offered = set(re.findall(r"/media/[\w.]+", html))
    assert len(offered) >= 2 and 'alt="A valley"' in html and "Own drawing" in html
    assert {client.get(path).status_code for path in offered} == {200}

    publication.withdraw(report, by=publisher, reason="Asked by the family.")
    assert {client.get(path).status_code for path in offered} == {404}
