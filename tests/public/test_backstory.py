"""How a report was reported: written at the desk, read below the text, and nowhere before it is published."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.reports.models import Report
from articles.workflow import actions, publication
from articles.workflow.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
TOLD = "We spoke with <eleven> families.\n\nThe district did not answer."


def page(report, ending=""):
    answer = Client().get(Report.objects.get(pk=report.pk).path + ending)
    assert answer.status_code == 200
    return answer.content.decode()


def test_readers_find_it_below_the_text_in_paragraphs(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, backstory=TOLD)
    section = '<h2 id="how-h">How this was reported</h2>\n<p>We spoke with &lt;eleven&gt; families.</p>\n\n<p>The district did not answer.</p></section>'
    shown = page(report)
    assert shown.count(section) == 1
    assert '"backstory":"We spoke with \\u003celeven\\u003e families.' in shown.replace('": "', '":"')
    assert all("The district did not answer." in page(report, each) for each in ("?lite", "republish/", "report.txt", "report.md"))


def test_a_page_shows_it_too(reporter, editor, publisher):
    about = factories.live(reporter, editor, publisher, kind="page", slug="how-we-count", backstory=TOLD)
    assert page(about).count("The district did not answer.</p></section>") == 1


def test_a_report_without_it_has_no_heading_for_it(reporter, editor, publisher):
    assert "How this was reported" not in page(factories.live(reporter, editor, publisher))


def test_a_change_of_it_waits_for_its_approval(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    report = actions.save(report, by=reporter, backstory=TOLD)
    assert "district did not answer" not in page(report)
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="update", correction="We say how we reported it.", position="bottom")
    assert "The district did not answer." in page(report)


def test_a_withheld_place_in_it_is_refused_and_nothing_is_written(reporter, editor, publisher):
    report = factories.draft(reporter, dateline_mode="withheld", dateline_place="Sandpoint Ford", backstory="We went to Sandpoint Ford.")
    with pytest.raises(Refused) as refused:
        publish(report, reporter, editor, publisher)
    assert [reason.field for reason in refused.value.reasons] == ["backstory"]
    assert Report.objects.get(pk=report.pk).public_state == "unpublished"


def publish(report, reporter, editor, publisher):
    publication.publish(actions.approve(actions.submit(report, by=reporter), by=editor), by=publisher)
