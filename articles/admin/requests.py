"""Who asks: the account behind a request to the desk."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from articles.people.models import User


def who(request: HttpRequest) -> User:
    """The logged-in account. Every address of the desk but the login stands behind `admin_view`, which lets nobody else in."""
    return cast(User, request.user)
