"""People and machines: roles as data, codes that stay, actors that cannot log in."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import translation

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.people.models import User, new_code
from articles.people.seeds import seed
from articles.workflow import actions
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_role_is_a_group_and_seeding_again_changes_nothing():
    before = list(User.objects.values()), list(Group.objects.order_by("pk").values())
    assert set(Group.objects.values_list("name", flat=True)) == roles.ROLES.keys()
    seed()
    assert (list(User.objects.values()), list(Group.objects.order_by("pk").values())) == before


def test_roles_are_named_in_the_language_of_who_reads():
    held = [roles.EDITOR, roles.PRESS_OFFICER, "another group"]

    with translation.override("ar"):
        arabic = roles.named(held)

    assert (roles.named(held), arabic) == ("editor, press officer, another group", "محرر، مسؤول الصحافة، another group")
    assert roles.NAMES.keys() == roles.ROLES.keys()


@pytest.mark.parametrize("name", [CLOCK, COMMAND_LINE])
def test_a_machine_cannot_log_in(name):
    actor = machine(name)
    assert (actor.is_machine, actor.is_active, actor.is_staff, actor.has_usable_password()) == (True, False, False, False)
    actor.set_password("a long enough sentence")
    actor.save()
    assert authenticate(username=name, password="a long enough sentence") is None
    browser = Client()
    browser.post("/desk/accounts/login/", {"login": name, "password": "a long enough sentence"})
    assert "_auth_user_id" not in browser.session
    assert machine(name).pk == actor.pk


def test_no_person_takes_the_name_of_a_machine(reporter):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=machine(CLOCK).pk).update(username="chronos")
        User.objects.filter(pk=reporter.pk).update(username=CLOCK)
    assert User.objects.get(username=CLOCK).is_machine


def test_roles_count_only_while_the_account_is_active(cast):
    person = cast("person", roles.EDITOR, roles.AUDITOR, is_superuser=True)
    person.groups.add(Group.objects.create(name="another group"))
    assert roles.roles_of(person) == {roles.EDITOR, roles.AUDITOR}
    assert roles.holds(person, roles.EDITOR) and not roles.holds(person, roles.PUBLISHER)
    gone = User.objects.get(pk=person.pk)
    gone.is_active = False
    assert roles.roles_of(gone) == frozenset()


def test_roles_are_read_once(cast, django_assert_num_queries):
    person = User.objects.get(pk=cast("person", roles.EDITOR).pk)
    with django_assert_num_queries(1):
        assert roles.holds(person, roles.EDITOR) and roles.holds(person, roles.EDITOR)


def test_a_renamed_person_keeps_the_code_by_which_the_audit_knows_them(reporter):
    report = factories.draft(reporter)
    code = reporter.code
    reporter.username = "married-name"
    reporter.save()
    actions.save(report, by=reporter, headline="Another")
    assert set(AuditEvent.objects.values_list("by", flat=True)) == {f"user:{code}"}


def test_codes_say_nothing_and_do_not_repeat(cast):
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000 and all(len(code) == 12 and set(code) <= set("0123456789abcdef") for code in codes)
    first = cast("first")
    with pytest.raises(IntegrityError), transaction.atomic():
        cast("second", code=first.code)


def test_who_wrote_is_deactivated_never_deleted(reporter, cast):
    factories.draft(reporter)
    for person in (reporter, cast("idle")):
        with pytest.raises((ProtectedError, IntegrityError)), transaction.atomic():
            person.delete()
    assert User.objects.filter(username__in=["reporter", "idle"]).count() == 2


def test_the_first_administrator_is_made_on_the_server(capsys):
    call_command("add_account", "rana", "--role", "administrator")

    said = capsys.readouterr().out
    person = User.objects.get(username="rana")
    assert authenticate(username="rana", password=said.splitlines()[0].removeprefix("rana: ")) == person
    assert (person.is_staff, person.is_superuser, roles.roles_of(person)) == (True, False, {roles.ADMINISTRATOR})
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.by, event.target) == ("add_account", machine(COMMAND_LINE).audit_code, person.audit_code)


@pytest.mark.parametrize("name", ["rana", "clock", "", "two words", "x" * 151])
def test_no_account_is_made_twice_or_under_no_name(cast, name):
    cast("rana")
    before = (User.objects.count(), AuditEvent.objects.count())
    with pytest.raises(CommandError):
        call_command("add_account", name, "--role", "editor")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("add_account", "new", "--role", "owner")
    assert (User.objects.count(), AuditEvent.objects.count()) == before
