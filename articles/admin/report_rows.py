"""The rows of a report's form: pictures, sources, credits. Each can be added, put in order and removed without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy

from articles.images.models import Image
from articles.people.models import Byline
from articles.reports.models import Citation, Credit, Report

NEWEST = 200
DATE = {"type": "date"}
WORDS = {"dir": "auto"}


class Row:
    """A row that holds nothing but its place is an empty one."""

    changed_data: list[str]
    empty_permitted: bool

    def has_changed(self) -> bool:
        changed = set(self.changed_data) - ({"ORDER"} if self.empty_permitted else set())
        return bool(changed)


class CreditForm(Row, forms.Form):
    byline = forms.ModelChoiceField(Byline.objects.all(), label=gettext_lazy("Byline"))
    role = forms.ChoiceField(choices=Credit.Role.choices, label=gettext_lazy("Role"), initial=Credit.Role.AUTHOR)
    shown = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Shown to readers"))


class CitationForm(Row, forms.ModelForm):
    address = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=500, assume_scheme="https", widget=forms.URLInput(attrs={"dir": "ltr"})
    )
    archive_address = forms.URLField(
        label=gettext_lazy("Address of an archived copy"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    field_order = ("title", "publisher", "kind", "address", "published_on", "published_precision", "page", "accessed_on", "archive_address")

    class Meta:
        model = Citation
        fields = (
            "title",
            "publisher",
            "kind",
            "published_on",
            "published_precision",
            "page",
            "accessed_on",
            "public",
        )
        widgets = {  # noqa: RUF012 - Django reads it as it is
            "title": forms.TextInput(attrs=WORDS),
            "publisher": forms.TextInput(attrs=WORDS),
            "published_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "accessed_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        }


class PictureForm(Row, forms.Form):
    image = forms.ModelChoiceField(
        Image.objects.all(),
        label=gettext_lazy("Number of the picture"),
        help_text=gettext_lazy("The newest are listed; the number of any other stands beside it under “Pictures”."),
        widget=forms.TextInput(attrs={"list": "picture-numbers", "inputmode": "numeric", "autocomplete": "off", "data-picture": ""}),
        error_messages={"invalid_choice": gettext_lazy("There is no picture with this number.")},
    )
    alt = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("What it shows, for those who cannot see it."),
        widget=forms.TextInput(attrs=WORDS),
    )
    decorative = forms.BooleanField(required=False, label=gettext_lazy("Decorative: it says nothing that the text does not"))
    caption = forms.CharField(required=False, max_length=400, label=gettext_lazy("Caption"), widget=forms.TextInput(attrs=WORDS))
    lead = forms.BooleanField(required=False, label=gettext_lazy("Lead picture"))


class Rows(BaseFormSet):
    """Rows in the order that their places say; a choice that every row offers is read once."""

    choices: dict[str, Any]

    def __init__(
        self,
        *args: Any,
        choices: dict[str, Any] | None = None,
        pictures: QuerySet[Image] | None = None,
        language: str = "",
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        self.choices, self.pictures, self.language = choices or {}, pictures, language
        data = args[0] if args else kwargs.get("data")
        if more and data is not None:
            data = data.copy()
            total = f"{kwargs['prefix']}-TOTAL_FORMS"
            data[total] = str(int(data[total]) + 1) if data.get(total, "").isdecimal() and len(data[total]) < 4 else "1"
            args = (data, *args[1:])
        self.most = max(_sent(data or {}, kwargs.get("prefix", "")) + more, len(kwargs.get("initial") or ()))
        super().__init__(*args, **kwargs)

    def total_form_count(self) -> int:
        """No more rows than came with the form: a count alone draws none."""
        total = super().total_form_count()
        return min(total, self.most) if self.is_bound else total

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = gettext_lazy("Place in the order")
        form.fields["ORDER"].widget.attrs.update({"min": 1, "data-order": ""})
        form.fields["DELETE"].label = gettext_lazy("Remove")
        for name, choices in self.choices.items():
            form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices
        if self.pictures is not None:
            form.fields["image"].queryset = self.pictures  # type: ignore[attr-defined]  # a field with choices
        for name in {"alt", "caption"} & form.fields.keys() if self.language else ():
            form.fields[name].widget.attrs["lang"] = self.language

    def rows(self) -> list[dict[str, Any]]:
        """The filled rows in their order, without the removed ones."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in ("DELETE", "ORDER", "id")}
            for form in self.ordered_forms
        ]


def _sent(data: Mapping[str, Any], prefix: str) -> int:
    """How many rows the names of the fields speak of."""
    places = (name.removeprefix(f"{prefix}-").partition("-")[0] for name in data if name.startswith(f"{prefix}-"))
    return max((int(place) + 1 for place in places if place.isdecimal() and len(place) < 4), default=0)


CreditRows = formset_factory(CreditForm, formset=Rows, extra=1, can_delete=True, can_order=True, max_num=30, absolute_max=40)
CitationRows = formset_factory(CitationForm, formset=Rows, extra=1, can_delete=True, can_order=True, max_num=100, absolute_max=120)
PictureRows = formset_factory(PictureForm, formset=Rows, extra=1, can_delete=True, can_order=True, max_num=30, absolute_max=40)


def initial_of(report: Report, relation: str, form: type[forms.Form] | type[CitationForm]) -> list[dict[str, Any]]:
    """What the rows of a saved report hold."""
    if not report.pk:
        return []
    return [
        {name: getattr(row, f"{name}_id" if name in ("byline", "image") else name) for name in form.base_fields}
        for row in getattr(report, relation).all()
    ]


def byline_choices() -> list[tuple[Any, str]]:
    return [("", "–"), *((byline.pk, str(byline)) for byline in Byline.objects.all())]


def newest_pictures(pictures: QuerySet[Image]) -> list[Image]:
    """What the list on the page offers to choose from."""
    return list(pictures.order_by("-pk")[:NEWEST])
