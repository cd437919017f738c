"""The shape of an inquiry, and the one-time token of its form."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core import signing
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.inquiries.models import MediaInquiry
from articles.taxonomy.models import Region
from articles.taxonomy.names import region_names
from articles.text.languages import own_name
from articles.text.zones import zones_by_continent

SALT = "inquiry"
QUICKEST = dt.timedelta(seconds=3)
LONGEST = dt.timedelta(hours=2)
FARTHEST_YEARS = 10
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
PERSONAL = {"outlet": "organization", "name": "name"}
"""Field -> what a browser may fill in (WCAG 1.3.5)."""


@dataclass(frozen=True)
class Token:
    """What a form's token says: it may be used once, until then."""

    digest: str
    until: dt.datetime


class TooQuick(Exception):
    """The form came back sooner than a person types."""


class TooOld(Exception):
    """The form was open too long, or its token is not ours."""


def new_token(*, at: dt.datetime | None = None) -> str:
    """A signed token for one form."""
    at = at or timezone.now()
    return signing.dumps([secrets.token_urlsafe(12), int(at.timestamp())], salt=SALT)


def read_token(text: str, *, at: dt.datetime | None = None) -> Token:
    """The token, if it is ours, old enough for a person to have typed, and not older than two hours. Raises TooQuick, TooOld."""
    at = at or timezone.now()
    try:
        nonce, made = signing.loads(text, salt=SALT)
        made_at = dt.datetime.fromtimestamp(made, dt.UTC)
    except (signing.BadSignature, ValueError, TypeError, OverflowError) as error:
        raise TooOld from error
    if at - made_at < QUICKEST:
        raise TooQuick
    if at - made_at > LONGEST:
        raise TooOld
    return Token(hashlib.sha256(str(nonce).encode()).hexdigest(), made_at + LONGEST)


class TextField(forms.CharField):
    """Text as it was typed, but for what commands a terminal; a line break is one character, as browsers count it."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if not isinstance(self.widget, forms.Textarea):
            text = " ".join(text.split())
        return CONTROLS.sub("", text)


class LongSelect(forms.Select):
    """A select whose hundreds of options are joined as strings: Django renders a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join("", "{}", ((self._drawn(key, label, chosen),) for key, label in self.choices))
        return format_html("<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), options)

    def _drawn(self, key: Any, label: Any, chosen: str) -> SafeString:
        if isinstance(label, list | tuple):
            inner = format_html_join("", "{}", ((self._drawn(each, text, chosen),) for each, text in label))
            return format_html('<optgroup label="{}">{}</optgroup>', key, inner)
        return format_html('<option value="{}"{}>{}</option>', key, flatatt({"selected": str(key) == chosen}), label)


class InquiryForm(forms.Form):
    """Everything a journalist is asked. `website` is the trap for machines: people do not see it."""

    topic = forms.ChoiceField(label=gettext_lazy("What do you need?"), choices=MediaInquiry.Topic.choices)
    outlet = TextField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        help_text=gettext_lazy("Newspaper, station, agency, or “freelance”."),
        error_messages={"required": gettext_lazy("Say for whom you write, or write “freelance”.")},
    )
    name = TextField(
        label=gettext_lazy("Your name"), max_length=200, error_messages={"required": gettext_lazy("Say whom we should ask for.")}
    )
    reach = TextField(
        label=gettext_lazy("How can we reach you?"),
        max_length=300,
        help_text=gettext_lazy("A telephone number, an e-mail address, or a messenger."),
        error_messages={"required": gettext_lazy("Give one way to reach you: we keep no other.")},
    )
    deadline_on = forms.DateField(
        label=gettext_lazy("Deadline: day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("Leave it empty if you have none."),
        error_messages={"invalid": gettext_lazy("Write the day as year, month, day: 2030-11-30.")},
    )
    deadline_time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        help_text=gettext_lazy("If empty: the end of that day."),
        error_messages={"invalid": gettext_lazy("Write the time with hours and minutes: 17:30.")},
    )
    deadline_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        widget=LongSelect,
        required=False,
        help_text=gettext_lazy("Where your clock shows that time."),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the time zones in the list.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"))
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, widget=LongSelect)
    report = TextField(
        label=gettext_lazy("About which report?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Its address on this site; leave it empty if you ask about none."),
    )
    message = TextField(
        label=gettext_lazy("Your question"),
        max_length=4000,
        widget=forms.Textarea,
        help_text=gettext_lazy("At most 4,000 characters."),
        error_messages={"required": gettext_lazy("Write what you want to know.")},
    )
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False, max_length=300)
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, site_language: str, at: dt.datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at or timezone.now()
        regions = list(Region.objects.exclude(kind="world"))
        names = region_names(regions, site_language)
        self.regions = {region.slug: region for region in regions}
        region, language, zone = (cast(forms.ChoiceField, self.fields[name]) for name in ("region", "language", "deadline_zone"))
        region.choices = [
            ("", _("No region in particular")),
            *sorted(((each.slug, names[each.pk]) for each in regions), key=lambda pair: pair[1]),
        ]
        language.choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        zone.choices = [("", _("Choose your time zone")), ("UTC", "UTC"), *zones_by_continent(site_language)]
        self.initial.setdefault("language", site_language)
        for name, field in self.fields.items():
            self._dress(name, field)

    def rows(self) -> list[dict[str, Any]]:
        """The visible fields in their order, each with its hint and what is wrong with it."""
        rows = []
        for name, field in self.fields.items():
            if name not in ("website", "token"):
                errors = [str(each) for each in self.errors.get(name, [])] if self.is_bound else []
                rows.append({"name": name, "field": self[name], "hint": field.help_text, "errors": errors})
                described = [f"{name}-wrong"] * bool(errors) + [f"{name}-hint"] * bool(field.help_text)
                if described:
                    field.widget.attrs["aria-describedby"] = " ".join(described)
                if errors:
                    field.widget.attrs["aria-invalid"] = "true"
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["deadline_at"] = None
        fields = ("deadline_on", "deadline_time", "deadline_zone")
        if not any(name in self.errors for name in fields):
            on, at, zone = (cleaned.get(name) for name in fields)
            if on is None and at:
                self.add_error("deadline_on", _("Give the day of the deadline too, or leave both empty."))
            elif on and not zone:
                self.add_error("deadline_zone", _("Choose the time zone of your deadline."))
            elif on:
                cleaned["deadline_at"] = self._deadline(on, at or dt.time(23, 59), str(zone))
        return cleaned

    def _deadline(self, on: dt.date, at: dt.time, zone: str) -> dt.datetime | None:
        """The moment in UTC; of two equal hours, when clocks go back, the earlier one."""
        if on.year > self.at.year + FARTHEST_YEARS:
            self.add_error("deadline_on", _("This deadline is many years away: is the year right?"))
            return None
        local = dt.datetime.combine(max(on, self.at.date() - dt.timedelta(days=2)), at, ZoneInfo(zone))
        moment = local.astimezone(dt.UTC)
        if moment <= self.at:
            self.add_error("deadline_on", _("This deadline has passed: give one that is to come, or none."))
        elif moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error("deadline_time", _("The clocks go forward that day, and skip this time: give another."))
        return moment

    def text(self) -> dict[str, str]:
        """What is sealed."""
        sealed = ("topic", "outlet", "name", "reach", "message", "language", "region", "report")
        deadline, zone = self.cleaned_data["deadline_at"], self.cleaned_data["deadline_zone"]
        local = deadline.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") if deadline else ""
        return {**{name: str(self.cleaned_data[name]) for name in sealed}, "deadline": local, "zone": zone if deadline else ""}

    @staticmethod
    def _dress(name: str, field: forms.Field) -> None:
        attrs = field.widget.attrs
        if isinstance(field, TextField):
            attrs["dir"] = "ltr" if name == "report" else "auto"
        if name in PERSONAL:
            attrs["autocomplete"] = PERSONAL[name]
        kind = {"deadline_on": "date", "deadline_time": "time"}.get(name)
        if kind:
            field.widget.input_type = kind
        if name == "website":
            attrs.update({"tabindex": "-1", "autocomplete": "off"})
