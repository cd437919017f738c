"""One step for several reports of the list: a page that says what will happen to each, then one that says what became of each."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from articles.admin.moments import MomentField, ZoneField, times_of
from articles.admin.names import OneLine, TagsField, all_tag_names
from articles.admin.panel import stands_at
from articles.admin.requests import who
from articles.admin.site import desk
from articles.people.models import User
from articles.reports.models import EditState, Report
from articles.workflow import guards, together
from articles.workflow.permissions import can_create, visible_to
from articles.workflow.refusals import Refused

CHOSEN = re.compile(r"\A([0-9]{1,18})\.([0-9]{1,9})\Z", re.ASCII)


class TogetherForm(forms.Form):
    """What one act asks for."""

    zone = ZoneField()
    person = forms.ModelChoiceField(
        label=gettext_lazy("Assigned to"), queryset=User.objects.none(), required=False, empty_label=gettext_lazy("Nobody")
    )
    due_at = MomentField(label=gettext_lazy("Due at"), required=False, help_text=gettext_lazy("Blank: no date."))
    tag = TagsField(label=gettext_lazy("Tag"), widget=OneLine(attrs={"list": "tag-names", "dir": "auto", "autocomplete": "off"}))
    use_required_attribute = False

    def __init__(self, data: Any = None, *, verb: str) -> None:
        super().__init__(data)
        needs = together.ACTS[verb].needs
        self.fields = {name: field for name, field in self.fields.items() if name == needs or (name == "zone" and needs == "due_at")}
        if needs == "person":
            working = User.objects.filter(is_active=True, is_staff=True, is_machine=False).order_by("username")
            cast(forms.ModelChoiceField, self.fields["person"]).queryset = working
        times_of(self, zone=self.data.get("zone", ""))

    def clean_tag(self) -> Any:
        tags = self.cleaned_data["tag"]
        if len(tags) != 1:
            raise forms.ValidationError(_("Name one tag."))
        return tags[0]

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "zone"}


def acts_for(request: HttpRequest) -> list[tuple[str, Any]]:
    """The acts that the list offers to the person."""
    return [(verb, act.label) for verb, act in together.ACTS.items()] if can_create(who(request)) else []


@never_cache
def several(request: HttpRequest) -> HttpResponse:
    """GET: what the step is and what it will do to each. POST: does it to each by itself, and says of each what became of it."""
    person = who(request)
    if not can_create(person):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    verb, seen = asked.get("verb", ""), _chosen(asked)
    if verb not in together.ACTS:
        return _before(request, "", seen, None, said=[_("Choose what to do with the reports.")], status=400)
    if not seen:
        return _before(request, verb, seen, None, said=[_("Choose the reports first.")], status=400)
    if len(seen) > together.MOST:
        return _before(request, verb, {}, None, said=[_("Choose at most 50 reports at a time.")], status=400)
    if request.method != "POST":
        return _before(request, verb, seen, TogetherForm(verb=verb))
    form = TogetherForm(request.POST, verb=verb)
    if not form.is_valid():
        return _before(request, verb, seen, form, status=400)
    try:
        outcomes = together.do_each(verb, list(seen.items()), by=person, given=form.given())
    except Refused as refusal:
        return _before(request, verb, seen, form, said=[str(each) for each in refusal.reasons], status=400)
    if not outcomes:
        return HttpResponseRedirect(reverse("admin:articles_report_changelist"))
    done = [each for each in outcomes if each.done]
    title = _("%(act)s: done for %(done)d of %(all)d") % {"act": together.ACTS[verb].label, "done": len(done), "all": len(outcomes)}
    return _page(request, "together_done", title, outcomes=outcomes)


def _before(
    request: HttpRequest, verb: str, seen: dict[int, int], form: TogetherForm | None, *, said: Any = (), status: int = 200
) -> HttpResponse:
    reports = visible_to(who(request)).filter(pk__in=list(seen)).defer("body", "internal_note").order_by("-saved_at", "-id")
    act = "submit" if verb == "submit" else "save"
    rows = [
        {
            "report": report,
            "chosen": f"{report.pk}.{seen[report.pk]}",
            "stands": stands_at(report),
            "reasons": guards.reasons_against(report, act, by=who(request)),
            "falls": verb.endswith("_tag") and report.edit_state == EditState.APPROVED,
        }
        for report in reports
    ]
    title = str(together.ACTS[verb].label) if verb else _("Several reports")
    return _page(
        request, "together", title, status=status, verb=verb, rows=rows, form=form, said=list(said),
        tag_names=all_tag_names() if form and "tag" in form.fields else [],
    )  # fmt: skip


def _page(request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    request.current_app = desk.name
    shared = {**desk.each_context(request), "title": title, "opts": Report._meta}
    return TemplateResponse(request, f"admin/{name}.html", {**shared, **context}, status=status)


def _chosen(asked: QueryDict) -> dict[int, int]:
    """Key and version of each report that was chosen; anything else is not asked for."""
    found = [CHOSEN.match(each) for each in asked.getlist("report")[: together.MOST + 1]]
    return {int(each[1]): int(each[2]) for each in found if each}
