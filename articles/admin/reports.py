"""Reports at the desk: the list, the form with its panel, and buttons that each call one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from js_asset import Media  # type: ignore[attr-defined]  # the package re-exports it without saying so

from articles.admin.acts import MOST_ROWS
from articles.admin.again import asks_again
from articles.admin.base import DeskAdmin
from articles.admin.beside import in_languages
from articles.admin.conflicts import conflict_page, merged
from articles.admin.drafts import AUTOSAVE_AFTER_MS, is_saved, offer, page_key, waiting
from articles.admin.history import facts_of, history_of
from articles.admin.moves import GRAVE, ActForm, typed_in
from articles.admin.panel import panel, stands_at
from articles.admin.report_forms import ReportParts
from articles.admin.report_list import Differs, Language, ReportList, Whose
from articles.admin.report_pages import page, report_or_404
from articles.admin.report_urls import report_urls
from articles.admin.requests import who
from articles.admin.saved_filters import beside_the_list
from articles.admin.site import desk
from articles.admin.together import acts_for
from articles.people.roles import EDITOR, REPORTER, holds
from articles.reports.models import EditState, PublicState, Report
from articles.text.moments import moment
from articles.text.sanitise import sanitise
from articles.workflow import actions, guards, presence
from articles.workflow.permissions import can, can_create, can_view, check_can, reads_reports, visible_to
from articles.workflow.refusals import Conflict, Forbidden, Refused

SAVED = gettext_lazy("Saved. Nothing public has changed.")


@admin.register(Report, site=desk)
class ReportAdmin(DeskAdmin):
    list_display = ("headline_shown", "stands", "kind_and_language", "assigned", "saved")
    list_display_links = None
    list_filter = (Whose, "edit_state", "public_state", Differs, "kind", Language)
    list_select_related = ("assigned_to",)
    list_per_page = 50
    search_fields = ("headline",)
    search_help_text = gettext_lazy(
        "Words of a report’s texts and tags; the last may be only the beginning of one in the headline. Or its public address."
    )
    ordering = ("-saved_at", "-id")
    sortable_by = ()
    change_form_template = "admin/articles/report/change_form.html"

    def get_list_display(self, request: HttpRequest) -> Any:
        return ("chosen", *self.list_display) if can_create(who(request)) else self.list_display

    @admin.display(description=gettext_lazy("Choose"))
    def chosen(self, report: Report) -> SafeString:
        """For a step that several reports take together; with the version that the list shows."""
        label = _("Choose “%(report)s”") % {"report": report}
        return format_html(
            '<input type="checkbox" form="together" name="report" value="{}.{}" aria-label="{}">', report.pk, report.lock_version, label
        )

    @admin.display(description=gettext_lazy("Headline"))
    def headline_shown(self, report: Report) -> SafeString:
        """With its language and direction, which the desk's own need not be."""
        address = reverse("admin:articles_report_change", args=[report.pk])
        return format_html('<a href="{}" lang="{}" dir="auto">{}</a>', address, report.language if report.headline else "", report)

    @admin.display(description=gettext_lazy("Stands at"))
    def stands(self, report: Report) -> SafeString:
        if getattr(report, "takedown_overdue", False):
            return format_html('<b class="late">{}</b>', _("Taken down, and nobody else has looked at it"))
        return format_html("{}{}", stands_at(report), render_to_string("admin/_review_facts.html", {"report": report}))

    @admin.display(description=gettext_lazy("Kind, language"))
    def kind_and_language(self, report: Report) -> str:
        return f"{report.get_kind_display()}, {report.language}"

    @admin.display(description=gettext_lazy("Saved"))
    def saved(self, report: Report) -> str:
        return moment(report.saved_at, "short")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ReportList]:
        return ReportList

    @admin.display(description=gettext_lazy("Assigned, due"))
    def assigned(self, report: Report) -> SafeString:
        return render_to_string("admin/_assignment.html", {"report": report})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset, False  # the list asks the desk's index itself

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return visible_to(who(request)).defer("body", "internal_note")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**beside_the_list(request), "acts": acts_for(request), **(extra_context or {})})

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
            *report_urls(view),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new report: its language is chosen here and stays."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        language = request.POST.get("language") or request.GET.get("language") or ""
        offered = dict(_languages_for(who(request)))
        blank = Report(language=language if language in offered else "")
        if request.method != "POST":
            return self._form_page(request, None, ReportParts(None, blank, by=who(request)))
        if "_more" in request.POST or "_continue" in request.POST:
            return self._with_a_row(request, None, blank)
        parts = ReportParts(request.POST, blank, by=who(request))
        valid = parts.is_valid()
        if language not in offered:
            parts.form.add_error(None, _("Choose one of the languages that you write in."))
            valid = False
        if not valid:
            return self._form_page(request, None, parts, status=400)
        try:
            report = actions.create(by=who(request), language=language, **parts.changes())
        except Refused as refusal:
            parts.refuse(refusal.reasons)
            return self._form_page(request, None, parts, status=_status(refusal))
        return self._after_save(request, report)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The report's form; a POST saves the working copy and nothing else."""
        report = report_or_404(request, object_id)
        if request.method != "POST":
            return self._form_page(request, report, ReportParts(None, report, by=who(request)))
        try:
            check_can(who(request), "save", report)
        except Forbidden as refusal:
            return self._form_page(request, report, ReportParts(None, report, by=who(request)), status=403, said=[str(refusal)])
        if "_continue" in request.POST:
            return self._continued(request, report)
        if "_more" in request.POST:
            return self._with_a_row(request, report, report)
        if "_merged" in request.POST:
            put_together = merged(request, report)
            if put_together is None:
                return conflict_page(request, report, notice=before_saving)
            wants_form = request.POST["_merged"] == "form"
            request.POST = put_together  # type: ignore[assignment]  # as if it had been typed
            if wants_form:
                messages.info(request, _("This is put together of both texts. Nothing of it is saved yet."))
                return self._form_page(request, report, ReportParts(request.POST, report, by=who(request)))
        parts = ReportParts(request.POST, report, by=who(request))
        if not parts.is_valid():
            return self._form_page(request, report, parts, status=400)
        try:
            report = actions.save(
                report, by=who(request), version=parts.form.cleaned_data["lock_version"] or 0, page=page_key(request), **parts.changes()
            )
        except Conflict:
            if is_saved(request, report):  # a second click: nothing is left to save
                messages.success(request, SAVED, extra_tags=_page_saved(request))
                return self._done(request, report)
            return conflict_page(request, report, notice=before_saving)
        except Refused as refusal:
            fresh = Report.objects.get(pk=report.pk)
            parts.refuse(refusal.reasons)
            return self._form_page(request, fresh, parts, status=_status(refusal))
        return self._after_save(request, report)

    def _continued(self, request: HttpRequest, report: Report) -> HttpResponse:
        """The form with what was kept and not saved; beside what is saved now when that has changed since."""
        if request.POST["_continue"] != "here":
            request.POST = waiting(request, report)  # type: ignore[assignment]  # the draft stands for what a page would have sent
        if request.POST.get("lock_version") != str(report.lock_version):
            return conflict_page(request, report, notice=before_saving)
        messages.info(request, _("This is your draft. Nothing of it is saved yet."))
        return self._form_page(request, report, ReportParts(request.POST, report, by=who(request)))

    def _with_a_row(self, request: HttpRequest, report: Report | None, instance: Report) -> HttpResponse:
        """The same form with one more row; nothing is saved."""
        if "_more" in request.POST:
            messages.info(request, _("One more row stands below. Nothing is saved yet."))
        more = request.POST.get("_more", "")
        return self._form_page(request, report, ReportParts(request.POST, instance, by=who(request), more=more))

    def _after_save(self, request: HttpRequest, report: Report) -> HttpResponse:
        page_saved = _page_saved(request)
        if "_submit" in request.POST:
            try:
                actions.submit(report, by=who(request), version=report.lock_version)
            except Refused as refusal:
                reasons = " ".join(str(reason) for reason in refusal.reasons)
                messages.error(request, _("Saved, but not submitted. %(reasons)s") % {"reasons": reasons}, extra_tags=page_saved)
            else:
                messages.success(request, _("Saved and submitted: another editor can review it now."), extra_tags=page_saved)
        else:
            messages.success(request, SAVED, extra_tags=page_saved)
        return self._done(request, report)

    @asks_again(lambda request, verb, **_rest: verb in GRAVE)
    def act_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One button of the panel. What is typed in the report's form comes along and is never lost: unsaved changes stop the act."""
        report = report_or_404(request, pk)
        form = ActForm(request.POST, verb=verb, report=report)
        if not form.known:
            raise Http404
        try:
            check_can(who(request), verb, report)
        except Forbidden as refusal:
            return self._not_done(request, report, form, refusal)
        if "headline" in request.POST and can(who(request), "save", report):
            parts = ReportParts(request.POST, report, by=who(request))
            parts.is_valid()
            if parts.has_changed():
                form.is_valid()
                if request.POST.get("lock_version") != str(report.lock_version):
                    return conflict_page(request, report, notice=before_saving, step=form)
                form.add_error(None, _("The form has changes that are not saved: save them first, then repeat this step."))
                return self._form_page(request, report, parts, act=form, status=409)
        if not form.is_valid():
            return self._form_page(request, report, ReportParts(None, report, by=who(request)), act=form, status=400)
        try:
            form.act(report, by=who(request))
        except Refused as refusal:
            return self._not_done(request, report, form, refusal)
        messages.success(request, form.done)
        return self._done(request, report, besides=verb)

    def _not_done(self, request: HttpRequest, report: Report, form: ActForm, refusal: Refused) -> HttpResponse:
        form.refuse(refusal.reasons)
        fresh = Report.objects.get(pk=report.pk)
        return self._form_page(request, fresh, ReportParts(None, fresh, by=who(request)), act=form, status=_status(refusal))

    def _done(self, request: HttpRequest, report: Report, *, besides: str = "") -> HttpResponse:
        """Back to the report; when a comment or a reason was typed and not sent, on the same page, so that it is not lost."""
        if typed_in(request.POST, besides=besides):
            messages.warning(request, _("What you typed beside the text is still there, and not sent."))
            fresh = Report.objects.get(pk=report.pk)
            return self._form_page(request, fresh, ReportParts(None, fresh, by=who(request)))
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[report.pk]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Everything that was done with the report, from the audit, newest first."""
        report = report_or_404(request, object_id)
        title = _("History of “%(report)s”") % {"report": report}
        return page(request, "history", report, title=title, rows=history_of(report), most=MOST_ROWS)

    def _form_page(
        self,
        request: HttpRequest,
        report: Report | None,
        parts: ReportParts,
        *,
        act: ActForm | None = None,
        said: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        person = who(request)
        may_save = self.has_add_permission(request) if report is None else can(person, "save", report)
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # set by django-csp; false until it is read as a text
        key = page_key(request)
        if report and request.method == "GET":
            presence.open_page(report, by=person, page=key)
        context = {
            **self.admin_site.each_context(request),
            "title": str(report) if report else _("New report"),
            "opts": self.opts,
            "report": report,
            "original": report,
            "parts": parts,
            "page_key": key,
            "writers": presence.writers(report, by=person) if report else [],
            "beat_seconds": presence.BEAT_SECONDS,
            "autosave_ms": AUTOSAVE_AFTER_MS,
            "offer": offer(report, by=person) if report and not parts.form.is_bound else None,
            "problems": parts.problems(),
            "said": said,
            "may_save": may_save,
            "save_reasons": guards.reasons_against(report, "save", by=person) if report and may_save else [],
            "notice": before_saving(report) if report and may_save else "",
            "panel": panel(report, by=person, form=parts.form if may_save else None, act=act, typed=request.POST) if report else None,
            "more": request.POST.get("_more", ""),
            **in_languages(report, parts, by=person, writes=may_save),
            "languages": _languages_for(person),
            "media": Media.from_media(self.media + parts.media, nonce=nonce) if may_save else self.media,
            "is_popup": False,
            "body_html": "" if may_save or report is None else sanitise(report.body),
            "facts": [] if may_save or report is None else facts_of(report),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.change_form_template, context, status=status)


def _page_saved(request: HttpRequest) -> str:
    """A tag of the message that something was saved: which page it was. The window then lets go of its own copy (static/js/autosave.js)."""
    return f"page-{page_key(request)}"


def before_saving(report: Report) -> str:
    """What a save will do to an approval and to what is public, said before it is done."""
    if report.public_state == PublicState.SCHEDULED:
        return ""
    if report.edit_state == EditState.APPROVED and report.public_state == PublicState.LIVE:
        return _("Readers keep the text that is live until a change is approved and published. A saved change ends the approval.")
    if report.edit_state == EditState.APPROVED:
        return _("This text is approved. Saving a change that readers would see ends the approval: it must be reviewed again.")
    if report.edit_state == EditState.IN_REVIEW:
        return _("This text is in review. Who saves a change to it has written it too, and cannot approve it.")
    if report.public_state == PublicState.LIVE:
        return _("Readers keep the text that is live until this one is approved and published.")
    return ""


def _languages_for(person: Any) -> list[tuple[str, str]]:
    if holds(person, REPORTER, EDITOR):
        return [(code, str(name)) for code, name in settings.LANGUAGES]
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in person.languages]


def _status(refusal: Refused) -> int:
    if isinstance(refusal, Conflict):
        return 409
    return 403 if isinstance(refusal, Forbidden) else 400
