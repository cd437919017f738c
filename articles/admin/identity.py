"""The site's name, logo and words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import GatedForm, RoleAdmin
from articles.admin.images import ACCEPTED, UploadForm
from articles.admin.requests import who
from articles.admin.site import desk
from articles.editions.logo import remove_logo, set_logo
from articles.editions.models import Edition
from articles.editions.redraw import ask_for_redraw
from articles.identity.actions import change_identity, change_text
from articles.identity.models import Logo, PolicyPage, SiteIdentity, SiteText
from articles.identity.policies import change_policies
from articles.images.intake import CleanPicture, RefusedPicture, clean_picture
from articles.text.languages import direction
from articles.workflow.permissions import check_can_change_identity

FACTS = ("organisation", "short_name", "founded", "licence", "licence_link")
GROUNDS = {"logo": Logo.Ground.LIGHT, "logo_dark": Logo.Ground.DARK}
WORDS = ("name", "short_name", "tagline", "footer", "terms")


class LogoInput(forms.FileInput):
    """A file with the logo that stands now before it."""

    def __init__(self, ground: str) -> None:
        super().__init__({"accept": ACCEPTED})
        self.ground = ground

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        context = {"logo": Logo.objects.filter(ground=self.ground).first(), "input": super().render(name, value, attrs, renderer)}
        return render_to_string("admin/articles/siteidentity/_logo.html", context)


class LogoField(forms.FileField):
    """An upload that becomes a clean logo."""

    def __init__(self, ground: str, **kwargs: Any) -> None:
        super().__init__(required=False, widget=LogoInput(ground), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> CleanPicture | None:
        file = super().clean(data, None)
        try:
            return clean_picture(file, kind="logo") if file else None
        except RefusedPicture as refusal:
            raise ValidationError(str(refusal)) from refusal


class SiteIdentityForm(UploadForm):
    logo = LogoField(
        Logo.Ground.LIGHT,
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy(
            "PNG with a transparent ground is best; also JPEG and WebP. Readers who see no pictures get the site's name."
        ),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Show the name instead of the logo"), required=False)
    logo_dark = LogoField(
        Logo.Ground.DARK,
        label=gettext_lazy("Logo on dark ground"),
        help_text=gettext_lazy("For readers who chose dark pages. Without it the logo stands on a light plate there."),
    )
    remove_logo_dark = forms.BooleanField(label=gettext_lazy("Remove the logo on dark ground"), required=False)

    class Meta:
        model = SiteIdentity
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = set(Logo.objects.values_list("ground", flat=True))
        for name, ground in GROUNDS.items():
            if ground not in standing:
                del self.fields[f"remove_{name}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in GROUNDS:
            if cleaned.get(name) and cleaned.get(f"remove_{name}"):
                self.add_error(name, ValidationError(_("Either choose a file or remove the logo, not both.")))
        return cleaned


class IdentityAdmin(RoleAdmin):
    may = staticmethod(check_can_change_identity)


@admin.register(SiteIdentity, site=desk)
class SiteIdentityAdmin(IdentityAdmin):
    form = SiteIdentityForm
    fields = (*FACTS, "logo", "remove_logo", "logo_dark", "remove_logo_dark")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row: its page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:articles_siteidentity_change", args=[1]))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        standing = set(Logo.objects.values_list("ground", flat=True))
        absent = {f"remove_{name}" for name, ground in GROUNDS.items() if ground not in standing}
        return [name for name in self.fields if name not in absent]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Each act is its own: what stood before is left where nothing was chosen."""
        if set(FACTS) & set(form.changed_data):
            change_identity(by=who(request), **{name: form.cleaned_data[name] for name in FACTS})
            ask_for_redraw()
        for name, ground in GROUNDS.items():
            if picture := form.cleaned_data.get(name):
                set_logo(picture, ground=ground, by=who(request))
            elif form.cleaned_data.get(f"remove_{name}"):
                remove_logo(ground=ground, by=who(request))


class SiteTextForm(GatedForm):
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    class Meta:
        model = SiteText
        fields = ("language", *WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.instance.language
        taken = set() if code else set(SiteText.objects.values_list("language", flat=True))
        offered = [(each, name) for each, name in settings.LANGUAGES if each not in taken and code in ("", each)]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]  # a field with choices
        for name in WORDS:
            self.fields[name].widget.attrs.update({"dir": direction(code), "lang": code} if code else {"dir": "auto"})
            self.fields[name].widget.attrs["class"] = "vTextField"
        short = self.fields["short_name"]
        short.help_text = f"{short.help_text} " + _("Blank: the organisation's short name.")
        self.pages = _pages(code)
        chosen = dict(PolicyPage.objects.filter(language=code).values_list("policy", "report_uuid"))
        for name in PolicyPage.Policy.values:
            if not self.pages:
                self.fields.pop(name, None)
            elif name in self.fields:
                choices = [("", _("No page")), *((str(uuid), headline) for uuid, (_path, headline) in self.pages.items())]
                self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices
                self.initial[name] = str(chosen.get(name, ""))

    def policies(self) -> dict[str, tuple[UUID, str]]:
        """The page that was chosen for each policy: its report and its path."""
        given = {name: self.cleaned_data.get(name) for name in PolicyPage.Policy.values}
        return {name: (UUID(text), self.pages[UUID(text)][0]) for name, text in given.items() if text}


def _pages(language: str) -> dict[UUID, tuple[str, str]]:
    """The public pages of a language: path and headline."""
    rows = Edition.objects.filter(language=language, kind="page").order_by("headline", "uuid") if language else Edition.objects.none()
    return {uuid: (path, headline) for uuid, path, headline in rows.values_list("uuid", "path", "headline")}


for policy in PolicyPage.Policy:  # fields of the form: schema.org's words are no names of ours
    page_field = forms.ChoiceField(label=policy.label, required=False)
    SiteTextForm.base_fields[policy.value] = page_field
    SiteTextForm.declared_fields[policy.value] = page_field


@admin.register(SiteText, site=desk)
class SiteTextAdmin(IdentityAdmin):
    form = SiteTextForm
    list_display = ("language_name", *WORDS)
    sortable_by = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The words; then, once the language has public pages, which of them tells how the newsroom works."""
        words = (None, {"fields": ("language", *WORDS)})
        if obj is None or not _pages(obj.language):
            return [words]
        told = _("Search engines and other machines are told which page says how you work. What is not public is not named.")
        return [words, (_("Pages about how we work"), {"fields": tuple(PolicyPage.Policy.values), "description": told})]

    @admin.display(description=gettext_lazy("Language"))
    def language_name(self, text: SiteText) -> str:
        return str(dict(settings.LANGUAGES).get(text.language, text.language))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until each language has its words. Every page of the desk asks this; the rows are counted on their own pages alone."""
        own = request.resolver_match is not None and "sitetext" in (request.resolver_match.url_name or "")
        return super().has_add_permission(request) and (not own or SiteText.objects.count() < len(settings.LANGUAGES))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        text = change_text(form.cleaned_data["language"], by=who(request), **{name: form.cleaned_data[name] for name in WORDS})
        obj.pk = text.pk
        if set(PolicyPage.Policy.values) & set(form.changed_data):
            change_policies(text.language, by=who(request), pages=form.policies())
        ask_for_redraw()
