"""The site's menus and the links of its footer: one page for each language and place, with all of its rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.base import GatedForm
from articles.admin.identity import IdentityAdmin
from articles.admin.report_rows import Row, Rows
from articles.admin.requests import who
from articles.admin.site import desk
from articles.identity.actions import change_menu, check_path
from articles.identity.models import MenuItem
from articles.text.languages import direction


class MenuForm(Row, GatedForm):
    class Meta:
        model = MenuItem
        fields = ("label", "path")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].widget.attrs["dir"] = "auto"
        self.fields["path"].widget.attrs["dir"] = "ltr"

    def clean_path(self) -> str:
        address: str = self.cleaned_data["path"]
        try:
            check_path(address)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return address


MenuRows: Any = formset_factory(MenuForm, formset=Rows, extra=1, can_delete=True, can_order=True, max_num=20, absolute_max=30)


@admin.register(MenuItem, site=desk)
class MenuItemAdmin(IdentityAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="articles_menuitem_changelist"),
            path("<slug:key>/change/", view(self.menu_view), name="articles_menuitem_change"),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """All menus beside each other."""
        self._check(request)
        items: dict[tuple[str, str], list[MenuItem]] = {}
        for item in MenuItem.objects.all():
            items.setdefault((item.language, item.place), []).append(item)
        menus = [
            {
                "title": title_of(language, place),
                "lang": language,
                "dir": direction(language),
                "items": items.get((language, place), []),
                "falls_back": language != settings.MAIN_LANGUAGE,
                "address": reverse("admin:articles_menuitem_change", args=[f"{language}-{place}"]),
            }
            for language, _name in settings.LANGUAGES
            for place in MenuItem.Place.values
        ]
        return self._page(request, "menus", {"title": _("Menus and footer"), "menus": menus})

    def menu_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """One menu; a POST puts its rows in place of those there are."""
        self._check(request)
        language, _dash, place = key.rpartition("-")
        if language not in dict(settings.LANGUAGES) or place not in MenuItem.Place.values:
            raise Http404
        initial = MenuItem.objects.filter(language=language, place=place).values("label", "path")
        more = "_more" in request.POST
        rows = MenuRows(request.POST or None, prefix="items", initial=list(initial), language=language, more=more)
        if request.method == "POST" and not more and rows.is_valid():
            change_menu(language, by=who(request), items=rows.rows(), place=place)
            messages.success(request, _("Saved: readers see it at once."))
            return HttpResponseRedirect(reverse("admin:articles_menuitem_changelist"))
        title = title_of(language, place)
        context = {"title": title, "rows": rows, "falls_back": language != settings.MAIN_LANGUAGE}
        return self._page(request, "menu", context, status=400 if rows.is_bound and not more else 200)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        whole = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, f"admin/articles/menuitem/{name}.html", whole, status=status)


def title_of(language: str, place: str) -> str:
    """“Menu, Spanish”."""
    return f"{MenuItem.Place(place).label}, {dict(settings.LANGUAGES)[language]}"
