"""Paste a report: a text is recognised, shown with what is unsure, and only then becomes a draft."""

from __future__ import annotations

import json
from typing import Any, cast

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
from articles.reports.paste import Recognised
from articles.taxonomy.models import Region
from articles.text.pasted import NotText, TooLarge
from articles.text.sanitise import sanitise
from articles.workflow.actions import create
from articles.workflow.pasting import draft_fields, recognise_here
from articles.workflow.permissions import check_can_create
from articles.workflow.refusals import Forbidden, Refused


class TextForm(forms.Form):
    text = forms.Field(  # as it was pasted: the text room says what is wrong with it
        label=gettext_lazy("The text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto", "aria-describedby": "text-hint id_text_error"}),
    )


class DraftForm(forms.Form):
    """What was recognised, to be looked at and changed before it is saved. `notes` carries what the page says beside its fields."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=[("", "–"), *settings.LANGUAGES])
    headline = forms.CharField(
        label=gettext_lazy("Headline"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    dateline_on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date", "list": "days"}, format="%Y-%m-%d")
    )
    dateline_place = forms.CharField(
        label=gettext_lazy("Place"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    region = forms.ModelChoiceField(Region.objects.order_by("name"), label=gettext_lazy("Region"), required=False)
    dateline_source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    contact = forms.ModelChoiceField(MediaContact.objects.filter(active=True), label=gettext_lazy("Media contact"), required=False)
    body = forms.CharField(
        label=gettext_lazy("Body, as HTML"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"})
    )
    notes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notes: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsure: dict[str, str] = notes["unsure"]
        self.initial["notes"] = json.dumps(notes)
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"id_{name}_why id_{name}_error" if name in self.unsure else f"id_{name}_error"
            if name in ("headline", "dateline_place", "dateline_source"):
                field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted, and say nothing
        field = cast(forms.ModelChoiceField, self.fields["region"])
        regions = [(region.pk, str(region)) for region in Region.objects.order_by("name")]
        if near := [choice for choice in regions if choice[0] in notes["regions"]]:
            field.choices = [("", "–"), (_("Named in the text"), near), (_("All regions"), regions)]


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
    form.full_clean()
    try:
        found = recognise_here(form.cleaned_data["text"] or "")
    except NotText as error:
        form.add_error("text", str(error))
        return _page(request, form, status=413 if isinstance(error, TooLarge) else 400)
    fields = draft_fields(found)
    notes = _notes(found)
    initial = {
        **fields,
        "language": found.language,
        "region": fields["dateline_region"],
        "body": found.body.replace("</p><p>", "</p>\n<p>"),
    }
    return _page(request, DraftForm(initial=initial, notes=notes), notes=notes, body=found.body)


def _save(request: HttpRequest) -> HttpResponse:
    notes = _posted_notes(request.POST.get("notes", ""))
    form = DraftForm(request.POST, notes=notes)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        language, region = fields.pop("language"), fields.pop("region")
        fields.pop("notes")
        try:
            report = create(by=who(request), language=language, dateline_region=region, regions=[region] if region else [], **fields)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        else:
            messages.success(request, _("A draft was made of the text. Nothing is public."))
            return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))
    return _page(request, form, notes=notes, body=request.POST["body"], status=400)


def _notes(found: Recognised) -> dict[str, Any]:
    """What the page says beside the fields, as the form carries it from step to step."""
    return {
        "line": found.line,
        "dropped": [line[:400] for line in found.dropped[:60]],
        "days": [on.isoformat() for on in found.date_candidates] if not found.dateline_on else [],
        "regions": [region.pk for region in found.regions],
        "unsure": found.unsure,
    }


def _posted_notes(text: str) -> dict[str, Any]:
    """The notes as they came back: they are only shown, so that what is no note is left out."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    given = given if isinstance(given, dict) else {}

    def words(name: str) -> list[str]:
        found = given.get(name)
        return [str(each)[:400] for each in found[:60]] if isinstance(found, list) else []

    unsure = given.get("unsure")
    return {
        "line": str(given.get("line", ""))[:400],
        "dropped": words("dropped"),
        "days": words("days"),
        "regions": [int(each) for each in words("regions") if each.isdecimal() and len(each) < 9],
        "unsure": {str(name): str(sentence)[:400] for name, sentence in unsure.items()} if isinstance(unsure, dict) else {},
    }


def _page(
    request: HttpRequest, form: TextForm | DraftForm, *, notes: dict[str, Any] | None = None, body: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **desk.each_context(request),
        "title": _("Paste a report"),
        "form": form,
        "rows": [(field, notes["unsure"].get(field.name, "") if notes else "") for field in form.visible_fields() if field.name != "body"],
        "notes": notes,
        "body_html": sanitise(body) if notes else "",
    }
    request.current_app = desk.name
    return TemplateResponse(request, "admin/paste.html", context, status=status)
