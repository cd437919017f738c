"""Regions' names, tags and bylines: short facts that readers see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import GatedForm, PublicFactAdmin
from articles.admin.site import desk
from articles.people.models import Byline
from articles.taxonomy.models import Region, RegionName, Tag, TagName
from articles.workflow.permissions import check_can_change_public_facts


class NameForm(GatedForm):
    """A row of a table: what labels its fields in sight is the head of their column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class NamesInline(admin.TabularInline):
    """Names per language: a few dozen at most, however many a forged form claims."""

    form = NameForm

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{**kwargs, "max_num": 40, "absolute_max": 60})


class TagNameInline(NamesInline):
    model = TagName
    extra = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission = has_delete_permission = has_add_permission


class RegionNameInline(NamesInline):
    model = RegionName
    fields = ("language", "name")
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission = has_add_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Tag, site=desk)
class TagAdmin(PublicFactAdmin):
    may = staticmethod(check_can_change_public_facts)
    redraws = "tag"
    list_display = ("name", "kind", "slug")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "slug", "kind")
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012 - as Django declares it
    inlines = (TagNameInline,)


@admin.register(Region, site=desk)
class RegionAdmin(PublicFactAdmin):
    may = staticmethod(check_can_change_public_facts)
    redraws = "region"
    list_display = ("name", "kind", "iso_alpha2", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "iso_alpha2")
    readonly_fields = ("name", "kind", "parent", "slug", "iso_alpha2", "iso_alpha3", "un_m49", "note")
    fields = readonly_fields
    inlines = (RegionNameInline,)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row.own = True  # a seed leaves it alone from now on
            row.save()


@admin.register(Byline, site=desk)
class BylineAdmin(PublicFactAdmin):
    may = staticmethod(check_can_change_public_facts)
    redraws = "byline"
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012 - as Django declares it
