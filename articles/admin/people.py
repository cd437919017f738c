"""Accounts of the desk: made, given roles, deactivated; never deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.admin.base import ChoicesField, RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.people.models import User
from articles.people.roles import ROLES
from articles.workflow.permissions import check_can_keep_accounts


class PersonForm(forms.ModelForm):
    roles = ChoicesField(
        Group.objects.filter(name__in=ROLES), label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages translated into"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=[("", "–"), *settings.LANGUAGES], required=False)

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "language", "languages", "byline", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = self.instance.groups.all()


class NewPersonForm(PersonForm, BaseUserCreationForm):
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
        return PersonForm if obj else NewPersonForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        secret = () if obj else ("password1", "password2")
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
                    )
                },
            ),
        )

    @admin.display(description=gettext_lazy("Roles"))
    def held_roles(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            obj.is_staff = True
            obj.save()
            obj.groups.set(form.cleaned_data["roles"])
            facts = {
                "roles": "+".join(sorted(group.name.replace(" ", "-") for group in form.cleaned_data["roles"]))[:80],
                "active": obj.is_active,
            }
            record(by=who(request), verb="change_account" if change else "add_account", target=obj, facts=facts)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by save_model, in its transaction."""
