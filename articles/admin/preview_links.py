"""Preview links: made and revoked at the desk; opened by people without an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles.admin.preview import preview_response
from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.reports.models import PublicState, Report
from articles.reports.preview_links import MOST_OPENS, PreviewLink
from articles.workflow import previews
from articles.workflow.permissions import can
from articles.workflow.refusals import Forbidden, Refused

MOST_ROWS = 50
LASTS = {
    1: gettext_lazy("1 hour"),
    8: gettext_lazy("8 hours"),
    24: gettext_lazy("1 day"),
    48: gettext_lazy("2 days"),
    168: gettext_lazy("7 days"),
    336: gettext_lazy("14 days"),
}


class LinkForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("Seen at the desk only. Write a role, such as “lawyer”, where a name could endanger somebody."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("Open for"), coerce=int, choices=list(LASTS.items()), initial=48)
    use_required_attribute = False


@dataclass(frozen=True)
class Row:
    link: PreviewLink
    is_open: bool
    stands: str


def links_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of a report, and a form that makes one. Its address is on the answer to the form, once."""
    report = report_or_404(request, pk)
    if request.method != "POST":
        return _links_page(request, report, LinkForm())
    form = LinkForm(request.POST)
    if not can(who(request), "save", report):
        return _links_page(request, report, LinkForm(), status=403, said=[_("Writers and editors of the report make its links.")])
    if not form.is_valid():
        return _links_page(request, report, form, status=400)
    try:
        link, token = previews.make(report, by=who(request), **form.cleaned_data)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return _links_page(request, report, form, status=403 if isinstance(refusal, Forbidden) else 400)
    address = settings.SITE_URL.rstrip("/") + reverse("desk_preview", args=[f"{token}/"])
    response = _links_page(request, report, LinkForm(), made=link, address=address)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def revoke_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ends one link of the report."""
    report = report_or_404(request, pk)
    link = PreviewLink.objects.filter(report=report, pk=number).first()
    if link is None:
        raise Http404
    try:
        previews.revoke(link, by=who(request))
    except Forbidden as refusal:
        return _links_page(request, report, LinkForm(), status=403, said=[str(refusal)])
    messages.success(request, _("Revoked: the link leads nowhere any more."))
    return HttpResponseRedirect(reverse("admin:articles_report_links", args=[report.pk]))


@require_safe
def shared_view(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the revision that the link is bound to; the site's page for what is not there for everything else."""
    link = previews.find(token[:-1]) if token.endswith("/") else None
    if link is None:
        raise Http404
    report = link.report
    with translation.override(report.language):
        strip = render_to_string("admin/preview_strip.html", {"until": link.until, "language": report.language})
        try:
            response = preview_response(
                report,
                link.revision.content["public"],
                hash_=link.revision.content_hash,
                head_html=render_to_string("admin/preview_head.html"),
                above_html=strip,
            )
        except Refused:
            raise Http404 from None
    if request.method == "GET" and not previews.count_opening(link):
        raise Http404
    return response


def _links_page(
    request: HttpRequest, report: Report, form: LinkForm, *, status: int = 200, said: tuple[str, ...] | list[str] = (), **made: Any
) -> HttpResponse:
    title = _("Preview links of “%(report)s”") % {"report": report}
    taken_down = report.public_state == PublicState.TAKEN_DOWN
    open_now = set(report.preview_links.open_at(timezone.now()).values_list("pk", flat=True)) if not taken_down else set()
    links = report.preview_links.select_related("made_by", "revision").defer("revision__content")[:MOST_ROWS]
    facts = {
        "form": form,
        "said": said,
        "rows": [Row(link, link.pk in open_now, _stands(link, is_open=link.pk in open_now)) for link in links],
        "may_make": can(who(request), "save", report) and not taken_down,
        "may_revoke": previews.can_revoke(who(request), report),
    }
    return page(request, "links", report, status=status, title=title, **facts, **made)


def _stands(link: PreviewLink, *, is_open: bool) -> str:
    if is_open:
        return _("Open")
    if link.revoked_at:
        return _("Revoked")
    if link.opens >= MOST_OPENS:
        return _("Ended: opened too often")
    return _("Expired") if link.until <= timezone.now() else _("Ended by a takedown")
