"""The report's form: shape only; the rules are in the workflow."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField

from articles.admin.base import ChoicesField
from articles.contacts.models import MediaContact
from articles.images.models import Image
from articles.people.models import Byline, User
from articles.reports.models import Citation, Credit, Report
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.tagging import comma_tags
from articles.text.sanitise import sanitise

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "ListItem": True,
    "BulletList": True,
    "OrderedList": True,
    "Link": True,
    "Superscript": True,
    "HardBreak": True,
    "History": True,
    "NoSpellCheck": False,
}


class TagsField(forms.CharField):
    """Tags by name, with commas between; only tags that exist."""

    def to_python(self, value: Any) -> Any:
        names = comma_tags(value or "")
        found = {tag.name.casefold(): tag for tag in Tag.objects.filter(merged_into=None)}
        missing = [name for name in names if name.casefold() not in found]
        if missing:
            raise forms.ValidationError(
                _("There is no tag “%(name)s”: choose one of the list, or ask an editor to add it.") % {"name": missing[0]}
            )
        return list(dict.fromkeys(found[name.casefold()] for name in names))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(tag.name for tag in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = ({name.casefold() for name in comma_tags(value or "")} for value in (initial, data))
        return before != after


class ReportForm(forms.ModelForm):
    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = ProseEditorFormField(label=gettext_lazy("Body"), required=False, extensions=EXTENSIONS, sanitize=sanitise)
    primary_region = forms.ModelChoiceField(
        Region.objects.all(),
        label=gettext_lazy("Region"),
        required=False,
        help_text=gettext_lazy("“World” when it is about no region in particular."),
    )
    regions = ChoicesField(Region.objects.all(), label=gettext_lazy("Further regions"), required=False)
    tags = TagsField(label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("With commas between."))

    class Meta:
        model = Report
        fields = (
            "dateline_on", "dateline_place", "dateline_region", "dateline_mode", "dateline_source",
            "headline", "slug", "standfirst", "kind", "byline_mode", "event_on", "event_precision",
            "contact", "call_to_action", "call_to_action_link", "internal_note",
            "embargo_until", "expire_at", "assigned_to", "due_at",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 - Django reads it as it is
            "headline": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "internal_note": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "dateline_mode": forms.RadioSelect,
            "dateline_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "event_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
                for name in ("embargo_until", "expire_at", "due_at")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        assigned_to, contact = (cast(forms.ModelChoiceField, self.fields[name]) for name in ("assigned_to", "contact"))
        assigned_to.queryset = User.objects.filter(is_active=True, is_staff=True, is_machine=False).order_by("username")
        contact.queryset = MediaContact.objects.filter(active=True)
        contact.help_text = _("Closes the report: “For media interviews”.")
        self.fields["body"].widget.attrs.update({"rows": 20, "dir": "auto"})
        for name in ("dateline_place", "dateline_source", "call_to_action"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.initial["lock_version"] = report.lock_version
        if report.pk:
            rows = list(report.report_regions.select_related("region").order_by("-is_primary", "region__path"))
            self.initial["body"] = report.body
            self.initial["primary_region"] = next((row.region_id for row in rows if row.is_primary), None)
            self.initial["regions"] = [row.region for row in rows if not row.is_primary]
            self.initial["tags"] = ", ".join(row.tag.name for row in report.tagged.select_related("tag").order_by("tag__slug"))

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"lock_version", "body"}) or ("body" in self.changed_data and self._body_differs())

    def _body_differs(self) -> bool:
        return sanitise(self.data.get(self.add_prefix("body"), "")) != self.instance.body

    def changes(self) -> dict[str, Any]:
        """The cleaned fields as `workflow.actions.save` takes them."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "lock_version"}
        primary = changes["primary_region"]
        changes["regions"] = [*([primary] if primary else []), *(region for region in changes["regions"] if region != primary)]
        return changes

    def _post_clean(self) -> None:
        """Leaves the instance as it is: only the workflow writes it, and it checks what a model's clean would."""


class CreditForm(forms.Form):
    byline = forms.ModelChoiceField(Byline.objects.all(), label=gettext_lazy("Byline"))
    role = forms.ChoiceField(choices=Credit.Role.choices, label=gettext_lazy("Role"), initial=Credit.Role.AUTHOR)
    shown = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Shown to readers"))


class CitationForm(forms.ModelForm):
    class Meta:
        model = Citation
        fields = (
            "kind",
            "title",
            "publisher",
            "address",
            "published_on",
            "published_precision",
            "page",
            "accessed_on",
            "archive_address",
            "public",
        )
        widgets = {  # noqa: RUF012 - Django reads it as it is
            "published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "accessed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class PictureForm(forms.Form):
    image = forms.ModelChoiceField(Image.objects.order_by("-id"), label=gettext_lazy("Picture"))
    alt = forms.CharField(
        required=False, max_length=300, label=gettext_lazy("Alternative text"), widget=forms.TextInput(attrs={"dir": "auto"})
    )
    decorative = forms.BooleanField(required=False, label=gettext_lazy("Decorative: it says nothing that the text does not"))
    caption = forms.CharField(required=False, max_length=400, label=gettext_lazy("Caption"), widget=forms.TextInput(attrs={"dir": "auto"}))
    lead = forms.BooleanField(required=False, label=gettext_lazy("Lead picture"))


def rows_of(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The filled rows in their order, without the deleted ones."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name not in ("DELETE", "id")}
        for form in formset.forms
        if form.cleaned_data and form not in formset.deleted_forms
    ]


CreditFormSet = formset_factory(CreditForm, extra=1, can_delete=True, max_num=30, absolute_max=40)
CitationFormSet = formset_factory(CitationForm, extra=1, can_delete=True, max_num=100, absolute_max=120)
PictureFormSet = formset_factory(PictureForm, extra=1, can_delete=True, max_num=30, absolute_max=40)


class ReportParts:
    """The form of a report with its rows of credits, sources and pictures, as one thing."""

    def __init__(self, data: Any, report: Report) -> None:
        self.form = ReportForm(data, instance=report)
        self.credits = CreditFormSet(data, prefix="credits", initial=_initial(report, "credits", CreditForm))
        self.citations = CitationFormSet(data, prefix="citations", initial=_initial(report, "citations", CitationForm))
        self.pictures = PictureFormSet(data, prefix="pictures", initial=_initial(report, "report_images", PictureForm))
        self.formsets = (self.pictures, self.citations, self.credits)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(each.is_valid() for each in self.formsets)])

    def has_changed(self) -> bool:
        return self.form.has_changed() or any(each.has_changed() for each in self.formsets)

    def changes(self) -> dict[str, Any]:
        """All of it as `workflow.actions.save` takes it."""
        return {
            **self.form.changes(),
            "credits": rows_of(self.credits),
            "citations": rows_of(self.citations),
            "images": rows_of(self.pictures),
        }

    @property
    def media(self) -> Any:
        return self.form.media

    def refuse(self, reasons: Any) -> None:
        """Puts the reasons of a refusal to the fields they name, the others above the form."""
        for reason in reasons:
            field = reason.field if reason.field in self.form.fields else None
            label = "" if field or not reason.field else f"{capfirst(reason.field)}: "
            self.form.add_error(field, f"{label}{reason.sentence}")


def _initial(report: Report, relation: str, form: type[forms.Form] | type[CitationForm]) -> list[dict[str, Any]]:
    if not report.pk:
        return []
    return [{name: getattr(row, name) for name in form.base_fields} for row in getattr(report, relation).all()]
