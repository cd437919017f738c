"""The desk: Django's admin with our own permissions, warnings on every page, and login by the accounts' pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.now import inquiries_waiting, keys_to_renew, needs_of
from articles.admin.proofs import has_second_factor
from articles.admin.requests import who
from articles.errands.queue import failing, last_beat
from articles.identity.models import SiteIdentity
from articles.notices.posting import unread_count
from articles.people.roles import named, roles_of
from articles.reports import four_eyes
from articles.workflow.permissions import can_create, reads_reports, visible_to

CLOCK_SILENT_AFTER = dt.timedelta(minutes=2)
STUBBORN = 3
"""From how many attempts on an errand that fails is shown."""

# One door for passwords (the accounts' pages), nothing completed by a search over a table, no way from an id to a page
NOT_OURS = {"password_change", "password_change_done", "autocomplete", "view_on_site"}


class DeskSite(admin.AdminSite):
    site_title = gettext_lazy("The desk")
    site_header = gettext_lazy("The desk")
    index_title = gettext_lazy("Now")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("This account has no access to the desk."))
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))

    def app_index(  # type: ignore[override]  # the stubs know pages only
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:index")

    def logout(  # type: ignore[override]  # as above
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")

    def get_urls(self) -> list[Any]:
        return [each for each in super().get_urls() if getattr(each, "name", None) not in NOT_OURS]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        person = who(request)
        found = {
            "needs": needs_of(person, visible_to(person)) if reads_reports(person) else [],
            "inquiries": inquiries_waiting(person),
            "keys": keys_to_renew(person),
            "reads_reports": reads_reports(person),
            "at": timezone.now(),
            "may_write": can_create(person),
            "password_is_enough": settings.SECOND_FACTOR == "offered" and not has_second_factor(request),
        }
        return super().index(request, {**found, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        asked = SiteIdentity.objects.filter(id=1).values_list("organisation", four_eyes.off(), last_beat("clock")).first()
        newsroom, alone, beat_at = asked or (None, four_eyes.are_off(), None)
        return {
            **super().each_context(request),
            "warnings": warnings(alone=alone, beat_at=beat_at),
            "newsroom": newsroom,
            "unread": unread_count(who(request)) if self.has_permission(request) else 0,
            "roles": named(sorted(roles_of(who(request)))) if request.user.is_authenticated else "",
        }


def warnings(*, alone: bool, beat_at: dt.datetime | None) -> list[str]:
    """What every page of the desk says at its top. `alone`: one person may write and approve; `beat_at`: when the clock last ran."""
    found = []
    if alone:
        found.append(_("Four eyes are off: one person can write and approve. Switch them on with “manage.py four_eyes on”."))
    if beat_at is None or timezone.now() - beat_at > CLOCK_SILENT_AFTER:
        found.append(_("The clock is not running: nothing is released, expires or is mailed. Start “manage.py clock”."))
    found += [
        _("Work that follows an act fails: %(kind)s (%(error)s, tried %(attempts)d times). It is tried again; look at the clock's log.")
        % {"kind": errand.kind, "error": errand.last_error, "attempts": errand.attempts}
        for errand in failing()
        if errand.attempts >= STUBBORN
    ]
    return found


desk = DeskSite(name="admin")
