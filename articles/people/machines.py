"""The two actors that are not persons: no act is without an actor, and these cannot log in."""

from __future__ import annotations

from articles.people.models import User

CLOCK = "clock"
COMMAND_LINE = "command line"


def machine(name: str) -> User:
    """The account `clock` or `command line`, made if missing; inactive for login, without a usable password."""
    person, made = User.objects.get_or_create(username=name, defaults={"is_machine": True, "is_active": False, "first_name": name})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
