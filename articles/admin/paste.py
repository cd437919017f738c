"""Paste a report: a text is recognised, shown with what is unsure, and only then becomes a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles.admin.requests import who
from articles.admin.site import desk
from articles.contacts.models import MediaContact
from articles.reports.paste import MAX_BYTES, NotText, Recognised
from articles.taxonomy.models import Region
from articles.workflow.actions import create
from articles.workflow.pasting import draft_fields, recognise_here
from articles.workflow.permissions import check_can_create
from articles.workflow.refusals import Forbidden, Refused


class TextForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The text"), max_length=MAX_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto", "aria-describedby": "text-hint"}),
    )  # fmt: skip


class DraftForm(forms.Form):
    """What was recognised, to be looked at and changed before it is saved."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=[("", "–"), *settings.LANGUAGES])
    headline = forms.CharField(
        label=gettext_lazy("Headline"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    dateline_on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    dateline_place = forms.CharField(
        label=gettext_lazy("Place"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    region = forms.ModelChoiceField(Region.objects.all(), label=gettext_lazy("Region"), required=False)
    dateline_source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    contact = forms.ModelChoiceField(MediaContact.objects.filter(active=True), label=gettext_lazy("Media contact"), required=False)
    body = forms.CharField(
        label=gettext_lazy("Body, as HTML"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"})
    )


@never_cache
def paste(request: HttpRequest) -> HttpResponse:
    """First the text, then what was recognised of it, then the draft. Nothing is stored before the last step."""
    try:
        check_can_create(who(request))
    except Forbidden as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if request.method != "POST":
        return _page(request, TextForm())
    if "body" in request.POST:
        return _save(request)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        found = recognise_here(form.cleaned_data["text"])
    except NotText as error:
        form.add_error("text", str(error))
        return _page(request, form, status=400)
    return _page(request, DraftForm(initial=_initial(found)), found=found)


def _save(request: HttpRequest) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    fields = dict(form.cleaned_data)
    language, region = fields.pop("language"), fields.pop("region")
    try:
        report = create(by=who(request), language=language, dateline_region=region, regions=[region] if region else [], **fields)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return _page(request, form, status=400)
    messages.success(request, _("A draft was made of the text. Nothing is public."))
    return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))


def _initial(found: Recognised) -> dict[str, Any]:
    fields = draft_fields(found)
    return {**fields, "language": found.language, "region": fields["dateline_region"], "body": found.body.replace("</p><p>", "</p>\n<p>")}


def _page(request: HttpRequest, form: forms.Form, *, found: Recognised | None = None, status: int = 200) -> HttpResponse:
    names = {
        "region": "region",
        "dateline_on": "dateline_on",
        "headline": "headline",
        "language": "language",
        "contact": "contact",
        "body": "body",
    }
    rows = [{"field": field, "unsure": found.unsure.get(names.get(field.name, "")) if found else None} for field in form]
    context = {
        **desk.each_context(request),
        "title": _("Paste a report"),
        "form": form,
        "rows": rows,
        "found": found,
        "is_draft": isinstance(form, DraftForm),
    }
    request.current_app = desk.name
    return TemplateResponse(request, "admin/paste.html", context, status=status)
