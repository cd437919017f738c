"""Every verb × role × state, held against the table in docs/workflow.md. Over HTTP: tests/admin/test_roles.py and test_acts.py."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from django.conf import settings

from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.reports.models import EditState, PublicState, Report
from articles.workflow import guards
from articles.workflow.drawing import drawing
from articles.workflow.permissions import can, can_view
from articles.workflow.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db
DOCS = Path(settings.BASE_DIR, "docs", "workflow.md")


def documented():
    """{verb: the roles with a “yes” in the docs' table}."""
    table = DOCS.read_text().rpartition("## Who may")[2]
    head, _line, *rows = [line for line in table.splitlines() if line.startswith("|")]
    names = [cell.strip() for cell in head.strip("|").split("|")][1:]
    found = {}
    for row in rows:
        verb, *cells = [cell.strip() for cell in row.strip("|").split("|")]
        found[verb] = {name for name, cell in zip(names, cells, strict=True) if cell == "yes"}
    return found


def test_the_docs_are_drawn_from_the_table():
    assert DOCS.read_text() == drawing()


def test_each_role_may_what_the_docs_say_and_nothing_else(cast):
    people = {role: cast(role, role, languages=["en"]) for role in roles.ROLES}
    mine = Report(language="en", created_by=people[roles.REPORTER])
    table = documented()
    assert table.keys() == TRANSITIONS.keys()
    for verb, allowed in table.items():
        assert {role for role, person in people.items() if can(person, verb, mine)} == allowed - {"clock"}, verb
        assert can(machine(CLOCK), verb, mine) == ("clock" in allowed), verb


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_each_verb_starts_from_its_states_and_no_other(verb):
    row = TRANSITIONS[verb]
    for edit, public in itertools.product(EditState, PublicState):
        report = Report(edit_state=edit, public_state=public)
        assert (guards.state_reasons(report, row) == []) == (edit in row.from_edit and public in row.from_public), (edit, public)


def test_reporters_and_translators_stay_with_their_own(cast):
    reporter, other = cast("one", roles.REPORTER), cast("two", roles.REPORTER)
    translator = cast("three", roles.TRANSLATOR, languages=["ar"])
    theirs = Report(language="en", created_by=other)
    assert not can(reporter, "save", theirs) and not can_view(reporter, theirs)
    assert can(reporter, "save", Report(language="en", created_by=other, assigned_to=reporter))
    assert not can(translator, "save", theirs) and not can_view(translator, theirs)
    assert can(translator, "save", Report(language="ar", created_by=other))


def test_machines_strangers_superusers_and_the_deactivated_may_nothing(cast):
    gone = cast("gone", *roles.ROLES)
    gone.is_active = False
    report = Report(language="en", created_by=gone)
    for person in (cast("stranger"), cast("root", is_superuser=True), gone, machine(COMMAND_LINE)):
        allowed = {verb for verb in TRANSITIONS if can(person, verb, report)}
        assert allowed == ({"save"} if person.username == COMMAND_LINE else set()), person
