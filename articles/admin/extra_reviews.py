"""When a legal or a safety review is asked for: one row for each kind of report and review, made by the seed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.safety.extra_reviews import ExtraReviewRule
from articles.workflow.claiming import set_extra_review
from articles.workflow.permissions import check_can_read_requirements, check_can_set_requirements


@admin.register(ExtraReviewRule, site=desk)
class ExtraReviewRuleAdmin(RoleAdmin):
    may = staticmethod(check_can_set_requirements)
    may_view = staticmethod(check_can_read_requirements)
    list_display = ("review", "kind", "demanded")
    list_filter = ("review", "kind")
    ordering = ("kind", "review")
    fields = ("kind", "review", "demanded")
    readonly_fields = ("kind", "review")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ExtraReviewRule, form: Any, change: bool) -> None:
        set_extra_review(obj, by=who(request), demanded=obj.demanded)
