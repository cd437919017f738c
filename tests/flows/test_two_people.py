"""Two people in one report, and one person in one tab: nobody is asked without need, and no acknowledged word is lost in any order."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.audit.chain import verify
from articles.reports.models import Draftlet, Report
from articles.reports.revisions import all_broken
from tests import factories
from tests.flows.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.long]

BODY = "<p>Two families were told to leave the valley.</p><p>Nobody gave a reason for it.</p><p>The office was closed on Friday.</p>"
WORD = re.compile(r"word\d+")
words = (f"word{number}" for number in itertools.count(1))
steps = st.tuples(st.sampled_from([0, 1]), st.sampled_from(["type", "type", "keep", "save", "submit", "open"]), st.integers(0, 4))


def saved_words(report):
    fresh = Report.objects.get(pk=report.pk)
    return set(WORD.findall(f"{fresh.body} {fresh.internal_note} {fresh.call_to_action}"))


def kept_words(report):
    return set(WORD.findall(str([draft.content["fields"] for draft in Draftlet.objects.filter(report=report)])))


def test_one_person_in_one_tab_never_meets_a_conflict(as_user, reporter, editor):
    report = factories.draft(reporter, body=BODY)
    tab = Tab(as_user(reporter), report, own_field="internal_note")

    for number in range(200):
        tab.type(next(words), paragraph=number % 4 if number % 5 else None)
        if number % 3 == 0:
            assert tab.keep()
        before = tab.fields
        tab.save(submits=number == 100)
        if number % 10 == 0:  # a second click
            assert tab.client.post(tab.address, before).status_code == 302
        if number % 25 == 0:
            tab.open()

    assert (tab.conflicts, len(tab.acknowledged)) == (0, 200)
    assert tab.acknowledged == saved_words(report)
    found = Report.objects.get()
    assert (found.lock_version, found.edit_state, Draftlet.objects.count()) == (201, "in_review", 0)


@settings(
    derandomize=True, max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # to make one smaller would take minutes
@given(st.lists(steps, min_size=6, max_size=14))
def test_no_acknowledged_word_is_lost_in_any_order_of_saves(as_user, reporter, editor, order):
    report = factories.draft(reporter, body=BODY)
    tabs = [
        Tab(as_user(reporter), report, own_field="internal_note"),
        Tab(as_user(editor), report, own_field="call_to_action"),
    ]

    for which, what, place in order:
        tab = tabs[which]
        if what == "type":
            tab.type(next(words), paragraph=place if place < 4 else None)
        elif what == "keep":
            assert tab.keep()
        elif what == "open":
            tab.open()
        else:
            tab.save(submits=what == "submit")
        assert tab.acknowledged <= saved_words(report) | kept_words(report), (order, what)

    for tab in tabs:
        tab.open()
        tab.save()
    assert tabs[0].acknowledged | tabs[1].acknowledged <= saved_words(report)
    assert [tab.is_offered_a_draft() for tab in tabs] == [False, False]
    assert verify().holds and list(all_broken()) == []
