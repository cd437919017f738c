"""What the desk's smaller screens share: rights from roles, one act to save, nothing deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.acts import MOST_ROWS, acts_on
from articles.admin.paginators import WithoutCount
from articles.admin.requests import who
from articles.audit.chain import record
from articles.errands.queue import enqueue
from articles.people.models import User
from articles.safety.gate import scan_text
from articles.stamp.number import count_up
from articles.text.sanitise import without_controls
from articles.workflow.refusals import Forbidden


class DeskAdmin(admin.ModelAdmin):
    """What every list of the desk shares: named by what it holds, never counted, filtered only by its filters, searched by any text."""

    actions = None
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_max_show_all = 0
    paginator = WithoutCount
    view_on_site = False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, "subtitle": None, **(extra_context or {})})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A dozen words are looked for; each one is a condition, and SQLite bears a thousand."""
        return super().get_search_results(request, queryset, " ".join(search_term[:200].split()[:12]))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        fields = {each for each in self.list_filter if isinstance(each, str)}
        own = {each.parameter_name for each in self.list_filter if isinstance(each, type) and issubclass(each, admin.SimpleListFilter)}
        return lookup in own | fields | {f"{each}__exact" for each in fields}

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What was done with the row, from the audit; Django's own log is not written."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of “%(name)s”") % {"name": row},
            "object": row,
            "opts": self.opts,
            "rows": acts_on(row.audit_code) if hasattr(row, "audit_code") else [],
            "most": MOST_ROWS,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # no entry is made
        """The audit is the only record."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # as above
        """As above."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]  # as above
        """As above."""


class RoleAdmin(DeskAdmin):
    """A screen whose rights come from a `check_…` of the workflow, not from Django's permissions."""

    may: ClassVar[staticmethod[[User], None]]
    may_view: ClassVar[staticmethod[[User], None] | None] = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._passes(request, self.may_view or self.may)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._passes(request, self.may)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._passes(request, self.may)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _check(self, request: HttpRequest) -> None:
        """Raises PermissionDenied for who may not change what the screen shows: for its pages that Django does not make."""
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page of the desk from the template `admin/NAME.html`."""
        request.current_app = self.admin_site.name
        whole = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, f"admin/{name}.html", whole, status=status)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": ChoicesField, **kwargs})

    @staticmethod
    def _passes(request: HttpRequest, check: Callable[[User], None]) -> bool:
        try:
            check(who(request))
        except Forbidden:
            return False
        return True


class ChoicesField(forms.ModelMultipleChoiceField):
    """Several rows by their key; a number that no key can be is no choice (SQLite raises on more than 64 bits)."""

    def _check_values(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else ():
            if not (str(each).isascii() and str(each).isdecimal() and len(str(each)) < 19):
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(each)[:40]})
        return super()._check_values(value)  # type: ignore[misc]  # not in the stubs


class GatedForm(forms.ModelForm):
    """A form of short public facts: no character that no page may hold, and each text passes the source gate."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):  # an error takes its field out of them
            if isinstance(value, str) and name in self.fields:
                cleaned[name] = value = without_controls(value).strip()
                for finding in scan_text(name, value):
                    if finding.blocks:
                        self.add_error(name, ValidationError(str(finding.sentence)))
        return cleaned


class PublicFactAdmin(RoleAdmin):
    """Names that readers see: a save is audited, counted, and what shows the name is drawn again."""

    form = GatedForm
    redraws = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            record(by=who(request), verb="change_public_fact" if change else "add_public_fact", target=obj)
            count_up()
            if change and self.redraws:
                enqueue("redraw", key=f"redraw {self.redraws} {obj.pk}", payload={"by": self.redraws, "id": obj.pk})
