"""Saved filters: above the list of reports, and a page on which they are renamed, shared and deleted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.requests import who
from articles.admin.site import desk
from articles.reports.models import Report
from articles.workflow import saved_filters
from articles.workflow.permissions import reads_reports
from articles.workflow.refusals import Forbidden, Refused

LONGEST_VALUE = 200
SEARCH = "q"


class FilterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the filter"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    shared = forms.BooleanField(label=gettext_lazy("For the whole desk"), required=False)
    use_required_attribute = False


def asked_for(given: QueryDict, request: HttpRequest) -> str:
    """What the list is narrowed to, in one spelling: its filters and its search, without the place of a page."""
    model_admin = desk.get_model_admin(Report)
    kept = {
        name: str(value).strip()[:LONGEST_VALUE]
        for name, value in given.items()
        if str(value).strip() and (name == SEARCH or model_admin.lookup_allowed(name, str(value), request))
    }
    return urlencode(sorted(kept.items()))


def beside_the_list(request: HttpRequest) -> dict[str, Any]:
    """What the list shows above itself."""
    person, query = who(request), asked_for(request.GET, request)
    rows = list(saved_filters.offered_to(person))
    return {
        "saved": rows,
        "asked_for": query,
        "is_saved": any(row.query == query for row in rows),
        "may_share": saved_filters.can_share(person),
    }


@never_cache
def filters(request: HttpRequest) -> HttpResponse:
    """The filters that the person sees; a POST saves another one and leads back to the list it shows."""
    if not reads_reports(who(request)):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    form = FilterForm(request.POST)
    query = asked_for(QueryDict(request.POST.get("query", "")[:2000]), request)
    if not form.is_valid():
        return _page(request, said=[_("Give the filter a name of up to 60 characters.")], status=400, query=query)
    try:
        kept = saved_filters.keep(by=who(request), query=query, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, said=map(str, refusal.reasons), status=_status(refusal), query=query)
    messages.success(request, _("Saved: “%(name)s” stands above the list.") % {"name": kept})
    return HttpResponseRedirect(f"{reverse('admin:articles_report_changelist')}?{kept.query}")


@require_POST
def one_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames, shares or deletes one."""
    kept = saved_filters.offered_to(who(request)).filter(pk=pk).first() if pk < 2**63 else None
    if kept is None or not reads_reports(who(request)):
        raise Http404
    try:
        if "_delete" in request.POST:
            saved_filters.remove(kept, by=who(request))
            messages.success(request, _("Deleted. The reports are as they were."))
        else:
            form = FilterForm(request.POST)
            if not form.is_valid():
                return _page(request, said=[_("Give the filter a name of up to 60 characters.")], status=400)
            saved_filters.change(kept, by=who(request), **form.cleaned_data)
            messages.success(request, _("Changed."))
    except Refused as refusal:
        return _page(request, said=map(str, refusal.reasons), status=_status(refusal))
    return HttpResponseRedirect(reverse("desk_filters"))


def _page(request: HttpRequest, *, said: Any = (), status: int = 200, query: str = "") -> HttpResponse:
    person = who(request)
    rows = [(row, saved_filters.can_change(person, row)) for row in saved_filters.offered_to(person)]
    context = {
        **desk.each_context(request),
        "title": _("Saved filters"),
        "opts": Report._meta,
        "said": list(said),
        "own": [row for row, _may in rows if row.owner_id == person.pk],
        "others": [{"filter": row, "may_change": may} for row, may in rows if row.owner_id != person.pk],
        "may_share": saved_filters.can_share(person),
        "query": query,
        "typed": request.POST.get("name", "") if query else "",
    }
    request.current_app = desk.name
    return TemplateResponse(request, "admin/filters.html", context, status=status)


def _status(refusal: Refused) -> int:
    return 403 if isinstance(refusal, Forbidden) else 400
