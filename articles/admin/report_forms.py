"""The report's form: shape only; the rules are in the workflow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField

from articles.admin.moments import MomentField, ZoneField, times_of
from articles.admin.names import NamesInput, RegionField, RegionsField, TagsField, all_region_names, all_tag_names
from articles.admin.report_rows import (
    CitationForm,
    CitationRows,
    CreditForm,
    CreditRows,
    PictureForm,
    PictureRows,
    Rows,
    byline_choices,
    initial_of,
    newest_pictures,
)
from articles.contacts.models import MediaContact
from articles.images.models import Image
from articles.people.models import User
from articles.reports.models import Report
from articles.reports.past import Past, standing
from articles.text.sanitise import sanitise
from articles.workflow.permissions import pictures_visible_to

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "ListItem": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "Link": {"enableTarget": False},
    "Superscript": True,
    "Subscript": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "History": True,
    "NoSpellCheck": False,
    "Menu": {"groups": [{"group": each} for each in ("marks", "blockType -lists", "lists", "nodes -blockType -lists", "link", "history")]},
    # what the sanitiser lets stand besides: without them, opening and saving a text would drop it
    **dict.fromkeys(
        ("Sic", "Passage", "Direction", "Isolate", "Quoted", "Cited", "Abbreviation", "LanguageAndDirection", "Pull", "Note"), True
    ),
}


WORDS = {
    "menu": gettext_lazy("Form of the text"),
    "bold": gettext_lazy("Bold"),
    "italic": gettext_lazy("Italic"),
    "superscript": gettext_lazy("Raised"),
    "subscript": gettext_lazy("Lowered"),
    "heading2": gettext_lazy("Heading"),
    "heading3": gettext_lazy("Smaller heading"),
    "paragraph": gettext_lazy("Paragraph"),
    "bulletList": gettext_lazy("List"),
    "orderedList": gettext_lazy("Numbered list"),
    "blockquote": gettext_lazy("Quotation"),
    "pull": gettext_lazy("Pull quote"),
    "note": gettext_lazy("Mark of a note"),
    "horizontalRule": gettext_lazy("Line"),
    "link": gettext_lazy("Link"),
    "unlink": gettext_lazy("Remove link"),
    "history:undo": gettext_lazy("Undo"),
    "history:redo": gettext_lazy("Redo"),
}


WHERE_FROM = ("lock_version", "opened_from", "zone")
"""What the form says of the page: the version that a save checks, the revision that a merge starts from, the zone of its times."""


class ReportForm(forms.ModelForm):
    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    zone = ZoneField()
    opened_from = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    body = ProseEditorFormField(label=gettext_lazy("Body"), required=False, extensions=EXTENSIONS, sanitize=sanitise)
    call_to_action_link = forms.URLField(label=gettext_lazy("Link of the call to action"), required=False, assume_scheme="https")
    dateline_region = RegionField(label=gettext_lazy("Region of the dateline"), required=False)
    regions = RegionsField(
        label=gettext_lazy("Regions"),
        required=False,
        widget=NamesInput(list="region-names", first=gettext_lazy("main")),
        help_text=gettext_lazy(
            "The first is the main one. “World” when the report is about no region in particular."
            " Readers see them even where the place of the dateline is withheld."
        ),
    )
    tags = TagsField(label=gettext_lazy("Tags"), required=False, widget=NamesInput(list="tag-names"))

    class Meta:
        model = Report
        fields = (
            "dateline_on", "dateline_place", "dateline_mode", "dateline_source",
            "headline", "slug", "standfirst", "kind", "byline_mode", "event_on", "event_precision",
            "contact", "call_to_action", "backstory", "severity", "makes_allegation", "internal_note",
            "embargo_until", "expire_at",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 - Django reads it as it is
            "headline": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "internal_note": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "backstory": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "dateline_mode": forms.RadioSelect,
            "dateline_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "event_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        field_classes = dict.fromkeys(("embargo_until", "expire_at"), MomentField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        contact = cast(forms.ModelChoiceField, self.fields["contact"])
        contact.queryset = MediaContact.objects.filter(Q(active=True) | Q(pk=report.contact_id))
        contact.help_text = _("Closes the report: “For media interviews”.")
        self.fields["body"].widget.attrs.update(
            {"rows": 20, "data-editor-words": json.dumps({name: str(word) for name, word in WORDS.items()})}
        )
        for name in ("headline", "standfirst", "body", "dateline_place", "dateline_source", "call_to_action", "backstory"):
            self.fields[name].widget.attrs.update({"dir": "auto", **({"lang": report.language} if report.language else {})})
        self.fields["slug"].label = _("Short name in the address")
        self.fields["slug"].help_text = _("Blank: made from the headline when the report is submitted.")
        for name in ("slug", "call_to_action_link"):
            self.fields[name].widget.attrs["dir"] = "ltr"
        self.initial["lock_version"] = report.lock_version
        times_of(self, zone=self.data.get("zone", ""))
        self.initial["opened_from"] = standing(report) if report.pk and not self.is_bound else None
        self.initial["dateline_region"] = report.dateline_region
        self.initial["body"] = report.body
        if report.pk:
            self.initial["regions"] = [
                row.region for row in report.report_regions.select_related("region").order_by("-is_primary", "region__path")
            ]
            self.initial["tags"] = [row.tag for row in report.tagged.select_related("tag").order_by("tag__slug")]

    @property
    def zone_shown(self) -> str:
        """The zone in which the form's times are read."""
        return str(self["zone"].value() or "").replace("_", " ")

    def clean_headline(self) -> str:
        """One line: a line break that was typed or pasted is a space."""
        return " ".join(self.cleaned_data["headline"].split())

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {*WHERE_FROM, "body"}) or ("body" in self.changed_data and self._body_differs())

    def _body_differs(self) -> bool:
        return sanitise(self.data.get(self.add_prefix("body"), "")) != self.instance.body

    def changes(self) -> dict[str, Any]:
        """The cleaned fields as `workflow.actions.save` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in WHERE_FROM}

    def _post_clean(self) -> None:
        """Leaves the instance as it is: only the workflow writes it, and it checks what a model's clean would."""


@dataclass(frozen=True)
class Problem:
    """One thing to look at: which row of the page it is about, what that is called, and the sentence."""

    anchor: str
    label: str
    sentence: str


class ReportParts:
    """The form of a report with its rows of credits, sources and pictures, as one thing. `more` names the rows that get one more."""

    def __init__(self, data: Any, report: Report, *, by: User, more: str = "", past: Past | None = None) -> None:
        """`past` stands in for the rows that the report has now."""
        self.form = ReportForm(data, instance=report)
        if past:
            self.form.initial.update(regions=past.regions, tags=past.tags)
        self.by, self.choice = by, pictures_visible_to(by, report)
        given: dict[str, Any] = {"more": more, "past": past}
        self.pictures = _rows(PictureRows, data, report, "pictures", "report_images", PictureForm, **given, pictures=self.choice)
        self.citations = _rows(CitationRows, data, report, "citations", "citations", CitationForm, **given)
        self.credits = _rows(CreditRows, data, report, "credits", "credits", CreditForm, **given, choices={"byline": byline_choices()})
        self.formsets = (self.pictures, self.citations, self.credits)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(each.is_valid() for each in self.formsets)])

    def has_changed(self) -> bool:
        return self.form.has_changed() or any(each.has_changed() for each in self.formsets)

    def changes(self) -> dict[str, Any]:
        """All of it as `workflow.actions.save` takes it."""
        return {
            **self.form.changes(),
            "credits": self.credits.rows(),
            "citations": self.citations.rows(),
            "images": self.pictures.rows(),
        }

    @property
    def media(self) -> Any:
        return self.form.media

    @cached_property
    def region_names(self) -> list[str]:
        return all_region_names()

    @cached_property
    def tag_names(self) -> list[str]:
        return all_tag_names()

    @cached_property
    def newest_pictures(self) -> list[Image]:
        return newest_pictures(self.choice)

    def refuse(self, reasons: Any) -> None:
        """Puts the reasons of a refusal to the fields they name, the others above the form."""
        for reason in reasons:
            field = reason.field if reason.field in self.form.fields else None
            label = "" if field or not reason.field else f"{capfirst(reason.field)}: "
            self.form.add_error(field, f"{label}{reason.sentence}")

    def problems(self) -> list[Problem]:
        """Everything that is wrong with what was typed, in the order of the page."""
        if not self.form.is_bound:
            return []
        found = [Problem("", "", str(error)) for error in self.form.non_field_errors()]
        for field in self.form:
            found += [Problem(f"row-{field.auto_id}", str(field.label), str(error)) for error in field.errors]
        for rows in self.formsets:
            name = str(ROWS[str(rows.prefix)])
            found += [Problem(str(rows.prefix), name, str(error)) for error in rows.non_form_errors()]
            for number, form in enumerate(rows.forms, start=1):
                label = _("%(rows)s, row %(number)d") % {"rows": name, "number": number}
                found += [Problem(f"row-{rows.prefix}-{number - 1}", label, str(error)) for error in form.non_field_errors()]
                for field in form:
                    found += [Problem(f"row-{field.auto_id}", f"{label}, {field.label}", str(error)) for error in field.errors]
        return found


ROWS = {"pictures": gettext_lazy("Pictures"), "citations": gettext_lazy("Sources"), "credits": gettext_lazy("Credits")}


def _rows(
    kind: Any, data: Any, report: Report, prefix: str, relation: str, form: Any, *, more: str, past: Past | None, **kwargs: Any
) -> Rows:
    initial = past.rows[prefix] if past else initial_of(report, relation, form)
    rows: Rows = kind(data, prefix=prefix, initial=initial, language=report.language, more=more == prefix, **kwargs)
    return rows
