"""What was changed: the published texts of a live report, compared for everyone."""

from __future__ import annotations

import pytest

from articles.editions.models import EditionVersion
from articles.reports.models import Report
from articles.text.pieces import compared
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


def updated(report, reporter, editor, publisher, *, change="silent", correction="", **fields):
    report = actions.save(Report.objects.get(pk=report.pk), by=reporter, **fields)
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change=change, correction=correction)
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def thrice(reporter, editor, publisher):
    """A report of three published texts: the first, one with a silent repair, one with a correction."""
    report = factories.live(reporter, editor, publisher)
    report = updated(report, reporter, editor, publisher, headline="Two families told to leave a valley")
    return updated(
        report,
        reporter,
        editor,
        publisher,
        change="correction",
        correction="They were three.",
        headline="Three families told to leave a valley",
    )


def test_the_newest_text_is_compared_with_the_one_before_and_any_two_on_request(thrice, client):
    page = client.get(f"{thrice.path}changes/").text
    assert "<del>Two</del> <ins>Three</ins> families told to leave a valley" in page
    assert "They were three." in page and "a typing error was repaired" in page
    assert '<meta name="robots" content="noindex">' in page and f'href="{thrice.path}changes/"' in client.get(thrice.path).text
    far = client.get(f"{thrice.path}changes/?to=1&from=3").text
    assert "<del>Two</del> <ins>Three</ins> families told to leave <del>the</del> <ins>a</ins> valley" in far
    for odd in ("from=0&to=3", "from=x&to=1", "from=2&to=2", "from=%00&to=", "from=99999999999999999999&to=1"):
        assert client.get(f"{thrice.path}changes/?{odd}").text == page


def test_a_report_that_was_never_changed_has_one_text_and_no_link_to_it(reporter, editor, publisher, client):
    report = factories.live(reporter, editor, publisher)
    page = client.get(f"{report.path}changes/")
    assert page.status_code == 200 and "<del>" not in page.text and "<select" not in page.text
    assert "changes/" not in client.get(report.path).text


def test_earlier_texts_go_with_the_withdrawal_and_the_page_moves_with_its_report(thrice, reporter, editor, publisher, client):
    moved = updated(thrice, reporter, editor, publisher, slug="another-slug")
    answer = client.get(f"{thrice.path}changes/")
    assert (answer.status_code, answer["Location"]) == (301, f"{moved.path}changes/")
    publication.withdraw(moved, by=publisher, reason="asked for")
    assert EditionVersion.objects.count() == 0
    answers = [client.get(f"{path}changes/") for path in (thrice.path, moved.path)]
    assert [each.status_code for each in answers] == [410, 410]
    assert "families" not in "".join(each.text for each in answers)
    back = publication.publish(Report.objects.get(pk=moved.pk), by=publisher)
    assert client.get(f"{back.path}changes/").text.count("<li value=") == 1 and "They were three." in client.get(back.path).text


def test_the_page_costs_the_same_for_two_texts_and_three(thrice, client, django_assert_max_num_queries):
    for query in ("", "?from=1&to=3"):
        with django_assert_max_num_queries(6):
            client.get(f"{thrice.path}changes/{query}")


def test_a_retracted_report_stays_readable_and_says_so_everywhere(thrice, reporter, editor, publisher, client):
    report = updated(
        thrice, reporter, editor, publisher, change="retraction", correction="We could not stand by it.", standfirst="This was retracted."
    )
    page = client.get(report.path).text
    assert page.index("We could not stand by it.") < page.index("Two families were told") and "<title>Retracted: " in page
    assert '"creativeWorkStatus":"Retracted"' in page
    for path in ("/", "/reports/"):
        assert '<span class="retracted">Retracted:</span>' in client.get(path).text
    for path in ("/feed.rss", "/feed.atom"):
        assert "Retracted: Three families" in client.get(path).text


def test_texts_of_very_many_paragraphs_are_shown_whole():
    old, new = "a\n" * 2000, "b\n" * 2000
    assert [piece.kind for piece in compared(old, new)] == ["del", "ins"]
