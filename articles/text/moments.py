"""Times as the desk tells them: in the zone of who reads, and in UTC, so that two people in two countries mean the same minute."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

FORMS = {
    "full": ("j F Y", "H:i"),
    "second": ("j F Y", "H:i:s"),
    "short": ("j M Y", "H:i"),
    "day": ("j F", "H:i"),
    "time": ("", "H:i"),
    "clock": ("", "H:i:s"),
}
"""How much of a time is told: (its day, its hour)."""


def moment(at: dt.datetime | None, form: str = "full") -> str:
    """The time in the zone that is active, then in UTC: “4 March 2026, 19:10 (16:10 UTC)”; once, where both are the same. Blank for None."""
    if at is None:
        return ""
    local, utc = timezone.localtime(at), at.astimezone(dt.UTC)
    day, hour = FORMS[form]
    said = _said(local, day, hour)
    if local.utcoffset() == dt.timedelta(0):
        return _("%(time)s UTC") % {"time": said}
    other = time_format(utc, hour) if local.date() == utc.date() else _said(utc, "j F", hour)
    return _("%(time)s (%(utc)s UTC)") % {"time": said, "utc": other}


def zone_shown() -> str:
    """The name of the active zone, for a label: “Africa/Nairobi”."""
    return timezone.get_current_timezone_name().replace("_", " ")


def _said(at: dt.datetime, day: str, hour: str) -> str:
    if not day:
        return time_format(at, hour)
    return _("%(day)s, %(time)s") % {"day": date_format(at, day), "time": time_format(at, hour)}
