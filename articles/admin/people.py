"""Accounts of the desk: made, given roles, deactivated; never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.again import asks_again
from articles.admin.base import ChoicesField, RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit.chain import record
from articles.audit.models import AuditEvent
from articles.people import sessions
from articles.people.models import User
from articles.people.roles import ROLES, named
from articles.people.second_factors import REASONS, factors_of, reset
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
    reset_second_factor = forms.ChoiceField(
        label=gettext_lazy("Reset the second factor"),
        choices=[("", "–"), *REASONS.items()],
        required=False,
        help_text=gettext_lazy(
            "Removes passkeys, app and recovery codes, and logs them out everywhere. They set up a new one at the next log-in."
        ),
    )
    end_sessions = forms.BooleanField(label=gettext_lazy("Log them out everywhere"), required=False)
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
            if cleaned.get("reset_second_factor"):
                self.add_error("reset_second_factor", _("Your own second factor is reset by another administrator."))
        elif self.instance.pk:
            self._check_not_both(cleaned)
        return cleaned

    def _check_not_both(self, cleaned: dict[str, Any]) -> None:
        """Who gives a password and takes away the second factor could log in as that person: two administrators do that."""
        halves = {"new_password": "give_password", "reset_second_factor": "drop_second_factor"}
        for field, other in (("new_password", "reset_second_factor"), ("reset_second_factor", "new_password")):
            if cleaned.get(field) and (cleaned.get(other) or did_lately(self.by, halves[other], to=self.instance)):
                self.add_error(
                    field,
                    _(
                        "Whoever gives a password and resets the second factor could log in as this person: another administrator does "
                        "the second half, or “manage.py second_factor reset” on the server."
                    ),
                )


def did_lately(administrator: User, verb: str, *, to: User) -> bool:
    """Whether this administrator did that to the account, and the person has not changed it again since, within a week."""
    undone = {"give_password": "change_password", "drop_second_factor": "add_second_factor"}[verb]
    events = AuditEvent.objects.filter(target=to.audit_code, at__gt=timezone.now() - dt.timedelta(days=7))
    done = events.filter(verb=verb, by=administrator.audit_code).order_by("-seq").values_list("seq", flat=True).first()
    return done is not None and not events.filter(verb=undone, by=to.audit_code, seq__gt=done).exists()


class NewPersonForm(PersonForm, BaseUserCreationForm):
    new_password = None  # type: ignore[assignment]  # so Django drops an inherited field
    reset_second_factor = None  # type: ignore[assignment]  # as above
    end_sessions = None  # type: ignore[assignment]  # as above

    class Meta(PersonForm.Meta):
        pass


WAYS_IN = ("new_password", "reset_second_factor", "password1")
"""Fields that decide who can log in."""


@admin.register(User, site=desk)
class PersonAdmin(RoleAdmin):
    may = staticmethod(check_can_keep_accounts)
    form = PersonForm
    list_display = ("username", "first_name", "last_name", "held_roles", "has_factor", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    filter_horizontal = ()

    @asks_again(
        lambda request, *_given, **_words: any(request.POST.get(name) for name in ("new_password", "reset_second_factor", "password1"))
    )
    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **words: Any) -> HttpResponse:
        return super().changeform_view(request, object_id, *args, **words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return (
            User.objects.filter(is_machine=False)
            .prefetch_related("groups")
            .annotate(enrolled=models.Exists(factors_of(models.OuterRef("pk"))))
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return type("FormOfThisRequest", (PersonForm if obj else NewPersonForm,), {"by": who(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        secret = () if obj else ("password1", "password2")
        lost = ("new_password", "reset_second_factor", "end_sessions") if obj else ()
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

    @admin.display(description=gettext_lazy("Second factor"))
    def has_factor(self, person: Any) -> str:
        return _("second factor set up") if person.enrolled else _("no second factor")

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
            if why := form.cleaned_data.get("reset_second_factor"):
                reset(obj, by=who(request), why=why)
            if password:
                record(by=who(request), verb="give_password", target=obj)
            self._end_sessions(obj, form, by=who(request))
            facts = {
                "roles": "+".join(sorted(group.name.replace(" ", "-") for group in form.cleaned_data["roles"]))[:80],
                "active": obj.is_active,
            }
            record(by=who(request), verb="change_account" if change else "add_account", target=obj, facts=facts)

    def _end_sessions(self, person: User, form: Any, *, by: User) -> None:
        """As far as what was changed asks for it; one's own go on."""
        Why = sessions.StaffSession.Why
        reasons = {"new_password": Why.PASSWORD, "end_sessions": Why.ADMINISTRATOR}
        why = next((each for field, each in reasons.items() if form.cleaned_data.get(field)), None if person.is_active else Why.DEACTIVATED)
        if why and person.pk != by.pk:
            sessions.end_all(person, by=by, why=why)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by save_model, in its transaction."""
