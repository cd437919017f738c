"""Related reports under a report: of its region and its topic, read with the page, gone when they are gone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.public import related
from articles.taxonomy.models import Region, Tag
from articles.workflow import noting, publication
from tests import factories

pytestmark = pytest.mark.django_db


def named_under(report):
    """The headlines under the report's page, in their order."""
    html = Client().get(report.path).content.decode()
    assert "newsroom:related" not in html
    found = re.search(r'<nav class="cols related".*?</nav>', html, re.DOTALL)
    return re.findall(r'<a href="(/[^"]*)">([^<]*)</a>', found[0]) if found else []


@pytest.fixture
def cast(reporter, editor, publisher):
    def live(headline, **fields):
        return factories.live(reporter, editor, publisher, headline=headline, **fields)

    return live


def headlines(report):
    return [headline for _path, headline in named_under(report)]


def test_region_and_topic_stand_before_either_and_the_newest_first(cast):
    law, water = Tag.objects.create(name="Law", slug="law"), Tag.objects.create(name="Water", slug="water")
    ghana = {"regions": [factories.region("GH")], "dateline_region": factories.region("GH")}
    both = cast("Region and topic", tags=[water, law])
    cast("Neither", tags=[water], **ghana)
    cast("The topic", tags=[law], **ghana)
    cast("The region", tags=[water])
    report = cast("The report", tags=[law])
    assert headlines(report) == ["Region and topic", "The region", "The topic"]
    assert named_under(report)[0][0] == both.path
    assert headlines(both)[0] == "The report"


def test_no_more_than_three_and_never_itself_nor_another_language(cast):
    reports = [cast(f"Report {number}") for number in range(5)]
    cast("En español", language="es")
    assert headlines(reports[4]) == ["Report 3", "Report 2", "Report 1"]
    assert headlines(reports[3]) == ["Report 4", "Report 2", "Report 1"]


def test_a_report_of_no_region_in_particular_is_related_by_its_topic_alone(cast):
    law = Tag.objects.create(name="Law", slug="law")
    cast("Another place")
    cast("The topic", tags=[law])
    report = cast("The report", tags=[law], regions=[Region.objects.get(kind="world")], dateline_region=None, dateline_mode="withheld")
    assert headlines(report) == ["The topic"]


def test_what_is_withdrawn_is_named_no_more_and_what_is_retracted_neither(cast, publisher, settings):
    settings.KEEP_PAGES = True
    report, other = cast("The report"), cast("The other")
    assert headlines(report) == ["The other"]
    publication.withdraw(other, by=publisher, reason="Somebody asked.")
    assert headlines(report) == []
    third = cast("The third")
    assert headlines(report) == ["The third"]
    noting.add_note(third, by=publisher, change="retraction", correction="We do not stand by it.")
    assert headlines(report) == []


def test_asking_again_costs_one_statement_until_something_changes(cast, settings):
    settings.KEEP_PAGES = True
    related.shelf.clear()
    report = cast("The report")
    costs = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as captured:
            Client().get(report.path)
        costs.append(len(captured))
    cast("The other")
    with CaptureQueriesContext(connection) as captured:
        Client().get(report.path)
    assert [*costs, len(captured)] == [2, 1, 1, 2]
