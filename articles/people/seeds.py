"""Roles as groups, and the two actors that are not persons."""

from __future__ import annotations

from django.contrib.auth.models import Group

from articles.people.machines import CLOCK, COMMAND_LINE, machine
from articles.people.roles import ROLES


def seed() -> None:
    """Makes the groups and the machines that are missing."""
    for role in ROLES:
        Group.objects.get_or_create(name=role)
    machine(CLOCK)
    machine(COMMAND_LINE)
