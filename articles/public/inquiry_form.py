"""The shape of an inquiry, and the one-time token of its form."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.taxonomy.models import Region
from articles.taxonomy.names import region_names
from articles.text.languages import own_name

SALT = "inquiry"
QUICKEST = dt.timedelta(seconds=3)
LONGEST = dt.timedelta(hours=2)
TOPICS = (
    ("interview", gettext_lazy("An interview")),
    ("facts", gettext_lazy("Facts or figures")),
    ("contact", gettext_lazy("A contact in a region")),
    ("pictures", gettext_lazy("Pictures or documents")),
    ("other", gettext_lazy("Something else")),
)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix", "right")))


@dataclass(frozen=True)
class Token:
    """What a form's token says: it may be used once, from `not_before` to `until`."""

    digest: str
    until: dt.datetime


def new_token(*, at: dt.datetime | None = None) -> str:
    """A signed token for one form."""
    at = at or timezone.now()
    return signing.dumps([secrets.token_urlsafe(12), int(at.timestamp())], salt=SALT)


def read_token(text: str, *, at: dt.datetime | None = None) -> Token | None:
    """The token if it is ours, old enough for a person to have typed, and not older than two hours."""
    at = at or timezone.now()
    try:
        nonce, made = signing.loads(text, salt=SALT)
        made_at = dt.datetime.fromtimestamp(made, dt.UTC)
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None
    if not QUICKEST <= at - made_at <= LONGEST:
        return None
    return Token(hashlib.sha256(str(nonce).encode()).hexdigest(), made_at + LONGEST)


class InquiryForm(forms.Form):
    """Everything a journalist is asked. `website` is the trap for machines: people do not see it."""

    topic = forms.ChoiceField(label=gettext_lazy("What do you need?"), choices=TOPICS)
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"), max_length=200, help_text=gettext_lazy("Newspaper, station, agency, or “freelance”.")
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    reach = forms.CharField(
        label=gettext_lazy("How can we reach you?"),
        max_length=300,
        help_text=gettext_lazy("A telephone number, an e-mail address, or a messenger."),
    )
    deadline_on = forms.DateField(label=gettext_lazy("Deadline: day"), required=False)
    deadline_time = forms.TimeField(label=gettext_lazy("Time"), required=False)
    deadline_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"))
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    message = forms.CharField(
        label=gettext_lazy("Your question"), max_length=4000, widget=forms.Textarea, help_text=gettext_lazy("At most 4,000 characters.")
    )
    report = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False, max_length=300)
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, site_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = list(Region.objects.exclude(kind="world"))
        names = region_names(regions, site_language)
        self.regions = {region.slug: region for region in regions}
        region, language, zone = (cast(forms.ChoiceField, self.fields[name]) for name in ("region", "language", "deadline_zone"))
        region.choices = [
            ("", _("No region in particular")),
            *sorted(((each.slug, names[each.pk]) for each in regions), key=lambda pair: pair[1]),
        ]
        language.choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        zone.choices = [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in ZONES)]
        self.initial.setdefault("language", site_language)
        for name, field in self.fields.items():
            self._describe(name, field)

    def _describe(self, name: str, field: forms.Field) -> None:
        described = [f"{name}-hint"] if field.help_text else []
        if self.is_bound and name in self.errors:
            described.append(f"{name}-wrong")
            field.widget.attrs["aria-invalid"] = "true"
        if described:
            field.widget.attrs["aria-describedby"] = " ".join(described)
        if name in ("outlet", "name", "reach", "message"):
            field.widget.attrs["dir"] = "auto"
        kind = {"deadline_on": "date", "deadline_time": "time"}.get(name)
        if kind:
            field.widget.input_type = kind
        if name == "website":
            field.widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    def clean_message(self) -> str:
        return self._printable(self.cleaned_data["message"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on, at = cleaned.get("deadline_on"), cleaned.get("deadline_time")
        if at and not on and "deadline_on" not in self.errors:
            self.add_error("deadline_on", _("Give the day of the deadline too, or leave both empty."))
        cleaned["deadline_at"] = None
        if on and "deadline_time" not in self.errors:
            if not 2000 <= on.year <= 9000:
                self.add_error("deadline_on", _("Give a day that can come, as 2026-11-30."))
            else:
                zone = ZoneInfo(cleaned.get("deadline_zone") or "UTC")
                cleaned["deadline_at"] = dt.datetime.combine(on, at or dt.time(23, 59), zone).astimezone(dt.UTC)
        return cleaned

    def text(self) -> dict[str, str]:
        """What is sealed."""
        sealed = ("topic", "outlet", "name", "reach", "message", "language", "region", "report")
        text = {name: self._printable(str(self.cleaned_data[name])) for name in sealed}
        deadline = self.cleaned_data["deadline_at"]
        return {**text, "deadline": deadline.isoformat() if deadline else "", "zone": self.cleaned_data["deadline_zone"] or "UTC"}

    @staticmethod
    def _printable(text: str) -> str:
        return "".join(char for char in text if char.isprintable() or char in "\n\t")
