"""The audit at the desk: narrowed, paged by place, in words; as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.admin.audit import A_PAGE, COLUMNS
from articles.audit.chain import record
from articles.audit.models import AuditEvent
from articles.workflow import actions
from tests import factories

pytestmark = pytest.mark.django_db
LIST, CSV = "/desk/articles/auditevent/", "/desk/articles/auditevent/csv/"


def many(number, *, by="user:a", verb="test", target="report:x", at=None):
    with transaction.atomic():
        return [record(by=by, verb=verb, target=target, at=at).seq for _each in range(number)]


def numbers(client, query=""):
    return [int(each) for each in re.findall(r'audit__number">(\d+)<', client.get(LIST + query).text)]


def lines(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_an_act_is_told_in_words_with_the_report_it_was_done_on(as_user, auditor, reporter, editor):
    reporter.first_name, reporter.last_name = "Rana", "Notreal"
    reporter.save()
    report = actions.submit(factories.draft(reporter, headline="A river rises"), by=reporter)

    page = as_user(auditor).get(f"{LIST}?target={report.audit_code}").text

    told = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in re.findall(r"<td>(.*?)</td>", page, re.S)]
    assert [told[place] for place in (1, 5)] == ["Rana Notreal"] * 2
    assert told[2].startswith("Submitted for review hash ") and told[3].startswith("A river rises Only this")
    assert f'href="/desk/articles/report/{report.pk}/history/" lang="en"' in page


def test_it_is_narrowed_by_person_act_subject_and_days(as_user, auditor):
    first = many(2, by="user:one", verb="save", at=dt.datetime(2026, 3, 4, 22, 30, tzinfo=dt.UTC))
    second = many(2, by="user:two", verb="save", target="report:y", at=dt.datetime(2026, 3, 5, 0, 30, tzinfo=dt.UTC))
    third = many(1, by="user:one", verb="submit", target="report:y", at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    client = as_user(auditor)

    assert numbers(client, "?by=user:one") == [*third, *first[::-1]]
    assert numbers(client, "?verb=submit") == third
    assert numbers(client, "?target=report:y") == [*third, *second[::-1]]
    assert numbers(client, "?since=2026-03-05&until=2026-03-05") == second[::-1]
    assert numbers(client, "?by=user:one&since=2026-03-01&until=2026-03-04") == [*first[::-1], *third]  # by time, not by number
    assert numbers(client, "?by=user:nobody") == []

    auditor.time_zone = "Africa/Nairobi"  # three hours ahead: what was done at 22:30 UTC was done on the fifth
    auditor.save(update_fields=["time_zone"])
    assert numbers(client, "?since=2026-03-05&until=2026-03-05") == [*second[::-1], *first[::-1]]


def test_every_page_follows_the_one_before_at_the_same_cost(as_user, auditor):
    many(2 * A_PAGE + 5)
    dated = many(A_PAGE + 3, by="user:late", at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC))
    client = as_user(auditor)
    everything, query, statements = [], "", []
    while True:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(LIST + query).text
        statements.append(len([each for each in asked if each["sql"].startswith("SELECT")]))  # a new minute is written into the session
        assert not re.search(r"COUNT\(|OFFSET", " ".join(each["sql"] for each in asked))
        everything += [int(each) for each in re.findall(r'audit__number">(\d+)<', page)]
        more = re.search(r'href="(\?before=\d+)">Older', page)
        if not more:
            break
        query = more[1]

    assert everything == list(AuditEvent.objects.order_by("-seq").values_list("seq", flat=True))
    assert max(statements) - min(statements) <= 1 and max(statements) <= 14
    older = re.search(r'href="(\?since=2026-03-04&amp;before=\d+)"', client.get(f"{LIST}?since=2026-03-04&until=2026-03-04").text)
    first, rest = (numbers(client, f"?since=2026-03-04&until=2026-03-04{more}") for more in ("", f"&before={dated[3]}"))
    assert (first + rest, older) == (dated[::-1], older)


@pytest.mark.parametrize("query", ["?verb=none", "?since=soon", "?since=2026-03-05&until=2026-03-04", "?by=" + "x" * 65])
def test_a_filter_that_cannot_be_is_said_and_shows_nothing(as_user, auditor, query):
    many(3)
    answer = as_user(auditor).get(LIST + query)

    assert answer.status_code == 400 and 'role="alert"' in answer.text and "audit__number" not in answer.text


@pytest.mark.parametrize("before", ["x", "٣", "-1", "9" * 30])
def test_a_place_that_is_none_is_the_first_page(as_user, auditor, before):
    many(2)
    client = as_user(auditor)
    assert numbers(client, f"?before={before}") == numbers(client)


def test_the_download_is_what_was_narrowed_harmless_and_an_act_itself(as_user, auditor, reporter):
    reporter.first_name = "=HYPERLINK(1)"
    reporter.save()
    chosen = many(3, by=reporter.audit_code, verb="save")
    many(2, by="user:other")
    client = as_user(auditor)

    answer = client.post(CSV, {"by": reporter.audit_code})
    found = lines(answer)

    assert answer["Content-Type"] == "text/csv; charset=utf-8" and {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert tuple(found[0]) == COLUMNS
    assert [(int(row["number"]), row["who"], row["act"], row["verb"]) for row in found] == [
        (seq, "'=HYPERLINK(1)", "Saved", "save") for seq in chosen[::-1]
    ]
    last = AuditEvent.objects.latest("seq")
    assert (last.verb, last.by, last.facts) == ("export_audit", auditor.audit_code, {"narrowed": True})


def test_a_download_that_cannot_be_leaves_no_event(as_user, auditor, reporter, editor):
    before = AuditEvent.objects.count()
    assert as_user(auditor).get(CSV).status_code == 405
    assert as_user(auditor).post(CSV, {"since": "soon"}).status_code == 400
    for person in (reporter, editor):
        assert as_user(person).post(CSV, {}).status_code == 403
        assert as_user(person).get(LIST).status_code == 403
    assert AuditEvent.objects.count() == before
