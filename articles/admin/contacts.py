"""Media contacts at the desk, with what their certificates are worth."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.again import asks_again
from articles.admin.base import GatedForm, RoleAdmin
from articles.admin.names import NamesInput, RegionsField, TagsField, all_region_names, all_tag_names
from articles.admin.requests import who
from articles.admin.site import desk
from articles.contacts.actions import check, save_contact
from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.workflow.permissions import check_can_change_contacts


class ContactForm(GatedForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    regions = RegionsField(
        label=gettext_lazy("Regions"),
        required=False,
        widget=NamesInput(list="region-names"),
        help_text=gettext_lazy("What this person speaks on; a region holds all that lies in it. None: every region."),
    )
    tags = TagsField(label=gettext_lazy("Tags"), required=False, widget=NamesInput(list="tag-names"))

    class Meta:
        model = MediaContact
        exclude = ()

    def clean_certificate(self) -> str:
        pasted: str = self.cleaned_data["certificate"]
        if examine(pasted).holds_secret:  # the page that refuses it must not show it, nor a browser keep it
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("certificate")] = ""
            self.data = data
        return pasted

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        try:
            check(self.instance)
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, sentences)


def changes_key(request: HttpRequest, object_id: str | None = None, *_given: Any, **_words: Any) -> bool:
    """Whether journalists' messages would be sealed to another key than until now."""
    digits = object_id or ""
    known = MediaContact.objects.filter(pk=digits).first() if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None
    given = "".join(request.POST.get("certificate", "").split())
    return given != "".join(known.certificate.split() if known else ())


@admin.register(MediaContact, site=desk)
class MediaContactAdmin(RoleAdmin):
    may = staticmethod(check_can_change_contacts)
    form = ContactForm
    list_display = ("name", "role", "phone", "active", "key")
    list_filter = ("active",)
    readonly_fields = ("key",)

    @admin.display(description=gettext_lazy("Key"))
    def key(self, contact: MediaContact) -> str:
        verdict = examine(contact.certificate)
        if not verdict.usable:
            return verdict.sentence
        until = _("until %(day)s") % {"day": verdict.expires_at.date()} if verdict.expires_at else _("no end")
        return " ".join(filter(None, [_("Usable, %(until)s.") % {"until": until}, verdict.sentence]))

    @asks_again(changes_key)
    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **words: Any) -> HttpResponse:
        return super().changeform_view(request, object_id, *args, **words)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        lists = {"region_names": all_region_names(), "tag_names": all_tag_names()}
        return super().render_change_form(request, {**context, **lists}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_contact(obj, by=who(request), regions=form.cleaned_data["regions"], tags=form.cleaned_data["tags"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by save_model, in its transaction."""
