"""The inquiry queue: for press officers alone. Nothing here opens an inquiry; the desk hands over the sealed file."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.admin.requests import who
from articles.admin.site import desk
from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.inquiries import actions
from articles.inquiries.models import MediaInquiry
from articles.inquiries.permissions import can_handle

OPEN = (MediaInquiry.Status.WAITING, MediaInquiry.Status.TAKEN)
SHOWN = 200


@admin.register(MediaInquiry, site=desk)
class MediaInquiryAdmin(admin.ModelAdmin):
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_handle(who(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.queue_view), name="articles_mediainquiry_changelist"),
            path("<int:pk>/sealed/", view(require_POST(self.download_view)), name="articles_mediainquiry_sealed"),
            path("<int:pk>/<slug:verb>/", view(require_POST(self.act_view)), name="articles_mediainquiry_act"),
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Open inquiries by the time left, those of the slow lane last; then what was handled."""
        self._check(request)
        at = timezone.now()
        rows = MediaInquiry.objects.defer("sealed").select_related("region", "assigned_to")
        waiting = rows.filter(status__in=OPEN).order_by("slow_lane", F("deadline_at").asc(nulls_last=True), "id")[:SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Media inquiries"),
            "waiting": [{"inquiry": each, "left": time_left(each, at=at), "deadline": local_deadline(each)} for each in waiting],
            "handled": rows.exclude(status__in=OPEN).order_by("-id")[:50],
            "keys": key_warnings(),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/mediainquiry/queue.html", context)

    def act_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Take, or mark as answered, declined, spam."""
        inquiry = self._inquiry(request, pk)
        if verb == "take":
            actions.take(inquiry, by=who(request))
            messages.success(request, _("%(reference)s is yours now.") % {"reference": inquiry.reference})
        elif verb in ("answered", "declined", "spam"):
            actions.finish(inquiry, by=who(request), status=verb)
            messages.success(
                request, _("%(reference)s is closed; it is purged on %(day)s.") % {"reference": inquiry.reference, "day": inquiry.purge_on}
            )
        else:
            raise Http404
        return HttpResponseRedirect(reverse("admin:articles_mediainquiry_changelist"))

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sealed message as an .asc file, for the officer's own computer."""
        inquiry = self._inquiry(request, pk)
        sealed = actions.download(inquiry, by=who(request))
        headers = {
            "Content-Disposition": f'attachment; filename="inquiry-{inquiry.reference}.asc"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(sealed, content_type="application/pgp-encrypted", headers=headers)

    def _inquiry(self, request: HttpRequest, pk: int) -> MediaInquiry:
        self._check(request)
        inquiry = MediaInquiry.objects.filter(pk=pk).first()
        if inquiry is None:
            raise Http404
        return inquiry

    def _check(self, request: HttpRequest) -> None:
        if not self.has_module_permission(request):
            raise PermissionDenied


def local_deadline(inquiry: MediaInquiry) -> dt.datetime | None:
    """The deadline in the journalist's zone."""
    return inquiry.deadline_at.astimezone(ZoneInfo(inquiry.deadline_zone or "UTC")) if inquiry.deadline_at else None


def time_left(inquiry: MediaInquiry, *, at: dt.datetime) -> str:
    """How long until the deadline, in words."""
    if inquiry.deadline_at is None:
        return _("no deadline")
    left = inquiry.deadline_at - at
    if left < dt.timedelta():
        return _("passed")
    hours = int(left.total_seconds() // 3600)
    if hours < 1:
        minutes = int(left.total_seconds() // 60)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if hours < 48:
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    return ngettext("%(number)d day", "%(number)d days", hours // 24) % {"number": hours // 24}


def key_warnings() -> list[str]:
    """What is wrong with the contacts' certificates, and how to mend it."""
    found, usable = [], 0
    for contact in MediaContact.objects.filter(active=True):
        verdict = examine(contact.certificate)
        usable += verdict.usable
        if verdict.sentence and contact.certificate:  # one without is called, and nothing is wrong with that
            found.append(f"{contact}: {verdict.sentence}")
    if not usable:
        found.insert(
            0,
            _(
                "No contact has a usable certificate: the form is closed and tells journalists whom to call. Add one under “media contacts”."
            ),
        )
    return found
