"""Regions and tags chosen by their names: inputs that the browser completes from a list on the page, with and without a script."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.taxonomy.models import Region, Tag, TagName
from articles.taxonomy.names import named, region_names, tag_names
from articles.text.analyser import fold

MOST_TAGS = 1000  # what a list on the page can hold; any other tag is taken by its name all the same
MOST_NAMES = 60


def language() -> str:
    """The desk's language for this person."""
    return get_language() or settings.MAIN_LANGUAGE


def all_region_names() -> list[str]:
    """Every region's name in the desk's language, sorted."""
    return sorted(region_names(list(Region.objects.all()), language()).values(), key=fold)


def all_tag_names() -> list[str]:
    """The tags' names in the desk's language, sorted; the newest 1,000."""
    return sorted(tag_names(list(Tag.objects.filter(merged_into=None).order_by("-pk")[:MOST_TAGS]), language()).values(), key=fold)


class NamesInput(forms.Widget):
    """One input a name and a few empty ones; `list` names the list that completes them. The first can have a meaning of its own."""

    def __init__(self, *, list: str, first: Any = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.list, self.first = list, first

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [each for each in given if each.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        values = list(value or [])
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "described": (attrs or {}).get("aria-describedby", ""),
            "wrong": (attrs or {}).get("aria-invalid", ""),
            "list": self.list,
            "first": self.first,
            "values": [*values, *[""] * (3 if values else 2)],
        }
        return render_to_string("admin/articles/report/_names.html", context)


class OneLine(forms.TextInput):
    """One input for several names, with commas between."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [data.get(name, "")]

    def format_value(self, value: Any) -> str:
        return ", ".join(value or ())


class NamesField(forms.Field):
    """Several things by name; `found` says which one a name means."""

    def found(self, name: str) -> Any:
        raise NotImplementedError

    def shown(self, things: list[Any]) -> list[str]:
        raise NotImplementedError

    def prepare_value(self, value: Any) -> list[str]:
        value = list(value or [])
        return value if not value or isinstance(value[0], str) else self.shown(value)

    def to_python(self, value: Any) -> list[Any]:
        found, errors = {}, []
        for name in [name for given in value or () for name in split(given)][:MOST_NAMES]:
            try:
                found[self.found(name)] = True
            except forms.ValidationError as error:
                errors.append(error)
        if errors:
            raise forms.ValidationError(errors)
        return list(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != list(initial or [])
        except forms.ValidationError:
            return True


class RegionsField(NamesField):
    """Regions by name, alias or ISO code; the first is the main one."""

    def found(self, name: str) -> Region:
        return region_named(name)

    def shown(self, things: list[Region]) -> list[str]:
        names = region_names(things, language())
        return [names[region.pk] for region in things]


class TagsField(NamesField):
    """Tags by name, in any of the site's languages; only tags that exist. A merged tag means the one that it was merged into."""

    def found(self, name: str) -> Tag:
        tag = Tag.objects.filter(name__iexact=name[:100]).first()
        if tag is None:
            other = TagName.objects.filter(name__iexact=name[:100]).select_related("tag").first()
            tag = other.tag if other else None
        if tag is None:
            sentence = _("There is no tag “%(name)s”: choose one of the list, or ask an editor to add it.")
            raise forms.ValidationError(sentence, params={"name": name[:100]})
        return tag.merged_into or tag

    def shown(self, things: list[Tag]) -> list[str]:
        names = tag_names(things, language())
        return [names[tag.pk] for tag in things]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return set(self.to_python(data)) != set(initial or [])  # tags have no order
        except forms.ValidationError:
            return True


class RegionField(forms.Field):
    """One region by its name, alias or ISO code."""

    widget = forms.TextInput(attrs={"list": "region-names", "dir": "auto", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return region_names([value], language())[value.pk] if isinstance(value, Region) else value

    def to_python(self, value: Any) -> Region | None:
        name = (value or "").replace("\x00", "").strip()
        return region_named(name) if name else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True


def region_named(name: str) -> Region:
    """The one region of that name. Raises ValidationError with a sentence when there is none, or more than one."""
    found = named(name)
    if not found:
        sentence = _("There is no region “%(name)s”: choose one of the list.")
        raise forms.ValidationError(sentence, params={"name": name[:100]})
    if len(found) > 1 and (exact := [region for region in found if name in (region.name, region_names([region], language())[region.pk])]):
        found = exact
    if len(found) > 1:
        sentence = _("More than one region is called “%(name)s”: write its code instead (%(codes)s).")
        codes = ", ".join(filter(None, (region.iso_alpha2 or region.un_m49 for region in found)))
        raise forms.ValidationError(sentence, params={"name": name[:100], "codes": codes})
    return found[0]


def split(text: str) -> list[str]:
    """Names with commas between, Arabic and ideographic ones included, in their order; without NUL, which PostgreSQL takes in no text."""
    return [name for name in (each.strip() for each in re.split("[,،、，]", text.replace("\x00", ""))) if name]
