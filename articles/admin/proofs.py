"""What a session has proved: the second factor, and how recently somebody showed that they are the person."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest

from articles.people.models import User
from articles.people.sessions import StaffSession

MARK = "staff_session"
"""Where a browser's session holds the mark of its row."""


def session_of(request: HttpRequest) -> StaffSession | None:
    """The row of the session that asks; None where nobody is logged in."""
    return getattr(request, "staff_session", None)


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """What was proved in this session by the person who asks: allauth keeps it on the server and binds it to the account."""
    return get_authentication_records(request, request.user) if isinstance(request.user, User) else []


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session, not only this account, has shown a second factor."""
    return any(each.get("method") == "mfa" for each in records(request))


def is_recent(request: HttpRequest) -> bool:
    """Whether the person proved who they are, in any way, within the last REAUTHENTICATE_AFTER_MINUTES."""
    after = time.time() - settings.REAUTHENTICATE_AFTER_MINUTES * 60
    return any(after < each["at"] for each in records(request))


def how(request: HttpRequest, person: User) -> str:
    """The proofs of a log-in for the audit, such as `password+totp`."""
    return "+".join(str(each.get("type") or each.get("method")) for each in get_authentication_records(request, person))[:80]


def prove_enrolled(request: HttpRequest, *, kind: str) -> None:
    """Who has just enrolled a factor has shown it: the session goes on with it, under a new key."""
    request.session.cycle_key()
    record_authentication(request, request.user, "mfa", type=kind)  # type: ignore[arg-type]  # logged in
