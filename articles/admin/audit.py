"""The audit, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.admin.base import RoleAdmin
from articles.admin.site import desk
from articles.audit.models import AuditEvent
from articles.text.moments import moment
from articles.workflow.permissions import check_can_read_audit


@admin.register(AuditEvent, site=desk)
class AuditAdmin(RoleAdmin):
    may = staticmethod(check_can_read_audit)
    list_display = ("seq", "when", "by", "verb", "target")
    list_filter = ("verb",)
    list_display_links = None
    list_per_page = 100
    ordering = ("-seq",)
    sortable_by = ()

    @admin.display(description=gettext_lazy("When"), ordering="seq")
    def when(self, event: AuditEvent) -> str:
        return moment(event.at, "second")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission
