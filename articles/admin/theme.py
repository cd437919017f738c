"""The site's colours at the desk: eight of them, both schemes beside each other, refused with the pair that cannot be read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.acts import MOST_ROWS, acts_on
from articles.admin.identity import IdentityAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.identity.contrast import HEX, ratio, told
from articles.identity.models import Theme
from articles.identity.theme import (
    FIELDS,
    NAMES,
    SCHEME_NAMES,
    SCHEMES,
    TOKENS,
    change_theme,
    check_colours,
    colours,
    house_colours,
    reset_theme,
    specimen,
)


def _address() -> str:
    return reverse("admin:articles_theme_change", args=[1])


class ThemeForm(forms.Form):
    """Eight colours. A browser's own chooser gives `#rrggbb`; what else is sent is refused by `check_colours`."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name] = forms.CharField(
                label=NAMES[name.partition("_")[2]], required=False, max_length=20, widget=forms.ColorInput()
            )

    def chosen(self) -> dict[str, str]:
        return {name: str(self[name].value() or "").strip().lower() for name in FIELDS}


@admin.register(Theme, site=desk)
class ThemeAdmin(IdentityAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="articles_theme_changelist"),
            path("sheet/", view(self.sheet_view), name="articles_theme_sheet"),
            path("<int:pk>/change/", view(self.colours_view), name="articles_theme_change"),
            path("<int:pk>/history/", view(self.acts_view), name="articles_theme_history"),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one page."""
        self._check(request)
        return HttpResponseRedirect(_address())

    def colours_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The colours. “Look” shows what is chosen and writes nothing, “Save” puts it before readers, and the house's are had back in two steps."""
        self._check(request, pk)
        now, hash_ = colours()
        if request.method != "POST":
            return self._shown(request, ThemeForm(initial=now), now, hash_)
        act, instead_of = request.POST.get("_do", ""), request.POST.get("instead_of", "")[:20]
        form = ThemeForm(request.POST)
        form.is_valid()
        if act == "reset":
            return self._shown(request, ThemeForm(initial=now), now, hash_, asks=True)
        try:
            if act == "reset-now":
                reset_theme(by=who(request), instead_of=instead_of)
                messages.success(request, _("The site has the colours of the house again: readers see it at once."))
            elif act == "save":
                change_theme(form.chosen(), by=who(request), instead_of=instead_of)
                messages.success(request, _("Saved: readers see it at once."))
            else:
                check_colours(form.chosen())
                return self._shown(request, form, form.chosen(), instead_of)
        except ValidationError as error:
            return self._refused(request, form, error, now, hash_)
        return HttpResponseRedirect(_address())

    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """The colours of the address as a stylesheet, for the two specimens of the page; what is no colour is the one that there is."""
        self._check(request)
        now, _hash = colours()
        asked = {name: given if HEX.match(given := request.GET.get(name, "")) else now[name] for name in FIELDS}
        return HttpResponse(specimen(asked), content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-store, private"})

    def acts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._check(request, pk)
        name = _("colours of the site")
        context = {
            "title": _("History of “%(name)s”") % {"name": name},
            "object": Theme(hash=name),
            "rows": acts_on("theme"),
            "most": MOST_ROWS,
        }
        return self._page(request, "object_history", context)

    def _refused(self, request: HttpRequest, form: ThemeForm, error: ValidationError, now: dict[str, str], hash_: str) -> HttpResponse:
        by_field = hasattr(error, "error_dict")
        for name, sentences in (error.message_dict if by_field else {}).items():
            for sentence in sentences:
                form.add_error(name, sentence)
        shown = {name: value if HEX.match(value) else now[name] for name, value in form.chosen().items()}
        if by_field:
            return self._shown(request, form, shown, request.POST.get("instead_of", "")[:20], code=400)
        return self._shown(request, form, shown, hash_, code=409, said=list(error.messages), theirs=now)

    def _shown(
        self, request: HttpRequest, form: ThemeForm, shown: dict[str, str], hash_: str, *, asks: bool = False, code: int = 200,
        said: list[str] | None = None, theirs: dict[str, str] | None = None,
    ) -> HttpResponse:  # fmt: skip
        schemes = [
            {
                "name": scheme, "label": SCHEME_NAMES[scheme], "fields": [form[f"{scheme}_{token}"] for token in TOKENS],
                "ratios": [
                    {"token": NAMES[token], "ratio": told(ratio(shown[f"{scheme}_{token}"], shown[f"{scheme}_paper"]))} for token in TOKENS[1:]
                ],
            }
            for scheme in SCHEMES
        ]  # fmt: skip
        context = {
            "title": _("Colours of the site"),
            "form": form,
            "schemes": schemes,
            "sheet": f"{reverse('admin:articles_theme_sheet')}?{urlencode(shown)}",
            "instead_of": hash_,
            "is_own": bool(colours()[1]),
            "is_unsaved": shown != colours()[0],
            "asks": asks,
            "said": said or [],
            "theirs": [(f"{NAMES[name.partition('_')[2]]} {SCHEME_NAMES[name.partition('_')[0]]}", value) for name, value in (theirs or {}).items()],
            "house": shown == house_colours(),
        }  # fmt: skip
        return self._page(request, "articles/theme/theme", context, status=code)

    def _check(self, request: HttpRequest, pk: int = 1) -> None:
        if pk != 1:
            raise Http404
        super()._check(request)
