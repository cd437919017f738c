"""The inquiry's door: a form that works without script and cookie, and hands its text to the seal."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from articles.contacts.directory import sealable
from articles.contacts.models import MediaContact
from articles.editions import addresses
from articles.editions.models import Edition
from articles.editions.parts import contact_entry
from articles.inquiries.actions import NobodyToSealTo, TokenSpent, TooMany, receive
from articles.public.inquiry_form import InquiryForm, new_token, read_token
from articles.public.pages import page_response
from articles.public.request import ReaderRequest

MAX_BYTES = 65_536
FORM = "application/x-www-form-urlencoded"


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry(request: ReaderRequest) -> HttpResponse:
    """The form, or whom to call when nobody's key can be sealed to. A good post redirects to the thanks."""
    if request.method != "POST":
        return _page(request, _empty(request)) if sealable() else _nobody(request)
    if not _from_here(request):
        return _refused(request, _("This form was sent from another site: open it here and send it again."), status=403)
    data = _body(request)
    if data is None:
        return _refused(request, _("This is more than the form takes: shorten it, and send no files."), status=413)
    form = InquiryForm(data, site_language=request.language)
    token = read_token(data.get("token", ""))
    if not form.is_valid():
        return _page(request, form, status=400)
    if token is None:
        form.add_error(None, _("The form was open too long, or sent too quickly. All your text is still here: please send it again."))
        return _page(request, form, status=400)
    if data.get("website"):
        return _sent_redirect(request)  # a machine filled the trap: it learns nothing
    return _receive(request, form, token)


@sensitive_variables()
def _receive(request: ReaderRequest, form: InquiryForm, token: Any) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        receive(
            form.text(),
            topic=cleaned["topic"],
            language=cleaned["language"],
            region=form.regions.get(cleaned["region"]),
            deadline_at=cleaned["deadline_at"],
            deadline_zone=cleaned["deadline_zone"] or "UTC",
            report_uuid=_report(cleaned["report"]),
            token_digest=token.digest,
            token_until=token.until,
        )
    except NobodyToSealTo:
        return _nobody(request)
    except TokenSpent:
        form.add_error(None, _("This form was sent already. If you want to send a second inquiry, send it once more."))
        return _page(request, form, status=409)
    except TooMany:
        form.add_error(None, _("Too many inquiries came in this hour. Your text is still here: please try again in an hour, or call."))
        return _page(request, form, status=429)
    return _sent_redirect(request)


@require_safe
def sent(request: ReaderRequest) -> HttpResponse:
    """Thanks."""
    return page_response(
        request, title=_("Your inquiry is on its way"), template="public/inquiry_sent.html", context={}, no_store=True, indexed=False
    )


def _page(request: ReaderRequest, form: InquiryForm, *, status: int = 200) -> HttpResponse:
    """The form with what was typed, and a fresh token."""
    for name in form.errors:
        if name in form.fields:
            form._describe(name, form.fields[name])
    rows: list[dict[str, Any]] = [
        {
            "field": form[name],
            "name": name,
            "hint": form.fields[name].help_text,
            "errors": form.errors.get(name, []) if form.is_bound else [],
        }
        for name in ("topic", "outlet", "name", "reach", "deadline_on", "deadline_time", "deadline_zone", "language", "region", "message")
    ]
    context = {
        "form": form,
        "rows": {row["name"]: row for row in rows},
        "wrong": [
            {"anchor": row["field"].id_for_label, "label": row["field"].label, "text": text} for row in rows for text in row["errors"]
        ],
        "above": form.non_field_errors() if form.is_bound else [],
        "token": new_token(),
        "action": addresses.inquiry_path(request.language),
        "report": form["report"].value() or "",
    }
    return page_response(
        request, title=_("Media inquiry"), template="public/inquiry_form.html", context=context, status=status, no_store=True, has_form=True,
        section=addresses.press_path(request.language),
    )  # fmt: skip


def _empty(request: ReaderRequest) -> InquiryForm:
    initial = {"region": request.GET.get("region", "")[:80], "report": str(_report(request.GET.get("report", "")) or "")}
    return InquiryForm(site_language=request.language, initial=initial)


def _report(text: str) -> UUID | None:
    """A live report by its uuid or path."""
    if re.fullmatch(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", text):
        return Edition.objects.filter(uuid=UUID(text)).values_list("uuid", flat=True).first()
    return Edition.objects.filter(path=text[:200]).values_list("uuid", flat=True).first() if text.startswith("/") else None


def _nobody(request: ReaderRequest) -> HttpResponse:
    contacts = [contact_entry(contact) for contact in MediaContact.objects.filter(active=True)]
    return page_response(
        request, title=_("Media inquiry"), template="public/inquiry_closed.html", context={"contacts": contacts}, no_store=True,
        section=addresses.press_path(request.language),
    )  # fmt: skip


def _refused(request: ReaderRequest, sentence: str, *, status: int) -> HttpResponse:
    return page_response(
        request,
        title=_("Media inquiry"),
        template="public/inquiry_refused.html",
        context={"sentence": sentence},
        status=status,
        no_store=True,
    )


def _sent_redirect(request: ReaderRequest) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = addresses.inquiry_path(request.language) + "sent/"
    response["Cache-Control"] = "no-store"
    return response


def _body(request: ReaderRequest) -> QueryDict | None:
    """The posted fields, read in memory: no file is ever made of them. None when there is too much, or when it is no form."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES or request.content_type != FORM:
            return None
        raw = request.body
    except (RequestDataTooBig, ValueError):
        return None
    try:
        return QueryDict(raw, encoding="utf-8") if len(raw) <= MAX_BYTES else None
    except (BadRequest, ValueError):
        return None


def _from_here(request: ReaderRequest) -> bool:
    """Whether the browser says that our own page sent the form; one that says nothing is believed (Tor, old ones)."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = {urlsplit(settings.SITE_URL).netloc, urlsplit(settings.ONION_URL).netloc, request.get_host()} - {""}
    return urlsplit(origin).netloc in own
