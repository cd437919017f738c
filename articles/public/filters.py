"""The archive's filter: django-filter parses the GET form; the list is then read by its key, not by the parsed query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.editions.lists import Selection
from articles.editions.models import Edition
from articles.editions.spans import midnight
from articles.editions.used import Used, used_in
from articles.editions.words import KINDS, PLAIN_KINDS
from articles.public.pages import shell_of
from articles.public.request import ReaderRequest

NAMES = ("region", "tag", "kind", "author", "from", "to")
SUBJECTS = ("region", "tag", "author")


class ArchiveFilter(django_filters.FilterSet):  # type: ignore[name-defined]  # the package's star imports hide it from mypy
    """The shape of the form: slugs, a kind, two days."""

    region = django_filters.CharFilter(max_length=80)
    tag = django_filters.CharFilter(max_length=80)
    author = django_filters.CharFilter(max_length=80)
    kind = django_filters.ChoiceFilter(choices=[(kind, kind) for kind in KINDS if kind not in PLAIN_KINDS])

    class Meta:
        model = Edition
        fields: tuple[str, ...] = ()


ArchiveFilter.base_filters["from"] = django_filters.DateFilter()  # words of Python cannot be attributes
ArchiveFilter.base_filters["to"] = django_filters.DateFilter()

_used: dict[str, tuple[int, list[Used]]] = {}


def used(request: ReaderRequest) -> list[Used]:
    """The regions, tags and authors that have reports in the page's language; read once per stamp and process."""
    language = request.language
    stamp = shell_of(request).stamp
    kept = _used.get(language)
    if kept is None or kept[0] != stamp:
        kept = _used[language] = (stamp, sorted(used_in(language), key=lambda each: each.name.casefold()))
    return kept[1]


def forget() -> None:
    """Drops what was read: for tests, which count the same stamp twice."""
    _used.clear()


def selection_of(request: ReaderRequest) -> tuple[Selection | None, dict[str, str]]:
    """The selection that the query asks for, and the filters that it really sets. None when a slug is used nowhere: nothing fits."""
    data = request.GET
    if not any(data.get(name) for name in NAMES):
        return Selection(language=request.language), {}
    form = ArchiveFilter({name: data[name].replace("\x00", "") for name in NAMES if data.get(name)}, queryset=Edition.objects.none()).form
    form.is_valid()
    cleaned = {name: value for name, value in form.cleaned_data.items() if value}
    given = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in cleaned.items()}
    ids: dict[str, int | None] = {}
    for name in SUBJECTS:
        if name in cleaned:
            ids[name] = next((each.pk for each in used(request) if each.what == name and each.slug == cleaned[name]), None)
    if None in ids.values():
        return None, given
    selection = Selection(
        language=request.language,
        region=ids.get("region"),
        tag=ids.get("tag"),
        byline=ids.get("author"),
        kind=cleaned.get("kind", ""),
        since=midnight(_near(cleaned["from"])) if cleaned.get("from") else None,
        until=midnight(_near(cleaned["to"]) + dt.timedelta(days=1)) if cleaned.get("to") else None,
    )
    return selection, given


def filters_html(request: ReaderRequest, given: Mapping[str, str], path: str) -> str:
    """The filter form, with what is chosen."""
    kinds = [(kind, str(label)) for kind, label in KINDS.items() if kind not in PLAIN_KINDS]
    selects = [("region", _("Region"), _pairs(request, "region")), ("tag", _("Tag"), _pairs(request, "tag")), ("kind", _("Kind"), kinds)]
    selects.append(("author", _("Author"), _pairs(request, "author")))
    fields: list[dict[str, Any]] = [
        {
            "name": name, "label": label, "kind": "select",
            "options": [{"value": "", "label": _("Any"), "is_chosen": name not in given}]
            + [{"value": value, "label": text, "is_chosen": given.get(name) == value} for value, text in pairs],
        }
        for name, label, pairs in selects
    ]  # fmt: skip
    fields += [
        {"name": name, "label": label, "kind": "date", "value": given.get(name, "")}
        for name, label in (("from", _("From")), ("to", _("To")))
    ]
    return render_to_string("public/_filters.html", {"path": path, "is_open": bool(given), "fields": fields})


def chosen_filters(request: ReaderRequest, given: Mapping[str, str], path: str) -> list[dict[str, str]]:
    """What the list shows now, each with the address that takes it away."""
    labels = {"region": _("Region"), "tag": _("Tag"), "kind": _("Kind"), "author": _("Author"), "from": _("From"), "to": _("To")}
    chosen = []
    for name, value in given.items():
        shown = str(KINDS.get(value, value)) if name == "kind" else dict(_pairs(request, name)).get(value, value)
        rest = urlencode({each: text for each, text in given.items() if each != name})
        chosen.append({"label": labels[name], "value": shown, "remove_path": f"{path}?{rest}" if rest else path})
    return chosen


def _pairs(request: ReaderRequest, what: str) -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in used(request) if each.what == what] if what in SUBJECTS else []


def _near(on: dt.date) -> dt.date:
    """The day, or the nearest of those that every time zone has."""
    return min(max(on, dt.date(2, 1, 1)), dt.date(9998, 12, 31))
