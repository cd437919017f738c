"""A byline's page with its biography: a profile that is about the byline, approved and withdrawn like any report."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.people.models import Byline
from articles.reports.models import Report
from articles.workflow import actions, publication
from articles.workflow.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "She has reported from the valley since 2014."


@pytest.fixture
def byline():
    return Byline.objects.create(name="A Name", slug="a-name")


def biography(byline, people, **changes):
    given = {
        "kind": "profile",
        "headline": "Who A Name is",
        "slug": "who-a-name-is",
        "standfirst": WORDS,
        "credits": [{"byline": byline, "role": "subject"}],
    }
    return factories.live(*people, byline_mode="named", **{**given, **changes})


def test_a_biography_stands_on_the_page_of_its_subject_until_it_is_withdrawn(byline, reporter, editor, publisher):
    people = (reporter, editor, publisher)
    about = biography(byline, people)
    assert Client().get("/authors/a-name/").status_code == 404  # nothing is published under the name
    factories.live(*people, byline_mode="named", credits=[{"byline": byline}])
    page = Client().get("/authors/a-name/").text
    assert f'<p class="report__standfirst">{WORDS} <a href="{about.path}">Who A Name is</a></p>' in page
    assert page.count("<article") == 1 and f'<meta name="description" content="{WORDS}">' in page
    publication.withdraw(about, by=publisher, reason="She asked.")
    assert WORDS not in Client().get("/authors/a-name/").text


def test_a_profile_that_somebody_wrote_is_no_biography_of_its_writer(byline, reporter, editor, publisher):
    people = (reporter, editor, publisher)
    biography(byline, people, credits=[{"byline": byline, "role": "author"}])
    factories.live(*people, byline_mode="named", credits=[{"byline": byline}])
    assert WORDS not in Client().get("/authors/a-name/").text


def test_only_a_profile_is_about_a_byline(byline, reporter):
    report = factories.draft(reporter, credits=[{"byline": byline}])
    with pytest.raises(Refused) as refused:
        actions.save(report, by=reporter, credits=[{"byline": byline, "role": "subject"}])
    assert [(reason.sentence if hasattr(reason, "sentence") else str(reason)) for reason in refused.value.reasons] == [
        "Only a profile is about a byline: choose another role, or the kind “profile”."
    ]
    assert [row.role for row in Report.objects.get(pk=report.pk).credits.all()] == ["author"]
