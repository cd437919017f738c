"""Reports at the desk: the list, the form with its panel, and buttons that each call one act."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from js_asset import Media  # type: ignore[attr-defined]  # the package re-exports it without saying so

from articles.admin.base import SearchedAdmin
from articles.admin.paginators import WithoutCount
from articles.admin.panel import ActForm, panel
from articles.admin.preview import preview_response
from articles.admin.report_forms import ReportParts
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.people.roles import EDITOR, REPORTER, holds
from articles.reports.models import Report
from articles.workflow import actions
from articles.workflow.permissions import can, can_create, can_view, reads_reports, visible_to
from articles.workflow.refusals import Conflict, Forbidden, Refused
from articles.workflow.transitions import TRANSITIONS


@admin.register(Report, site=desk)
class ReportAdmin(SearchedAdmin):
    list_display = ("headline_or_none", "edit_state", "public_state", "kind", "language", "assigned_to", "saved_at")
    list_filter = ("edit_state", "public_state", "kind", "language")
    list_select_related = ("assigned_to",)
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("headline",)
    search_help_text = gettext_lazy("Words of the headline")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = WithoutCount
    ordering = ("-saved_at", "-id")
    sortable_by = ()
    actions = None
    change_form_template = "admin/articles/report/change_form.html"

    @admin.display(description=gettext_lazy("Headline"))
    def headline_or_none(self, report: Report) -> str:
        return str(report)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return visible_to(who(request)).defer("body", "internal_note")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reads_reports(who(request))

    def has_view_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return self.has_module_permission(request) if obj is None else can_view(who(request), obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_create(who(request))

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return can_create(who(request)) if obj is None else can(who(request), "save", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/act/<slug:verb>/", view(require_POST(self.act_view)), name="articles_report_act"),
            path("<int:pk>/preview/", view(self.preview_view), name="articles_report_preview"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new report: its language is chosen here and stays."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        language = request.POST.get("language") or request.GET.get("language") or ""
        parts = ReportParts(request.POST or None, Report(language=language))
        if request.method == "POST" and parts.is_valid():
            try:
                report = actions.create(by=who(request), language=language, **parts.changes())
            except Refused as refusal:
                parts.refuse(refusal.reasons)
                return self._form_page(request, None, parts, status=_status(refusal))
            return self._after_save(request, report)
        return self._form_page(request, None, parts, status=400 if parts.form.is_bound else 200)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The report's form; a POST saves the working copy and nothing else."""
        report = self._report(request, object_id)
        if request.method != "POST":
            return self._form_page(request, report, ReportParts(None, report))
        parts = ReportParts(request.POST, report)
        if not parts.is_valid():
            return self._form_page(request, report, parts, status=400)
        try:
            report = actions.save(report, by=who(request), version=parts.form.cleaned_data["lock_version"], **parts.changes())
        except Refused as refusal:
            fresh = Report.objects.get(pk=report.pk)
            conflict = isinstance(refusal, Conflict)
            parts.refuse(refusal.reasons)
            if conflict:  # the next save, made knowingly, goes over the other text
                parts.form.data = data = request.POST.copy()
                data["lock_version"] = str(fresh.lock_version)
            return self._form_page(request, fresh, parts, status=_status(refusal), theirs=fresh if conflict else None)
        return self._after_save(request, report)

    def _after_save(self, request: HttpRequest, report: Report) -> HttpResponse:
        if "_submit" in request.POST:
            try:
                actions.submit(report, by=who(request), version=report.lock_version)
            except Refused as refusal:
                parts = ReportParts(None, report)
                for reason in refusal.reasons:
                    messages.error(request, str(reason))
                return self._form_page(request, report, parts, status=_status(refusal))
            messages.success(request, _("Saved and submitted: another editor can review it now."))
        else:
            messages.success(request, _("Saved. Nothing public has changed."))
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))

    def act_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One button of the panel. What is typed in the report's form comes along and is never lost: unsaved changes stop the act."""
        report = self._report(request, str(pk))
        form = ActForm(request.POST, verb=verb)
        if not form.known:
            raise Http404
        parts = ReportParts(request.POST, report) if "headline" in request.POST else None
        if parts and can(who(request), "save", report) and parts.has_changed():
            parts.is_valid()
            form.add_error(None, _("The form has changes that are not saved: save them first, then repeat this step."))
            return self._form_page(request, report, parts, act=form, status=409)
        if not form.is_valid():
            return self._form_page(request, report, ReportParts(None, report), act=form, status=400)
        try:
            form.act(report, by=who(request))
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
            fresh = Report.objects.get(pk=report.pk)
            return self._form_page(request, fresh, ReportParts(None, fresh), act=form, status=_status(refusal))
        messages.success(request, form.done)
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page of the working copy, drawn from an unsaved edition; staff only, never cached."""
        return preview_response(self._report(request, str(pk)))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything that was done with the report, from the audit, newest first."""
        report = self._report(request, object_id)
        events = list(AuditEvent.objects.filter(target=report.audit_code).order_by("-seq")[:500])
        people = {
            person.audit_code: str(person) for person in User.objects.filter(code__in={event.by.removeprefix("user:") for event in events})
        }
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of “%(report)s”") % {"report": report},
            "report": report,
            "opts": self.opts,
            "rows": [{"event": event, "who": people.get(event.by, event.by), "what": verb_label(event.verb)} for event in events],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/report/history.html", context)

    def _report(self, request: HttpRequest, object_id: str) -> Report:
        report = Report.objects.filter(pk=object_id).first() if object_id.isdecimal() and len(object_id) < 19 else None
        if report is None:
            raise Http404
        if not can_view(who(request), report):
            raise PermissionDenied
        return report

    def _form_page(
        self,
        request: HttpRequest,
        report: Report | None,
        parts: ReportParts,
        *,
        act: ActForm | None = None,
        theirs: Report | None = None,
        status: int = 200,
    ) -> HttpResponse:
        may_save = self.has_add_permission(request) if report is None else can(who(request), "save", report)
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # set by django-csp; false until it is read as a text
        context = {
            **self.admin_site.each_context(request),
            "title": str(report) if report else _("New report"),
            "opts": self.opts,
            "report": report,
            "original": report,
            "parts": parts,
            "may_save": may_save,
            "panel": panel(report, by=who(request), act=act) if report else None,
            "theirs": theirs,
            "languages": _languages_for(who(request)),
            "media": Media.from_media(self.media + parts.media, nonce=nonce) if may_save else self.media,
            "is_popup": False,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.change_form_template, context, status=status)


def verb_label(verb: str) -> str:
    """What a button says that does this; other verbs speak for themselves."""
    return str(TRANSITIONS[verb].label) if verb in TRANSITIONS else verb.replace("_", " ").capitalize()


def _languages_for(person: Any) -> list[tuple[str, str]]:
    if holds(person, REPORTER, EDITOR):
        return [(code, str(name)) for code, name in settings.LANGUAGES]
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in person.languages]


def _status(refusal: Refused) -> int:
    if isinstance(refusal, Conflict):
        return 409
    return 403 if isinstance(refusal, Forbidden) else 400
