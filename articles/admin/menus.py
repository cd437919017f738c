"""The site's menus and the links of its footer: one page for each language and place, with all of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.acts import MOST_ROWS, acts_on
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
        self.fields["path"].help_text = ""  # said once, above the rows

    def clean_path(self) -> str:
        address: str = self.cleaned_data["path"]
        try:
            check_path(address)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return address


MenuRows: Any = formset_factory(MenuForm, formset=Rows, extra=1, can_delete=True, can_order=True, max_num=20, absolute_max=30)


@dataclass(frozen=True)
class Menu:
    """The menu or the footer of one language; `pk` stands for it in addresses."""

    language: str
    place: str

    def __str__(self) -> str:
        return f"{MenuItem.Place(self.place).label}, {dict(settings.LANGUAGES)[self.language]}"

    @property
    def pk(self) -> str:
        return f"{self.language}-{self.place}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def falls_back(self) -> bool:
        return self.language != settings.MAIN_LANGUAGE

    def items(self) -> QuerySet[MenuItem]:
        return MenuItem.objects.filter(language=self.language, place=self.place)


@admin.register(MenuItem, site=desk)
class MenuItemAdmin(IdentityAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="articles_menuitem_changelist"),
            path("<slug:key>/change/", view(self.menu_view), name="articles_menuitem_change"),
            path("<slug:object_id>/history/", view(self.history_view), name="articles_menuitem_history"),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """All menus beside each other."""
        self._check(request)
        menus = [Menu(language, place) for language, _name in settings.LANGUAGES for place in MenuItem.Place.values]
        return self._page(request, "articles/menuitem/menus", {"title": _("Menus and footer"), "menus": menus})

    def menu_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """One menu; a POST puts its rows in place of those there are."""
        menu = self._menu(request, key)
        more = "_more" in request.POST
        initial = list(menu.items().values("label", "path"))
        rows = MenuRows(request.POST or None, prefix="items", initial=initial, language=menu.language, more=more)
        if request.method == "POST" and not more and rows.is_valid():
            change_menu(menu.language, by=who(request), items=rows.rows(), place=menu.place)
            messages.success(request, _("Saved: readers see it at once."))
            return HttpResponseRedirect(reverse("admin:articles_menuitem_changelist"))
        status = 400 if rows.is_bound and not more else 200
        return self._page(request, "articles/menuitem/menu", {"title": str(menu), "menu": menu, "rows": rows}, status=status)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was done with one menu, from the audit."""
        menu = self._menu(request, object_id)
        title = _("History of “%(name)s”") % {"name": menu}
        acts = acts_on(f"{menu.place}:{menu.language}")
        return self._page(request, "object_history", {"title": title, "object": menu, "rows": acts, "most": MOST_ROWS})

    def _menu(self, request: HttpRequest, key: str) -> Menu:
        self._check(request)
        language, _dash, place = key.rpartition("-")
        if language not in dict(settings.LANGUAGES) or place not in MenuItem.Place.values:
            raise Http404
        return Menu(language, place)
