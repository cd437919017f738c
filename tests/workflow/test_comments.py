"""Comments: on a paragraph that changes, moves and goes; threads that are resolved and opened again; nothing rewritten, nothing public."""

from __future__ import annotations

import pytest

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people.machines import CLOCK, machine
from articles.reports.comments import ReviewComment
from articles.workflow import actions, commenting
from articles.workflow.refusals import Forbidden
from tests import factories
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "Two families were told to leave the valley.", "A neighbour saw no paper at all.", "The district gave no reason."


def body(*paragraphs):
    return "".join(f"<p>{each}</p>" for each in paragraphs)


def stands(comment):
    comment.refresh_from_db()
    return comment.place, comment.anchor


def test_a_comment_follows_its_paragraph_and_says_when_it_is_gone(reporter, editor):
    report = factories.in_review(reporter, body=body(FIRST, SECOND, THIRD))
    made = commenting.comment(report, by=editor, text="Who says so?", field="body", place=1)
    assert (made.quoted, stands(made)) == (SECOND, (1, SECOND))

    actions.save(report, by=reporter, body=body("A new opening of the text.", FIRST, SECOND, THIRD))
    assert stands(made) == (2, SECOND)
    actions.save(report, by=reporter, body=body("A new opening of the text.", FIRST, "A neighbour, Musa, saw no paper at all.", THIRD))
    assert stands(made) == (2, "A neighbour, Musa, saw no paper at all.")
    actions.save(report, by=reporter, body=body("The neighbour Musa saw no paper from the district at all.", FIRST, THIRD))
    assert stands(made) == (0, "The neighbour Musa saw no paper from the district at all.")
    actions.save(report, by=reporter, body=body(FIRST, THIRD))
    assert stands(made)[0] is None and made.is_lost and made.quoted == SECOND
    actions.save(report, by=reporter, body=body(THIRD, SECOND, FIRST))
    assert stands(made) == (1, SECOND)


def test_a_paragraph_that_stood_beside_it_is_not_what_became_of_it(reporter, editor):
    twin = "A neighbour saw no paper and no car."
    report = factories.in_review(reporter, body=body(SECOND, twin))
    made = commenting.comment(report, by=editor, text="Which one?", field="body", place=0)
    actions.save(report, by=reporter, body=body(twin))
    assert stands(made)[0] is None


def test_a_comment_on_what_was_read_finds_what_it_became_meanwhile(reporter, editor):
    report = factories.in_review(reporter, body=body(FIRST, SECOND))
    read = report.revisions.latest("number")
    actions.save(report, by=reporter, body=body(THIRD, FIRST, SECOND))
    made = commenting.comment(report, by=editor, text="Who says so?", field="body", revision=read, place=1)
    assert (made.revision, made.quoted, made.place) == (read, SECOND, 2)


def test_a_thread_is_answered_resolved_and_opened_again(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    made = commenting.comment(report, by=publisher, text="Is this right?", field="headline")
    commenting.reply(made, by=reporter, text="Yes.")
    commenting.resolve(made, by=editor)
    assert "resolved already" in refused(commenting.resolve, made, by=editor)[0][1]
    assert not report.review_comments.open().exists()
    commenting.reopen(made, by=reporter)
    assert "open already" in refused(commenting.reopen, made, by=editor)[0][1]
    commenting.resolve(made, by=editor)
    commenting.reply(made, by=publisher, text="I still doubt it.")
    assert report.review_comments.open().get() == made
    assert "doubt" not in str(list(AuditEvent.objects.values())) and "right?" not in str(list(Edition.objects.values()))


def test_what_is_refused_writes_nothing(reporter, second_reporter, editor, auditor, stranger, superuser):
    report, other = factories.in_review(reporter), factories.draft(reporter, headline="Another")
    made = commenting.comment(report, by=editor, text="Why?")
    for person in (second_reporter, auditor, stranger, superuser, machine(CLOCK)):
        refused(commenting.comment, report, by=person, text="Mine.", error=Forbidden)
        refused(commenting.reply, made, by=person, text="Mine.", error=Forbidden)
        refused(commenting.resolve, made, by=person, error=Forbidden)
    for given in (
        {"text": " \x00"}, {"text": "x" * 4001}, {"text": "x", "field": "slug"}, {"text": "x", "field": "body"},
        {"text": "x", "field": "body", "place": 99}, {"text": "x", "revision": other.revisions.get()},
    ):  # fmt: skip
        refused(commenting.comment, report, by=editor, **given)


def test_a_request_for_changes_is_a_comment_on_the_whole_report(reporter, editor):
    report = actions.request_changes(factories.in_review(reporter), by=editor, comment="Who says so?")
    thread = report.review_comments.open().get()
    assert (thread.field, thread.text) == ("", "Who says so?")
    commenting.resolve(thread, by=reporter)


def test_the_page_takes_and_shows_them_without_a_script(as_user, reporter, editor, auditor, second_reporter):
    report, other = factories.in_review(reporter, body=body(FIRST, SECOND)), factories.in_review(reporter)
    address = f"/desk/articles/report/{report.pk}/comments/"
    client = as_user(editor)
    answer = client.post(address, {"do": "comment", "spot": "p1", "number": "2", "text": "Who <b>says</b> so?"})
    made = ReviewComment.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}#comment-{made.pk}")
    actions.save(report, by=reporter, body=body(FIRST))
    page = client.get(address).text
    assert "Their paragraph is gone" in page and SECOND in page and "Who &lt;b&gt;says&lt;/b&gt; so?" in page
    assert "1 open comment" in as_user(reporter).get(f"/desk/articles/report/{report.pk}/change/").text + page
    before = ReviewComment.objects.count()
    for given in (
        {},
        {"do": "comment", "spot": "p1", "number": "99", "text": "x"},
        {"do": "resolve", "thread": "0"},
        {"do": "reply", "thread": str(made.pk)},
    ):
        assert client.post(address, given).status_code == 400
    foreign = f"/desk/articles/report/{other.pk}/comments/"
    assert client.post(foreign, {"do": "resolve", "thread": str(made.pk)}).status_code == 400
    assert "What I typed" in client.post(address, {"do": "comment", "spot": "p0", "text": "What I typed"}).text
    assert as_user(auditor).post(address, {"do": "comment", "spot": "report", "number": "2", "text": "x"}).status_code == 403
    assert as_user(second_reporter).get(address).status_code == 404
    assert ReviewComment.objects.count() == before and ReviewComment.objects.get().resolved_at is None
    assert client.post(address, {"do": "resolve", "thread": str(made.pk)}).status_code == 302
    assert "Resolved by editor" in client.get(address).text
