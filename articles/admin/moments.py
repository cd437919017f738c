"""A field for a time as somebody at the desk types it: in their own zone, where some hours come twice and some never."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from articles.text.zones import zone_named


class ZoneField(forms.CharField):
    """The zone in which a page showed its times: what is typed there is meant in it, whatever its writer has chosen since."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 64, "initial": timezone.get_current_timezone_name, **kwargs})


class MomentField(forms.DateTimeField):
    """A time in the zone of `zone` (blank: the active one). `standing` is what it was: a time that nobody touched stays to the second."""

    zone = ""
    standing: dt.datetime | None = None
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> dt.datetime | None:
        zone = zone_named(self.zone) or timezone.get_current_timezone()
        with timezone.override(dt.UTC):  # what is typed comes back as it is read, in no zone's hours
            read = super().to_python(value)
        if read is None or not isinstance(value, str) or value.rstrip().endswith(("Z", "z")) or "+" in value:
            return read
        typed = read.replace(tzinfo=None)
        if self.standing and self.standing.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0) == typed:
            return self.standing
        try:
            return _meant(typed, zone)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def times_of(form: forms.BaseForm, *, zone: str) -> None:
    """Lets every field of times in the form read what is typed in that zone."""
    for name, field in form.fields.items():
        if isinstance(field, MomentField):
            field.zone, field.standing = zone, form.get_initial_for_field(field, name) or None


def _meant(typed: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The one moment that a local time names, in UTC; says so when there are two, or none."""
    earlier, later = (typed.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    named = {"time": time_format(typed, "H:i"), "zone": str(zone).replace("_", " ")}
    if earlier.astimezone(zone).replace(tzinfo=None) != typed:
        sentence = _("The clocks go forward that night in %(zone)s and skip %(time)s: choose a time before or after.")
        raise ValidationError(sentence % named, code="no_such_time")
    if earlier != later:
        both = {"first": time_format(earlier, "H:i"), "second": time_format(later, "H:i")}
        sentence = _(
            "The clocks go back that night in %(zone)s, and %(time)s comes twice, at %(first)s and at %(second)s UTC: "
            "choose an hour before or after, or work in UTC (“Account”)."
        )
        raise ValidationError(sentence % {**named, **both}, code="twice")
    return earlier
