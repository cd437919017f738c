"""Notices on the desk: one's own, read and unread; what is mailed; the newsroom's rules."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.notices.models import Muted, Notice, NoticeRule
from articles.workflow import actions
from tests import factories
from tests.admin.browserless import fields_of

pytestmark = pytest.mark.django_db

NOTICES, MINE, RULES = "/desk/notices/", "/desk/notices/mail/", "/desk/notices/rules/"


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def notices_of(client, path=NOTICES):
    listed = re.search(r'<ol class="notices">.*?</ol>', client.get(path).text, re.S)
    return [plain(each) for each in re.findall(r"<li.*?</li>", listed[0], re.S)] if listed else []


def test_a_notice_is_new_until_it_is_opened_and_leads_to_its_report(as_user, reporter, editor):
    report = factories.draft(reporter, headline="A river rises")
    actions.submit(report, by=reporter)
    client = as_user(editor)
    notice = Notice.objects.get()

    assert "1 new notice" in client.get("/desk/").text
    assert [re.sub(r" \d+ \w+ \d{4}, .*", "", each) for each in notices_of(client)] == [
        "New A report waits for review A river rises reporter,"
    ]
    assert client.get(f"{NOTICES}{notice.pk}/").headers["Location"] == f"/desk/articles/report/{report.pk}/change/"

    assert Notice.objects.get().read_at is not None
    assert "new notice" not in client.get("/desk/").text


def test_a_notice_shows_nothing_of_a_report_that_one_may_no_longer_open(as_user, reporter, second_reporter, editor):
    report = factories.draft(editor, headline="A river rises", assigned_to=reporter)
    actions.save(report, by=editor, assigned_to=second_reporter)
    client = as_user(reporter)

    page = client.get(NOTICES).text
    opened = client.get(f"{NOTICES}{Notice.objects.get(person=reporter).pk}/")

    assert "A river rises" not in page and "You may no longer open this report." in page
    assert opened.headers["Location"] == NOTICES


def test_somebody_elses_notice_is_not_there(as_user, reporter, editor, second_editor):
    actions.submit(factories.draft(reporter), by=editor)
    notice = Notice.objects.get(person=second_editor)

    for number in (notice.pk, notice.pk + 1000, 2**70):
        assert as_user(reporter).get(f"{NOTICES}{number}/").status_code == 404
    as_user(reporter).post(f"{NOTICES}read/")

    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_all_are_read_at_once(as_user, editor, reporter):
    for number in range(3):
        actions.submit(factories.draft(reporter, headline=f"Report {number}"), by=reporter)
    client = as_user(editor)

    assert client.get(f"{NOTICES}read/").status_code == 405
    assert client.post(f"{NOTICES}read/").status_code == 302

    assert Notice.objects.filter(read_at=None).count() == 0


def test_the_list_goes_on_by_number_at_the_same_cost(as_user, reporter, editor):
    report = factories.draft(reporter)
    facts = {"person": editor, "event": "submitted", "report": report, "actor": reporter}
    Notice.objects.bulk_create(Notice(**facts, at=timezone.now() - dt.timedelta(minutes=number)) for number in range(45))
    client = as_user(editor)
    last = re.search(r'href="\?before=(\d+)"', client.get(NOTICES).text)[1]

    with CaptureQueriesContext(connection) as full:
        assert len(notices_of(client)) == 40
    with CaptureQueriesContext(connection) as short:
        assert len(notices_of(client, f"{NOTICES}?before={last}")) == 5

    assert len(full) == len(short) <= 12
    assert not re.search(r"COUNT\(\*\)|OFFSET", " ".join(query["sql"] for query in full))
    assert client.get(f"{NOTICES}?before=x").status_code == 404


def test_a_person_says_of_what_no_mail_comes(as_user, reporter):
    client = as_user(reporter)
    sent = fields_of(client.get(MINE).text)
    assert {"approved", "submitted"} <= set(sent["mail"])

    client.post(MINE, {"mail": [each for each in sent["mail"] if each != "approved"]})
    assert list(Muted.objects.values_list("person__username", "event")) == [("reporter", "approved")]
    client.post(MINE, {"mail": sent["mail"]})
    assert Muted.objects.count() == 0
    client.post(MINE, {"mail": ["no such event"]})
    assert not Muted.objects.filter(event__in=["taken_down", "release_failed", "clock_silent"]).exists()


def rules():
    return sorted(map(str, NoticeRule.objects.all()))


def test_a_publisher_sets_the_rules_and_it_is_audited(as_user, publisher, second_reporter):
    client = as_user(publisher)
    sent = fields_of(client.get(RULES).text)
    ticks = [each for each in sent["on"] if each != "submitted|editor|mail"]

    answer = client.post(RULES, sent | {"on": ticks, "person": [str(second_reporter.pk)], "event": ["published"], "channel": ["mail"]})

    assert answer.status_code == 302
    assert not NoticeRule.objects.filter(event="submitted", receiver="editor", channel="mail").exists()
    assert list(NoticeRule.objects.filter(person=second_reporter).values_list("event", "channel")) == [("published", "mail")]
    assert AuditEvent.objects.filter(verb="set_notices").values_list("facts", flat=True).get() == {"added": 1, "removed": 1}
    assert f"published|{second_reporter.pk}|mail" in fields_of(client.get(RULES).text)["on"]


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"on": ["submitted|nobody|mail"]}, 400, "Choose among the rules of the list."),
        ({"on": ["clock_silent|writers|mail"]}, 400, "Choose among the rules of the list."),
        ({"person": ["999999"], "event": ["published"], "channel": ["mail"]}, 400, "This account is not active"),
        ({"person": ["x"], "event": ["published"], "channel": ["mail"]}, 400, "Choose among the rules of the list."),
        ({"seen": ["0123456789abcdef"]}, 409, "meanwhile"),
        ({"seen": [""]}, 400, "without what you saw"),
    ],
)
def test_rules_that_cannot_be_are_refused_and_nothing_is_written(as_user, administrator, change, status, sentence):
    client = as_user(administrator)
    before = rules(), AuditEvent.objects.count()
    sent = fields_of(client.get(RULES).text)

    answer = client.post(RULES, sent | {"on": [*sent["on"][1:], *change.get("on", [])]} | {k: v for k, v in change.items() if k != "on"})

    assert (answer.status_code, (rules(), AuditEvent.objects.count())) == (status, before)
    assert sentence in answer.text and "Nothing was saved." in answer.text


def test_others_do_not_set_the_rules(as_user, editor, reporter, safety_officer):
    before = rules()
    for person in (editor, reporter, safety_officer):
        assert as_user(person).get(RULES).status_code == 403
        assert as_user(person).post(RULES, {"seen": "x", "on": []}).status_code == 403
        assert RULES not in as_user(person).get(NOTICES).text
    assert rules() == before
