"""The second factor of an account: whether there is one, and taking it away when the device is lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.audit.chain import Audited, record
from articles.people import sessions
from articles.people.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as one; recovery codes only stand in for it."""

REASONS: dict[str, str | Promise] = {
    "lost": _("The device is lost"),
    "stolen": _("The device was stolen or taken away"),
    "broken": _("The device is broken or was replaced"),
    "suspicion": _("Somebody else may have it"),
}
"""Why a second factor is reset: codes, for the audit holds no text."""


def factors_of(person: int | models.OuterRef) -> models.QuerySet[Authenticator]:
    """The second factors of the account with that key."""
    return Authenticator.objects.filter(user_id=person, type__in=FACTORS)


def is_enrolled(person: User) -> bool:
    """Whether the account has a second factor."""
    return factors_of(person.pk).exists()


def reset(person: User, *, by: Audited, why: str) -> int:
    """Removes every factor and recovery code and ends all sessions: the person logs in by password and enrols anew. How many factors went.

    Raises ValueError for a reason that is not one of REASONS.
    """
    if why not in REASONS:
        msg = f"a second factor is reset for one of these reasons: {', '.join(REASONS)}"
        raise ValueError(msg)
    with transaction.atomic():
        count = Authenticator.objects.filter(user_id=person.pk).delete()[0]
        record(by=by, verb="drop_second_factor", target=person, facts={"why": why, "factors": count})
        sessions.end_all(person, by=by, why=sessions.StaffSession.Why.FACTOR)
    return count
