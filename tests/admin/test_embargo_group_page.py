"""The page of an embargo group: made, scheduled, unscheduled and published there; what one person may not open is not told."""

from __future__ import annotations

import pytest

from articles.editions.models import Edition
from articles.reports.embargo_groups import EmbargoMember
from articles.reports.models import Report
from articles.workflow import actions, embargo_groups
from tests import factories
from tests.state import everything

pytestmark = pytest.mark.django_db


def at(report):
    return f"/desk/articles/report/{report.pk}/group/"


@pytest.fixture
def pair(reporter, editor):
    source = factories.approved(reporter, editor)
    return source, factories.approved(reporter, editor, language="es", headline="Dos familias", translation_group=source.translation_group)


def seen():
    return [f"{report.pk}:{report.lock_version}" for report in Report.objects.filter(pk__in=EmbargoMember.objects.values("report"))]


def test_a_group_is_made_scheduled_unscheduled_and_published_at_the_desk(as_user, publisher, pair, reporter, editor):
    other = factories.approved(reporter, editor, headline="Another report")
    desk, here = as_user(publisher), at(pair[0])
    assert f'value="{pair[1].pk}"' in desk.get(here).text and "checked" in desk.get(here).text
    made = {"do": "join", "languages": [pair[1].pk], "numbers": f"http://localhost/desk/articles/report/{other.pk}/change/"}
    assert desk.post(here, made).status_code == 302
    assert EmbargoMember.objects.count() == 3 and "Nothing: it is ready." in desk.get(here).text

    assert desk.post(here, {"do": "schedule", "seen": seen(), "publish_at": "2099-01-01T08:00"}).status_code == 302
    before = everything()
    unsure = desk.post(here, {"do": "unschedule", "seen": seen()})
    assert unsure.status_code == 400 and "Confirm it with the tick" in unsure.text and everything() == before
    assert desk.post(here, {"do": "unschedule", "seen": seen(), "sure": "on"}).status_code == 302
    assert desk.post(here, {"do": "leave", "member": other.pk}).status_code == 302
    assert desk.post(here, {"do": "publish", "seen": seen()}).status_code == 302
    assert Edition.objects.count() == 2 and not EmbargoMember.objects.exists()


def test_what_is_refused_is_a_sentence_and_writes_nothing(as_user, publisher, editor, pair, reporter, second_reporter):
    embargo_groups.join(pair[0], [pair[1]], by=publisher)
    actions.save(pair[1], by=reporter, headline="Otras palabras")
    stale, desk, theirs = seen()[:1], as_user(publisher), as_user(editor)
    stranger = as_user(second_reporter)
    before = everything()
    assert "stands at: Draft" in desk.get(at(pair[0])).text
    answers = {
        "publish": desk.post(at(pair[0]), {"do": "publish", "seen": seen()}),
        "stale": desk.post(at(pair[0]), {"do": "publish", "seen": stale}),
        "forged": desk.post(at(pair[0]), {"do": "publish", "seen": ["x:y", "1:2:3"]}),
        "number": desk.post(at(pair[0]), {"do": "join", "numbers": "999999999"}),
        "time": desk.post(at(pair[0]), {"do": "schedule", "seen": seen(), "publish_at": "soon"}),
        "nothing": desk.post(at(pair[0]), {"do": "destroy"}),
        "member": desk.post(at(pair[0]), {"do": "leave", "member": "999"}),
        "editor": theirs.post(at(pair[0]), {"do": "publish", "seen": seen()}),
        "stranger": stranger.post(at(pair[0]), {"do": "publish", "seen": seen()}),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "publish": 400, "stale": 409, "forged": 409, "number": 400, "time": 400, "nothing": 400, "member": 400, "editor": 403, "stranger": 404,
    }  # fmt: skip
    assert f"Report {pair[1].pk} (español): " in answers["publish"].text
    assert everything() == before


def test_members_that_are_not_theirs_have_no_name(as_user, publisher, pair, second_reporter, editor):
    hidden = factories.draft(second_reporter, headline="Something secret")
    embargo_groups.join(pair[0], [hidden], by=publisher)
    page = as_user(pair[0].created_by).get(at(pair[0])).text
    assert "not yours to open" in page and "Something secret" not in page and 'name="do"' not in page
