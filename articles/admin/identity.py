"""The site's name, words and menu."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from articles.admin.base import GatedForm, PublicFactAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.identity.actions import check_path
from articles.identity.models import MenuItem, SiteIdentity, SiteText
from articles.identity.shell import draw_shells
from articles.stamp.number import count_up
from articles.workflow.permissions import check_can_change_identity


class MenuForm(GatedForm):
    def clean_path(self) -> str:
        path: str = self.cleaned_data["path"]
        try:
            check_path(path)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return path


class IdentityAdmin(PublicFactAdmin):
    may = staticmethod(check_can_change_identity)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            draw_shells()


@admin.register(SiteIdentity, site=desk)
class SiteIdentityAdmin(IdentityAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SiteText, site=desk)
class SiteTextAdmin(IdentityAdmin):
    list_display = ("language", "name", "tagline")


@admin.register(MenuItem, site=desk)
class MenuItemAdmin(IdentityAdmin):
    form = MenuForm
    list_display = ("label", "path", "language", "place", "order")
    list_filter = ("language", "place")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            record(by=who(request), verb="remove_menu_item", target=obj)
            super().delete_model(request, obj)
            draw_shells()
            count_up()
