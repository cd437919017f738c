"""Every list of the desk: a constant number of statements, no COUNT(*), no OFFSET scan past its pages, no oracle, nothing forged."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.identity.models import MenuItem
from articles.images.models import Image
from articles.people import roles
from articles.people.models import Byline, User
from articles.reports.models import Report, Revision
from articles.taxonomy.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = ["report", "tag", "byline", "menuitem", "image", "mediacontact", "mediainquiry", "user", "region", "sitetext", "auditevent"]


@pytest.fixture
def everyone(cast):
    return cast("everyone", *roles.ROLES, languages=["en"])


@pytest.fixture
def client(as_user, everyone):
    return as_user(everyone)


def more_of_everything(number, by):
    group = Group.objects.get(name=roles.EDITOR)
    for each in range(number):
        name = f"{number} {each}"
        report = factories.draft(by, headline=f"Report {name}", assigned_to=by, tags=[Tag.objects.create(name=f"Tag {name}")])
        Byline.objects.create(name=f"Byline {name}", slug=f"byline-{number}-{each}")
        MenuItem.objects.create(label=f"Item {name}", path="/reports/", language="en")
        Image.objects.create(sha256=name, content_hash=name, width_px=10, height_px=10, added_by=by)
        User.objects.create_user(f"person-{number}-{each}", is_staff=True).groups.add(group)
        assert report.pk


def statements(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200, path
    return [each["sql"] for each in seen.captured_queries]


def test_each_list_takes_as_many_statements_with_thirty_rows_as_with_three(client, everyone):
    paths = [
        "/desk/",
        *(f"/desk/articles/{name}/" for name in LISTS),
        "/desk/articles/report/?q=report",
        "/desk/articles/report/?whose=mine",
    ]
    more_of_everything(3, everyone)
    few = {path: len(statements(client, path)) for path in paths}

    more_of_everything(27, everyone)

    many = {path: statements(client, path) for path in paths}
    assert {path: len(sql) for path, sql in many.items()} == few
    small = ("articles_mediainquiry", "articles_sitetext")  # a queue that is worked off, and a row a language
    assert [each for sql in many.values() for each in sql if "COUNT(*)" in each and not any(table in each for table in small)] == []


def test_the_edit_page_takes_as_many_statements_with_ten_rows_as_with_one(client, everyone):
    one, ten = (
        factories.draft(
            everyone,
            headline=f"With {number}",
            tags=[Tag.objects.create(name=f"{number} {each}") for each in range(number)],
            citations=[{"title": f"Source {each}"} for each in range(number)],
            credits=[{"byline": Byline.objects.create(name=f"{number} {each}", slug=f"b-{number}-{each}")} for each in range(number)],
        )
        for number in (1, 10)
    )

    few, many = (len(statements(client, f"/desk/articles/report/{report.pk}/change/")) for report in (one, ten))

    assert many == few


def test_the_reports_list_reads_an_index_in_its_order(everyone, reporter):
    Report.objects.bulk_create(  # one in forty is what each filter looks for
        Report(
            headline=f"Report {number}",
            kind="news" if number % 40 == 0 else "report",
            language="es" if number % 40 == 1 else "en",
            created_by=everyone if number % 40 == 2 else reporter,
            assigned_to=everyone if number % 40 == 3 else None,
        )
        for number in range(4000)
    )

    def plan(rows):
        return " ".join(str(line) for line in rows.order_by("-saved_at", "-id")[:50].explain().splitlines())

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it chooses by what it knows of the rows
            cursor.execute(
                "ANALYZE articles_report; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    for name, rows in {
        "report_list": Report.objects.all(),
        "report_list_by_kind": Report.objects.filter(kind="news"),
        "report_list_by_language": Report.objects.filter(language="es"),
        "report_list_by_assigned_to": Report.objects.filter(assigned_to=everyone),
        "report_list_by_created_by": Report.objects.filter(created_by=everyone),
    }.items():
        found = plan(rows)
        assert name in found and "TEMP B-TREE" not in found and " Sort " not in found, found


def test_a_report_is_found_by_the_words_of_its_headline_and_by_its_address(client, everyone, cast):
    factories.draft(everyone, headline="Éloïse walks to the border", slug="eloise-walks")
    factories.draft(everyone, headline="The border was closed")
    factories.draft(everyone, headline="مدرسة تُغلق أبوابها", language="ar")

    def found(q):
        page = client.get("/desk/articles/report/", {"q": q}).text
        return re.findall(r'dir="auto">([^<]+)</a>', page)

    assert found("border") == ["The border was closed", "Éloïse walks to the border"]
    assert found("ELOISE bor") == ["Éloïse walks to the border"]
    assert found("مدرسه") == ["مدرسة تُغلق أبوابها"]
    assert found("http://localhost:8000/reports/2026/11/eloise-walks/") == ["Éloïse walks to the border"]
    assert found("border absent") == [] and found("bo") == [] and found("?!") == []


@pytest.mark.parametrize(
    "query",
    [
        "body__startswith=x",
        "internal_note__contains=x",
        "created_by__password__startswith=x",
        "assigned_to__password__startswith=x",
        "headline=x",
    ],
)
def test_a_list_answers_no_question_that_its_filters_do_not_ask(client, everyone, query):
    factories.draft(everyone)
    assert client.get(f"/desk/articles/report/?{query}").status_code == 400
    assert client.get("/desk/articles/user/?password__startswith=x").status_code == 400
    assert client.get("/desk/articles/auditevent/?digest__startswith=0").status_code == 400
    assert client.get("/desk/articles/report/?_to_field=internal_note").status_code == 400


def test_nothing_is_changed_or_deleted_from_a_list_by_a_forged_form(client, everyone):
    report = factories.draft(everyone)
    before = list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()
    forged = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": report.pk, "form-0-edit_state": "approved", "_save": "1"}

    for name in ("report", "user", "tag", "image"):
        for data in (forged, {"action": "delete_selected", "_selected_action": report.pk, "select_across": "1", "post": "yes"}):
            assert client.post(f"/desk/articles/{name}/", data).status_code in (200, 302, 403)
    assert client.get(f"/desk/r/1/{report.pk}/").status_code == 404
    assert client.get("/desk/autocomplete/?app_label=articles&model_name=report&field_name=assigned_to&term=e").status_code == 404

    assert (list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count()) == before


def test_states_cannot_be_set_by_the_form(client, everyone):
    report = factories.draft(everyone)
    forged = {
        "edit_state": "approved",
        "public_state": "live",
        "round": "9",
        "live_hash": "x",
        "created_by": "1",
        "published_at": "2020-01-01",
        "path": "/x/",
        "publish_at": str(timezone.now()),
    }

    client.post(
        f"/desk/articles/report/{report.pk}/change/",
        {
            "headline": "New",
            "kind": "news",
            "dateline_mode": "shown",
            "byline_mode": "named",
            "event_precision": "day",
            "severity": "normal",
            "lock_version": "0",
            **{f"{each}-{count}_FORMS": "0" for each in ("pictures", "citations", "credits") for count in ("TOTAL", "INITIAL")},
            **forged,
        },
    )

    found = Report.objects.get()
    assert (found.headline, found.edit_state, found.public_state, found.round, found.live_hash, found.path, found.publish_at, found.published_at) == (
        "New", "draft", "unpublished", 1, "", "", None, None,
    )  # fmt: skip
    assert found.created_by == everyone
