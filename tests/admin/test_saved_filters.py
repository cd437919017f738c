"""Saved filters: kept by a person, seen above the list, shared by editors, and changed by whose they are."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.reports.saved_filters import SavedFilter
from articles.workflow import saved_filters
from tests import factories

pytestmark = pytest.mark.django_db
LIST, FILTERS = "/desk/articles/report/", "/desk/filters/"


def above(client, query=""):
    """Name -> address of the filters above the list."""
    found = re.search(r'<nav class="saved".*?</nav>', client.get(LIST + query).text, re.S)
    return dict(re.findall(r'<a href="([^"]+)"[^>]*><bdi>([^<]+)</bdi>', found[0])) if found else {}


def rows():
    return sorted(SavedFilter.objects.values_list("owner__username", "name", "query", "shared"))


def save(client, name, query, **more):
    return client.post(FILTERS, {"name": name, "query": query, **more})


def test_a_filter_is_saved_with_what_narrows_the_list_and_nothing_else(as_user, reporter, second_reporter):
    factories.draft(reporter, headline="In Spanish", language="es")
    factories.draft(reporter, headline="In English")
    client = as_user(reporter)

    page = client.get(f"{LIST}?q=in&language__exact=es&after=999999999999999999")
    offered = re.search(r'name="query" value="([^"]+)"', page.text)[1].replace("&amp;", "&")
    answer = save(client, "  Spanish,   mine ", f"{offered}&after=5&created_by__password__startswith=x&_to_field=id")

    assert rows() == [("reporter", "Spanish, mine", "language__exact=es&q=in", False)]
    assert answer.headers["Location"] == f"{LIST}?language__exact=es&q=in"
    assert above(client) == {"?language__exact=es&amp;q=in": "Spanish, mine"}
    assert 'aria-current="true"><bdi>Spanish' in client.get(answer.headers["Location"]).text
    assert [each in client.get(answer.headers["Location"]).text for each in ("In Spanish", "In English")] == [True, False]
    assert above(as_user(second_reporter)) == {}
    assert AuditEvent.objects.filter(verb="save_filter").count() == 1 and "Spanish" not in str(list(AuditEvent.objects.values()))


def test_an_editor_shares_a_filter_with_the_desk_and_others_do_not(as_user, reporter, second_reporter, editor, second_editor):
    save(as_user(editor), "Ours", "edit_state__exact=in_review", shared="on")
    assert above(as_user(reporter)) == {"?edit_state__exact=in_review": "Ours"}

    refused = save(as_user(reporter), "Mine for all", "whose=mine", shared="on")
    assert refused.status_code == 403 and "Editors share filters with the desk." in refused.text
    save(as_user(reporter), "Mine", "whose=mine")
    mine, ours = SavedFilter.objects.get(name="Mine"), SavedFilter.objects.get(name="Ours")
    before = rows()

    for client, each, data, status in (
        (as_user(reporter), mine, {"name": "Mine", "shared": "on"}, 403),
        (as_user(reporter), ours, {"name": "Taken"}, 403),
        (as_user(reporter), ours, {"_delete": "1"}, 403),
        (as_user(second_reporter), mine, {"name": "Taken"}, 404),
        (as_user(second_editor), mine, {"_delete": "1"}, 404),
        (as_user(reporter), mine, {"name": " "}, 400),
        (as_user(reporter), mine, {"name": "x" * 61}, 400),
    ):
        assert client.post(f"{FILTERS}{each.pk}/", data).status_code == status, data
    assert rows() == before
    as_user(second_editor).post(f"{FILTERS}{ours.pk}/", {"name": "For all", "shared": "on"})
    as_user(reporter).post(f"{FILTERS}{mine.pk}/", {"_delete": "1"})
    assert rows() == [("editor", "For all", "edit_state__exact=in_review", True)]


@pytest.mark.parametrize(
    ("name", "query"), [("", "whose=mine"), ("x", ""), ("x", "after=5&page=2"), ("Taken", "whose=mine"), ("x", "q=" + "ж" * 190)]
)
def test_a_filter_that_says_nothing_is_refused_with_a_sentence_and_not_written(as_user, reporter, name, query):
    save(as_user(reporter), "Taken", "kind__exact=news")
    before, events = rows(), AuditEvent.objects.count()

    answer = save(as_user(reporter), name, query)

    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert (rows(), AuditEvent.objects.count()) == (before, events)


def test_there_is_an_end_to_filters_and_who_has_no_part_in_reports_has_none(as_user, cast, reporter):
    for each in range(saved_filters.MOST):
        saved_filters.keep(by=reporter, name=f"Filter {each}", query="whose=mine")
    assert "delete one first" in save(as_user(reporter), "One more", "whose=mine").text
    assert SavedFilter.objects.count() == saved_filters.MOST
    outsider = as_user(cast("outsider", roles.PRESS_OFFICER))
    assert (outsider.get(FILTERS).status_code, save(outsider, "x", "whose=mine").status_code) == (403, 403)
    assert outsider.post(f"{FILTERS}{SavedFilter.objects.first().pk}/", {"_delete": "1"}).status_code == 404
    assert as_user(reporter).post(f"{FILTERS}{2**70}/", {"_delete": "1"}).status_code == 404


@pytest.mark.parametrize("change", [{"name": ""}, {"query": ""}])
def test_the_database_keeps_no_filter_without_a_name_or_a_query(reporter, change):
    kept = saved_filters.keep(by=reporter, name="Mine", query="whose=mine")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilter.objects.filter(pk=kept.pk).update(**change)


def test_filters_of_a_person_who_left_are_not_shared_any_more(as_user, reporter, editor):
    save(as_user(editor), "Ours", "edit_state__exact=in_review", shared="on")
    editor.is_active = False
    editor.save()
    assert above(as_user(reporter)) == {}
