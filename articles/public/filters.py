"""The archive's filter: django-filter parses the GET form; the list is then read by its key, not by the parsed query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict

from articles.editions.models import Edition
from articles.editions.selections import TABLES, Condition, Selection
from articles.editions.spans import midnight
from articles.editions.used import Used, used_elsewhere, used_in
from articles.editions.words import KINDS, PLAIN_KINDS
from articles.public.pages import shell_of
from articles.public.request import ReaderRequest

NAMES = ("author", "corrected", "from", "kind", "language", "region", "tag", "to")
SUBJECTS = ("region", "tag", "author")
ALL_LANGUAGES = "all"
MOST_TAGS = 10
LONGEST_VALUE = 80
NARROWEST = list(TABLES)
LANGUAGES = [code for code, _name in settings.LANGUAGES]

Given = tuple[tuple[str, str], ...]
"""The filters that are really set, in the order of the canonical address."""


class SeveralField(forms.Field):
    """A field that may stand in a query more than once."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        return sorted({each for each in value or [] if each})[:MOST_TAGS]


class SeveralFilter(django_filters.Filter):
    field_class = SeveralField


class ArchiveFilter(django_filters.FilterSet):  # type: ignore[name-defined]  # as above
    """The shape of the form: slugs, of tags several, a kind, a language or all, a mark, two days."""

    region = django_filters.CharFilter()
    tag = SeveralFilter()
    author = django_filters.CharFilter()
    kind = django_filters.ChoiceFilter(choices=[(kind, kind) for kind in KINDS if kind not in PLAIN_KINDS])
    language = django_filters.ChoiceFilter(choices=[(code, code) for code in (*LANGUAGES, ALL_LANGUAGES)])
    corrected = django_filters.ChoiceFilter(choices=[("yes", "yes")])

    class Meta:
        model = Edition
        fields: tuple[str, ...] = ()


ArchiveFilter.base_filters["from"] = django_filters.DateFilter()  # words of Python cannot be attributes
ArchiveFilter.base_filters["to"] = django_filters.DateFilter()


@dataclass(frozen=True)
class Asked:
    """What a query asks for. `selection` is None when something is asked for that stands under no report in these languages.

    `found` are the regions, tags and authors by (what, slug); those that only other languages have are there when one was asked for.
    `wrong` are the fields that hold no day, and what they hold. `is_foreign`: a name had to be looked up in another language's reports.
    """

    given: Given
    selection: Selection | None
    found: dict[tuple[str, str], Used] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    is_foreign: bool = False

    @property
    def missing(self) -> list[tuple[str, str]]:
        """The (what, slug) that stand under no report in these languages."""
        return [each for each in self.given if each[0] in SUBJECTS and each not in self.found]

    def value(self, name: str) -> str:
        return next((text for each, text in self.given if each == name), "")


_used: dict[str, tuple[int, list[Used]]] = {}


def used(request: ReaderRequest) -> list[Used]:
    """The regions, tags, authors and kinds that have reports in the page's language, by name; read once per stamp and process."""
    language = request.language
    stamp = shell_of(request).stamp
    kept = _used.get(language)
    if kept is None or kept[0] != stamp:
        kept = _used[language] = (stamp, sorted(used_in(language), key=lambda each: each.name.casefold()))
    return kept[1]


def forget() -> None:
    """Drops what was read: for tests, which count the same stamp twice."""
    _used.clear()


def asked_of(request: ReaderRequest) -> Asked:
    """What the query asks for. Whatever stands in it: what has the wrong shape counts as not asked for, a day that is none is named as wrong."""
    query = {name: texts for name in NAMES if (texts := _cleaned(request.GET.getlist(name)))}
    if not query:
        return Asked((), Selection(request.language))
    form = ArchiveFilter(MultiValueDict(query), queryset=Edition.objects.none()).form
    form.is_valid()
    cleaned = {name: value for name, value in form.cleaned_data.items() if value}
    if cleaned.get("language") == request.language:
        del cleaned["language"]
    wrong = {name: query[name][-1] for name in ("from", "to") if name in form.errors}
    return _looked_up(request, cleaned, wrong, None)


def asked_with(request: ReaderRequest, given: Given, known: Mapping[tuple[str, str], Used]) -> Asked:
    """The same for other canonical filters; of regions, tags and authors that the page's language lacks, only those `known` are found."""
    cleaned: dict[str, Any] = {name: dt.date.fromisoformat(text) if name in ("from", "to") else text for name, text in given}
    if tags := [text for name, text in given if name == "tag"]:
        cleaned["tag"] = tags
    return _looked_up(request, cleaned, {}, known)


def languages_of(request: ReaderRequest, chosen: str) -> tuple[str, ...]:
    """The languages whose reports are listed: the page's, unless the filter says otherwise; what it shows is then marked with its own."""
    if chosen == ALL_LANGUAGES:
        return (request.language, *(code for code in LANGUAGES if code != request.language))
    return (chosen or request.language,)


def _looked_up(
    request: ReaderRequest, cleaned: dict[str, Any], wrong: dict[str, str], known: Mapping[tuple[str, str], Used] | None
) -> Asked:
    given = tuple(sorted((name, text) for name, value in cleaned.items() for text in _texts(value)))
    languages, may_ask = languages_of(request, cleaned.get("language", "")), known is None
    named = {each for each in given if each[0] in SUBJECTS}
    here = {(each.what, each.slug): each for each in used(request)} if named or len(given) > 1 else {}
    known = known or {}
    found = {each: known.get(each) or here[each] for each in given if each in named and (each in known or each in here)}
    is_foreign = bool(named - found.keys()) and languages != (request.language,) and may_ask
    if is_foreign:
        lacking = used_elsewhere(named - found.keys(), languages=languages, named_in=request.language)
        found |= {(each.what, each.slug): each for each in lacking}
    if named - found.keys():
        return Asked(given, None, found, wrong, is_foreign)
    ids = {name: [found[name, text].pk for each, text in given if each == name] for name in SUBJECTS}
    selection = Selection(
        languages[0],
        also=languages[1:],
        region=next(iter(ids["region"]), None),
        tags=tuple(ids["tag"]),
        byline=next(iter(ids["author"]), None),
        kind=cleaned.get("kind", ""),
        corrected=bool(cleaned.get("corrected")),
        since=midnight(_near(cleaned["from"])) if cleaned.get("from") else None,
        until=midnight(_near(cleaned["to"]) + dt.timedelta(days=1)) if cleaned.get("to") else None,
        order=_rarest_first([*found.values(), *(here[each] for each in given if each in here and each[0] not in SUBJECTS)]),
    )
    return Asked(given, selection, found, wrong, is_foreign)


def _rarest_first(known: Iterable[Used]) -> tuple[Condition, ...]:
    """The conditions that these give, by how many reports a day they lately had."""
    rates: dict[Condition, float] = {
        (each.what, each.pk if each.what in SUBJECTS else "" if each.what == "corrected" else each.slug): each.rate for each in known
    }
    return tuple(sorted(rates, key=lambda condition: (rates[condition], NARROWEST.index(condition[0]), condition[1])))


def _cleaned(texts: list[str]) -> list[str]:
    """Without what cannot be shown, and of a length that a slug may have."""
    shown = ("".join(char for char in text if char.isprintable()).strip()[:LONGEST_VALUE] for text in texts[:50])
    return [text for text in shown if text]


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return value
    return [value.isoformat() if isinstance(value, dt.date) else str(value)]


def _near(on: dt.date) -> dt.date:
    """The day, or the nearest of those that every time zone has."""
    return min(max(on, dt.date(2, 1, 1)), dt.date(9998, 12, 31))
