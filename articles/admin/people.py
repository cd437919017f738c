"""Accounts of the desk: made, given roles, deactivated; never deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import ChoicesField, RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.people.models import User
from articles.people.roles import ROLES, named
from articles.workflow.permissions import check_can_keep_accounts


class RolesField(ChoicesField):
    def label_from_instance(self, obj: Group) -> str:
        return named([obj.name])


class PersonForm(forms.ModelForm):
    roles = RolesField(
        Group.objects.filter(name__in=ROLES), label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages translated into"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=[("", "–"), *settings.LANGUAGES], required=False)

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "language", "languages", "byline", "is_active")

    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("For someone who has lost theirs; blank leaves it. At least 15 characters. It logs them out everywhere."),
    )
    drop_second_factor = forms.BooleanField(
        label=gettext_lazy("Remove the second factor: the device and the recovery codes are lost"), required=False
    )
    by: ClassVar[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = list(self.instance.groups.all())

    def clean_new_password(self) -> str:
        given: str = self.cleaned_data["new_password"]
        if given:
            validate_password(given, self.instance)
        return given

    def clean(self) -> dict[str, Any]:
        """Nobody gives themselves roles, and nobody closes the only door behind themselves."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and self.instance.pk == self.by.pk:
            if "roles" in cleaned and set(cleaned["roles"]) != set(self.initial["roles"]):
                self.add_error("roles", _("Your own roles are changed by another administrator."))
            if not cleaned.get("is_active"):
                self.add_error("is_active", _("Your own account is deactivated by another administrator."))
        return cleaned


class NewPersonForm(PersonForm, BaseUserCreationForm):
    new_password = None  # type: ignore[assignment]  # so Django drops an inherited field
    drop_second_factor = None  # type: ignore[assignment]  # as above

    class Meta(PersonForm.Meta):
        pass


@admin.register(User, site=desk)
class PersonAdmin(RoleAdmin):
    may = staticmethod(check_can_keep_accounts)
    form = PersonForm
    list_display = ("username", "first_name", "last_name", "held_roles", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.filter(is_machine=False).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return type("FormOfThisRequest", (PersonForm if obj else NewPersonForm,), {"by": who(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        secret = () if obj else ("password1", "password2")
        lost = ("new_password", "drop_second_factor") if obj else ()
        return (
            (
                None,
                {
                    "fields": (
                        "username",
                        *secret,
                        "first_name",
                        "last_name",
                        "email",
                        "roles",
                        "languages",
                        "language",
                        "byline",
                        "is_active",
                        *lost,
                    )
                },
            ),
        )

    @admin.display(description=gettext_lazy("Roles"))
    def held_roles(self, person: User) -> str:
        return named(sorted(group.name for group in person.groups.all()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            obj.is_staff = True
            if password := form.cleaned_data.get("new_password"):
                obj.set_password(password)
            obj.save()
            obj.groups.set(form.cleaned_data["roles"])
            if form.cleaned_data.get("drop_second_factor"):
                Authenticator.objects.filter(user=obj).delete()
                record(by=who(request), verb="drop_second_factor", target=obj)
            if password:
                record(by=who(request), verb="give_password", target=obj)
            facts = {
                "roles": "+".join(sorted(group.name.replace(" ", "-") for group in form.cleaned_data["roles"]))[:80],
                "active": obj.is_active,
            }
            record(by=who(request), verb="change_account" if change else "add_account", target=obj, facts=facts)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by save_model, in its transaction."""
