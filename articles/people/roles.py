"""Roles as data: what each is for. What a role may do stands in workflow/permissions.py and in its Django permissions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.people.models import User

REPORTER = "reporter"
TRANSLATOR = "translator"
EDITOR = "editor"
PUBLISHER = "publisher"
SAFETY_OFFICER = "safety officer"
LEGAL_REVIEWER = "legal reviewer"
PRESS_OFFICER = "press officer"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"

ROLES: dict[str, Promise] = {
    REPORTER: _("Writes reports; sees and changes their own and those assigned to them."),
    TRANSLATOR: _("Writes and changes reports in their own languages."),
    EDITOR: _("Writes any report, reviews and approves what others wrote, withdraws and takes down."),
    PUBLISHER: _("Publishes, schedules and withdraws what has been approved."),
    SAFETY_OFFICER: _("Keeps people named in reports safe; takes down, grants reinstatement."),
    LEGAL_REVIEWER: _("Reads reports and signs off what the law could be asked about; changes no text and publishes nothing."),
    PRESS_OFFICER: _("Answers journalists: the inquiry queue and the public media contacts."),
    AUDITOR: _("Reads reports and the audit; changes nothing."),
    ADMINISTRATOR: _("Accounts, roles and the site's identity; no power over content."),
}
"""Role name (also the name of its Django group) -> what it is for."""

NAMES: dict[str, Promise] = {
    REPORTER: pgettext_lazy("role", "reporter"),
    TRANSLATOR: pgettext_lazy("role", "translator"),
    EDITOR: pgettext_lazy("role", "editor"),
    PUBLISHER: pgettext_lazy("role", "publisher"),
    SAFETY_OFFICER: pgettext_lazy("role", "safety officer"),
    LEGAL_REVIEWER: pgettext_lazy("role", "legal reviewer"),
    PRESS_OFFICER: pgettext_lazy("role", "press officer"),
    AUDITOR: pgettext_lazy("role", "auditor"),
    ADMINISTRATOR: pgettext_lazy("role", "administrator"),
}


def named(roles: Iterable[str]) -> str:
    """The roles in the words of who reads; a group that is no role keeps its name."""
    return pgettext("between facts", ", ").join(str(NAMES.get(role, role)) for role in roles)


def roles_of(person: User) -> frozenset[str]:
    """The roles that an active account holds; a superuser holds none by itself. One query, kept on the object."""
    if not person.is_active:
        return frozenset()
    kept: frozenset[str] | None = getattr(person, "_roles", None)
    if kept is None:
        kept = frozenset(person.groups.values_list("name", flat=True)) & ROLES.keys()
        person._roles = kept  # type: ignore[attr-defined]  # a cache for the life of this object
    return kept


def with_roles(people: QuerySet[User]) -> list[User]:
    """The people, with the roles of each at hand: two queries, however many they are."""
    found = list(people.prefetch_related("groups"))
    for person in found:
        held = frozenset(group.name for group in person.groups.all()) & ROLES.keys()
        person._roles = held if person.is_active else frozenset()  # type: ignore[attr-defined]  # as in roles_of
    return found


def holds(person: User, *roles: str) -> bool:
    """Whether the person holds one of the roles."""
    return not roles_of(person).isdisjoint(roles)
