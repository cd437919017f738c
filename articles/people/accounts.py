"""Making an account from the server: the first administrator's, before anybody can make one at the desk."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.audit.chain import Audited, record
from articles.people.models import User
from articles.people.roles import ROLES

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another."""


def new_password() -> str:
    """Twenty random letters and digits in four groups: 98 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(5)) for _group in range(4))


def add_account(username: str, *, roles: Collection[str], by: Audited) -> tuple[User, str]:
    """A new account with those roles, and its password, which is stored nowhere. Raises ValidationError for a name that is taken or no name."""
    unknown = sorted(set(roles) - ROLES.keys())
    if unknown:
        raise ValidationError(_("There is no role “%(role)s”.") % {"role": unknown[0]})
    password = new_password()
    person = User(username=username, is_staff=True)
    person.set_password(password)
    person.full_clean(exclude=["code"])
    with transaction.atomic():
        person.save()
        person.groups.set(Group.objects.filter(name__in=roles))
        facts = {"roles": "+".join(sorted(role.replace(" ", "-") for role in roles))[:80], "active": True}
        record(by=by, verb="add_account", target=person, facts=facts)
    return person, password
