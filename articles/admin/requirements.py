"""What the checklist asks of each kind of report: one row for each kind and requirement, made by the seed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.safety.models import Requirement
from articles.workflow.permissions import check_can_read_requirements, check_can_set_requirements
from articles.workflow.vouching import set_requirement


class RequirementForm(forms.ModelForm):
    class Meta:
        model = Requirement
        fields = ("level", "max_characters")

    def clean_max_characters(self) -> int | None:
        limit: int | None = self.cleaned_data["max_characters"]
        if limit is None:
            raise ValidationError(_("Give a limit between 20 and 200 characters."))
        return limit


@admin.register(Requirement, site=desk)
class RequirementAdmin(RoleAdmin):
    form = RequirementForm
    may = staticmethod(check_can_set_requirements)
    may_view = staticmethod(check_can_read_requirements)
    list_display = ("code", "kind", "level", "max_characters")
    list_filter = ("kind", "code", "level")
    list_per_page = 100
    ordering = ("kind", "code")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Requirement | None = None) -> tuple[str, ...]:
        limit = ("max_characters",) if obj and obj.code == Requirement.Code.HEADLINE_LENGTH else ()
        return ("kind", "code", "level", *limit, *(("why_fixed",) if obj and obj.is_fixed else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Requirement | None = None) -> tuple[str, ...]:
        return ("kind", "code", *(("level", "why_fixed") if obj and obj.is_fixed else ()))

    @admin.display(description=gettext_lazy("Why it stays so"))
    def why_fixed(self, row: Requirement) -> str:
        return _("This one is always required: without it a report cannot lawfully or safely go out.")

    def save_model(self, request: HttpRequest, obj: Requirement, form: Any, change: bool) -> None:
        set_requirement(obj, by=who(request), level=obj.level, max_characters=obj.max_characters)
