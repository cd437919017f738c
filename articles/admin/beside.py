"""The text of a translation's source, beside the fields in which it is translated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.admin.report_forms import ReportParts
from articles.admin.translations import Lag, lag_of, rows_of
from articles.people.models import User
from articles.reports.models import Report, Revision
from articles.text.sanitise import sanitise


@dataclass(frozen=True)
class Beside:
    """One text of the source: its language, the label under which it folds, and its HTML, which is safe. `long`: it scrolls within itself."""

    lang: str
    dir: str
    label: str
    text_html: SafeString
    long: bool = False


def put_beside(parts: ReportParts, lag: Lag) -> None:
    """Gives each field of the form that holds words the same words of the source, from the revision that was translated."""
    public = lag.standing.made_from.content.get("public")
    if not public or not lag.shown:
        return
    for field, text, long in _texts(parts, public):
        html = mark_safe(sanitise(text)) if long else escape(text)  # noqa: S308 - it leaves the sanitiser
        if text.strip():
            field.beside = Beside(  # type: ignore[attr-defined]  # read by the template of a row
                public["language"], lag.source_dir, _label(lag.source_name, lag.standing.made_from), html, long
            )


def _texts(parts: ReportParts, public: dict[str, Any]) -> Iterator[tuple[forms.Field, str, bool]]:
    """(field of the form, text of the source, whether it is HTML)"""
    fields = parts.form.fields
    for name in ("headline", "standfirst", "body"):
        yield fields[name], public[name], name == "body"
    yield fields["dateline_place"], public["dateline"]["place"], False
    yield fields["call_to_action"], public["call_to_action"]["text"], False
    yield fields["backstory"], public.get("backstory", ""), False
    pictures = {str(row["image"]): row for row in public["pictures"]}
    for form in parts.pictures.forms:
        image = form["image"].value()
        row = pictures.get(str(getattr(image, "pk", image)))
        for name in ("alt", "caption"):
            if row:
                yield form.fields[name], row[name], False


def _label(language: str, revision: Revision) -> str:
    return _("Source: %(language)s, revision %(number)d") % {"language": language, "number": revision.number}


def in_languages(report: Report | None, parts: ReportParts, *, by: User, writes: bool) -> dict[str, Any]:
    """What the page of a report shows of its other languages; on a translation's form the source stands beside the fields."""
    if report is None:
        return {}
    lag = lag_of(report, by=by)
    if lag and writes:
        put_beside(parts, lag)
    return {"site_languages": rows_of(report, by=by), "lag": lag}
