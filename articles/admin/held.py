"""A request that waits for somebody to show who they are: sealed, bound to the person and the address, and sent again by a button."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles.admin.requests import who
from articles.admin.sealing import box

KEY = "held_request"
KEPT_SECONDS = 3600
MOST_CHARACTERS = 600_000
NEVER = re.compile(r"(?i)password|^(?:csrfmiddlewaretoken|code|credential|login)$")
"""Fields that are not carried: secrets, and what belongs to one page."""


@dataclass(frozen=True)
class Held:
    """What was sent, and where to."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def is_report(self) -> bool:
        """Whether it goes to a report's form, which shows it again without saving."""
        return self.path.startswith("/desk/articles/report/") and self.path.partition("?")[0].endswith("/change/")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a POST that may be carried."""
    return [(name, value) for name, values in request.POST.lists() for value in values if value and not NEVER.search(name)]


def keep(request: HttpRequest, *, of: int) -> str | None:
    """The request for the session of who logs in next, readable for that person alone; None when there is nothing in it, or too much."""
    fields = typed(request) if request.method == "POST" else []
    if not fields or sum(len(value) for _name, value in fields) > MOST_CHARACTERS:
        return None
    return box().encrypt(signing.JSONSerializer().dumps({"of": of, "path": request.get_full_path(), "fields": fields})).decode()


def kept(request: HttpRequest) -> Held | None:
    """What waits for the person who asks; what was another's is gone."""
    sealed = request.session.get(KEY)
    if not sealed:
        return None
    try:
        found = signing.JSONSerializer().loads(box().decrypt(sealed.encode(), ttl=KEPT_SECONDS))
    except InvalidToken:
        found = {}
    if found.get("of") != who(request).pk:
        del request.session[KEY]
        return None
    return Held(found["path"], [(name, value) for name, value in found["fields"]])


@never_cache
@login_required
def held_view(request: HttpRequest) -> HttpResponse:
    """After the log-in: what was sent when the session was over. Nothing of it is done until the person says so."""
    waits = kept(request)
    if request.method == "POST" or waits is None:
        request.session.pop(KEY, None)
        return HttpResponseRedirect(reverse("admin:index"))
    return render(request, "account/held.html", {"held": waits})


def sign(request: HttpRequest) -> str:
    """The POST as one signed field, bound to the person and to the address it was sent to."""
    return signing.dumps(
        [(name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"], salt=_salt(request), compress=True
    )


def unsign(request: HttpRequest, signed: str) -> QueryDict:
    """What was signed. Raises signing.BadSignature when it is another person's, another address's, or older than an hour."""
    data = QueryDict(mutable=True)
    for name, values in signing.loads(signed, salt=_salt(request), max_age=KEPT_SECONDS):
        data.setlist(name, values)
    return data


def _salt(request: HttpRequest) -> str:
    return f"held:{who(request).pk}:{request.get_full_path()}"
