"""A real report, as it was pasted from its page. It stands beside the project and is no part of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.reports.models import Report
from articles.text.plain import plain_text
from articles.workflow.actions import create
from articles.workflow.pasting import draft_fields, recognise_here
from tests.factories import region

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = [folder / "shared" / "samples" / "report-nk-2023.txt" for folder in ROOT.parents]
SAMPLE = next((place for place in PLACES if place.is_file()), None)


@pytest.mark.django_db
@pytest.mark.skipif(SAMPLE is None, reason="the sample ../shared/samples/report-nk-2023.txt is not on this machine")
def test_the_real_report_comes_through_whole(reporter):
    text = SAMPLE.read_text()
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    tagline, select_page, first, *others, closing = lines
    dateline, _dash, opening = first.partition(" – ")

    found = recognise_here(text)
    report = create(by=reporter, language=found.language, **draft_fields(found))

    report = Report.objects.get(pk=report.pk)
    assert re.findall(r"<p>(.*?)</p>", report.body) == [opening, *others]
    assert report.body == "".join(f"<p>{paragraph}</p>" for paragraph in [opening, *others])
    assert report.body.count("<p>") == 7
    assert "[sic]" in plain_text(report.body)
    assert (report.dateline_on.isoformat(), report.dateline_region, report.dateline_place) == ("2023-10-18", region("KP"), "")
    assert report.dateline_source == dateline.partition("(")[2].rstrip(")")
    assert list(report.regions.all()) == [region("KP")]
    assert (report.language, report.headline, report.slug, report.contact) == ("en", "", None, None)
    assert (found.line, found.contact) == (f"{dateline} –", "hidden")
    assert found.dropped == [tagline, select_page, closing]
    assert sorted(found.unsure) == ["contact", "headline"]
