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
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.admin.requests import who
from articles.admin.site import desk
from articles.contacts.certificates import examine
from articles.contacts.directory import sealable
from articles.contacts.models import MediaContact
from articles.inquiries import actions
from articles.inquiries.models import MediaInquiry
from articles.inquiries.permissions import can_handle
from articles.people.models import User
from articles.text.languages import own_name

SHOWN = 200
HANDLED_SHOWN = 50
CLOSING = ("answered", "declined", "spam")


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
        at, owners = timezone.now(), key_owners()
        rows = MediaInquiry.objects.defer("sealed").select_related("region", "assigned_to")
        waiting = list(rows.filter(status__in=actions.OPEN).order_by("slow_lane", F("deadline_at").asc(nulls_last=True), "id")[: SHOWN + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Media inquiries"),
            "waiting": [
                {
                    "inquiry": each,
                    "left": time_left(each, at=at),
                    "deadline": local_deadline(each),
                    "language": own_name(each.language),
                    "opens_with": ", ".join(owners.get(mark, mark[-16:].upper()) for mark in each.fingerprints),
                    "take": take_step(each, by=who(request)),
                }
                for each in waiting[:SHOWN]
            ],
            "more": len(waiting) > SHOWN,
            "handled": rows.exclude(status__in=actions.OPEN).order_by("-id")[:HANDLED_SHOWN],
            "keys": key_warnings(),
            "nobody": not sealable(),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/mediainquiry/queue.html", context)

    def act_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Take, or mark as answered, declined, spam; and take that back."""
        inquiry = self._inquiry(request, pk)
        try:
            messages.success(request, self._act(inquiry, verb, by=who(request)))
        except actions.ChangedMeanwhile:
            messages.error(
                request, _("%(reference)s was changed by somebody else meanwhile: look again.") % {"reference": inquiry.reference}
            )
        return HttpResponseRedirect(reverse("admin:articles_mediainquiry_changelist"))

    def _act(self, inquiry: MediaInquiry, verb: str, *, by: User) -> str:
        if verb in ("take", "take-over"):
            actions.take(inquiry, by=by, over=verb == "take-over")
            return _("%(reference)s is yours now.") % {"reference": inquiry.reference}
        if verb in CLOSING:
            actions.finish(inquiry, by=by, status=verb)
            sentence = _("%(reference)s is closed; it is purged on %(day)s. It stands under “Handled”, where this can be taken back.")
            return sentence % {"reference": inquiry.reference, "day": date_format(inquiry.purge_on, "j F Y")}
        if verb == "reopen":
            actions.reopen(inquiry, by=by)
            return _("%(reference)s is open again, and yours.") % {"reference": inquiry.reference}
        raise Http404

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sealed message as an .asc file, for the officer's own computer."""
        inquiry = self._inquiry(request, pk)
        try:
            sealed = actions.download(inquiry, by=who(request))
        except actions.ChangedMeanwhile as error:
            raise Http404 from error
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


def local_deadline(inquiry: MediaInquiry) -> str:
    """The deadline as the journalist's clock shows it, with its zone."""
    if inquiry.deadline_at is None:
        return ""
    zone = inquiry.deadline_zone or "UTC"
    return f"{date_format(inquiry.deadline_at.astimezone(ZoneInfo(zone)), 'j F Y, H:i')} {zone.replace('_', ' ')}"


def take_step(inquiry: MediaInquiry, *, by: User) -> str:
    """How this person can get the inquiry: `take`, `take-over`, or nothing when they have it."""
    if inquiry.status == MediaInquiry.Status.WAITING:
        return "take"
    return "" if inquiry.assigned_to_id == by.pk else "take-over"


def key_owners() -> dict[str, str]:
    """Fingerprint of a certificate -> the contacts who have it."""
    owners: dict[str, str] = {}
    for contact in MediaContact.objects.exclude(certificate=""):
        mark = examine(contact.certificate).fingerprint
        owners[mark] = f"{owners[mark]}, {contact}" if mark in owners else str(contact)
    return owners


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
