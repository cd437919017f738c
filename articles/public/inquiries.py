"""The inquiry's door: a form that works without script and cookie, and hands its text to the seal."""

from __future__ import annotations

import logging
import re
import traceback
from urllib.parse import SplitResult, urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from articles.contacts.directory import sealable
from articles.contacts.models import MediaContact
from articles.editions import addresses
from articles.editions.models import Edition
from articles.editions.parts import contact_entry
from articles.inquiries.actions import NobodyToSealTo, TokenSpent, TooMany, receive
from articles.public import lite
from articles.public.inquiry_form import QUICKEST, InquiryForm, Token, TooOld, TooQuick, new_token, read_token
from articles.public.pages import page_response
from articles.public.request import ReaderRequest

MAX_BYTES = 65_536
MAX_DROPPED_BYTES = 16_000_000
FORM = "application/x-www-form-urlencoded"
TOO_QUICK = gettext_lazy("The form came back within three seconds, as from a machine. Your text is still here: please send it once more.")
TOO_OLD = gettext_lazy("The form was open for more than two hours. All your text is still here: please send it again.")
log = logging.getLogger("newsroom.inquiries")


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
    try:
        return _posted(request, data)
    except Exception as error:  # what it says may quote the text, so neither it nor a traceback reaches a log
        log.error("an inquiry could not be received: %s", _place(error))
        return _failed(request, data)


@sensitive_variables()
def _posted(request: ReaderRequest, data: QueryDict) -> HttpResponse:
    form = InquiryForm(data, site_language=request.language)
    try:
        token = read_token(data.get("token", ""))
    except (TooQuick, TooOld) as error:
        if form.is_valid():
            form.add_error(None, TOO_QUICK if isinstance(error, TooQuick) else TOO_OLD)
        return _page(request, form, status=400)
    if not form.is_valid():
        return _page(request, form, status=400, patient=True)
    if data.get("website"):
        return _sent_redirect(request)  # a machine filled the trap: it learns nothing
    return _receive(request, form, token)


@sensitive_variables()
def _receive(request: ReaderRequest, form: InquiryForm, token: Token) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        receive(
            form.text(),
            topic=cleaned["topic"],
            language=cleaned["language"],
            region=form.regions.get(cleaned["region"]),
            deadline_at=cleaned["deadline_at"],
            deadline_zone=cleaned["deadline_zone"] or "UTC",
            report_uuid=next(iter(_report(cleaned["report"])), None),
            token_digest=token.digest,
            token_until=token.until,
        )
    except NobodyToSealTo:
        return _nobody(request, text=cleaned["message"])
    except TokenSpent:
        form.add_error(
            None, _("We have your inquiry: this form was sent a moment before. To send a second one, press the button once more.")
        )
        return _page(request, form, status=409, heading=_("Sent already"))
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


def _page(request: ReaderRequest, form: InquiryForm, *, status: int = 200, heading: str = "", patient: bool = False) -> HttpResponse:
    """The form with what was typed, and a fresh token: one that works at once for those who have shown `patient` typing before."""
    rows = form.rows()
    wrong = [{"anchor": row["field"].id_for_label, "label": row["field"].label, "text": text} for row in rows for text in row["errors"]]
    heading = heading or (_("Not sent yet: nothing you typed is lost") if form.is_bound else "")
    context = {
        "form": form,
        "rows": {row["name"]: row for row in rows},
        "wrong": wrong,
        "above": form.non_field_errors() if form.is_bound else [],
        "heading": heading,
        "token": new_token(at=timezone.now() - QUICKEST if patient else None),
        "action": addresses.inquiry_path(request.language),
    }
    title = f"{heading} – {_('Media inquiry')}" if heading else _("Media inquiry")
    return page_response(
        request, title=title, template="public/inquiry_form.html", context=context, status=status, no_store=True, has_form=True,
        query=urlencode({name: request.GET[name][:80] for name in ("report", "region") if request.GET.get(name)}),
        section=addresses.press_path(request.language),
    )  # fmt: skip


def _empty(request: ReaderRequest) -> InquiryForm:
    path = next(iter(_report(request.GET.get("report", "")).values()), "")
    initial = {"region": request.GET.get("region", "")[:80], "report": f"{settings.SITE_URL}{path}" if path else ""}
    return InquiryForm(site_language=request.language, initial=initial)


def _report(text: str) -> dict[UUID, str]:
    """The live report of that uuid, path or address, with its path; nothing when there is none."""
    rows = Edition.objects.none()
    if re.fullmatch(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", text):
        rows = Edition.objects.filter(uuid=UUID(text))
    elif text.startswith(("/", "https://", "http://")):
        rows = Edition.objects.filter(path=_split(text.replace("\x00", "")).path[:200])
    return dict(rows.values_list("uuid", "path")[:1])


def _nobody(request: ReaderRequest, *, text: str = "") -> HttpResponse:
    """Whom to call. A text that was written meanwhile is shown, to be copied; it is stored nowhere."""
    contacts = [contact_entry(contact) for contact in MediaContact.objects.filter(active=True)]
    context = {"contacts": [each for each in contacts if each.phone or each.email], "text": text}
    return page_response(
        request, title=_("Media inquiry"), template="public/inquiry_closed.html", context=context, no_store=True,
        status=503 if text else 200, section=addresses.press_path(request.language),
    )  # fmt: skip


@sensitive_variables()
def _failed(request: ReaderRequest, data: QueryDict) -> HttpResponse:
    """The form with all that was typed, when we failed; without the database, the plain page of errors."""
    try:
        form = InquiryForm(data, site_language=request.language)
        form.add_error(None, _("Something failed on our side. Your text is still here: please send it again in a minute, or call."))
        return _page(request, form, status=500, patient=True)
    except Exception as error:
        log.error("the inquiry's form could not be shown again: %s", _place(error))
        return HttpResponse(
            render_to_string("500.html", {"text": data.get("message", "")}), status=500, headers={"Cache-Control": "no-store"}
        )


def _place(error: Exception) -> str:
    """What kind of failure, and where: nothing of what was sent."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


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
    response["Location"] = lite.also(request, addresses.inquiry_path(request.language) + "sent/")
    response["Cache-Control"] = "no-store"
    return response


def _body(request: ReaderRequest) -> QueryDict | None:
    """The posted fields, read in memory: no file is ever made of them. None when there is too much, or when it is no form."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES or request.content_type != FORM:
            _drop(request)
            return None
        return QueryDict(request.body, encoding="utf-8")
    except (SuspiciousOperation, BadRequest, ValueError, OSError):  # too many fields, no form, or the reader left
        return None


def _drop(request: ReaderRequest) -> None:
    """Reads a large body to nowhere: a browser whose post is cut off shows no answer, but a broken connection."""
    for _chunk in range(MAX_DROPPED_BYTES // MAX_BYTES):
        if not request.read(MAX_BYTES):
            return


def _from_here(request: ReaderRequest) -> bool:
    """Whether the browser says that our own page sent the form; one that says nothing is believed (Tor, old ones)."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = {urlsplit(settings.SITE_URL).netloc, urlsplit(settings.ONION_URL).netloc, request.get_host()} - {""}
    return _split(origin).netloc in own


def _split(address: str) -> SplitResult:
    """The parts of an address that somebody sent; none when it is no address (http://[)."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
