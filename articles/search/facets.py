"""By what a search can be narrowed, and how many of the matches looked at each choice would keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from articles.editions.words import KINDS
from articles.search.matching import Match
from articles.search.names import Named, Names
from articles.search.terms import FACT, fact

MOST = 8
PLACES = frozenset({"country", "territory", "admin1"})
KIND_OF = {fact("kind", kind): kind for kind in KINDS}
LANGUAGE_OF = {fact("language", code): code for code, _name in settings.LANGUAGES}


@dataclass(frozen=True)
class Narrowed:
    """What a search is narrowed by, as it stands in the address; an empty language is the page's own, `all` is every one."""

    region: Named | None = None
    tag: Named | None = None
    kind: str = ""
    year: int | None = None
    language: str = ""

    def facts(self, language: str) -> list[str]:
        """The marks that a match must have."""
        spoken = self.language or language
        found = [fact("language", spoken)] if spoken != "all" else []
        found += [fact(what, each.pk) for what, each in (("region", self.region), ("tag", self.tag)) if each]
        found += [fact("kind", self.kind)] if self.kind else []
        return found + ([fact("year", self.year)] if self.year is not None else [])


@dataclass(frozen=True)
class Choice:
    """One way to narrow: its value in the address, its name (that of a kind or language is for the page to say), and how many matches it keeps."""

    value: str
    name: str
    number: int


@dataclass(frozen=True)
class Facets:
    """The choices of each sort, the most frequent first, years newest first. A sort with one choice narrows nothing and is left out."""

    region: tuple[Choice, ...] = ()
    tag: tuple[Choice, ...] = ()
    year: tuple[Choice, ...] = ()
    kind: tuple[Choice, ...] = ()
    language: tuple[Choice, ...] = field(default=())


def facets_of(matches: Iterable[Match], names: Names, given: Narrowed) -> Facets:
    """The choices among the matches; what the search is narrowed by already is none, nor is what all of them have."""
    found = list(matches)
    counted: Counter[str] = Counter()
    for match in found:
        counted.update(match.facts.split())
    total = len(found)
    regions = _subjects("region", counted, names, total)
    regions = [each for each in regions if each[0].kind in PLACES and each[0] != given.region]
    tags = [each for each in _subjects("tag", counted, names, total) if each[0] != given.tag]
    years = sorted(((int(each[2:]), number) for each, number in counted.items() if each.startswith(f"{FACT}y")), reverse=True)
    kinds = [(KIND_OF[each], number) for each, number in counted.most_common() if each in KIND_OF]
    languages = [(LANGUAGE_OF[each], number) for each, number in counted.most_common() if each in LANGUAGE_OF]
    return Facets(
        region=tuple(Choice(each.slug, each.name, number) for each, number in regions[:MOST]),
        tag=tuple(Choice(each.slug, each.name, number) for each, number in tags[:MOST]),
        year=_several((str(year), number) for year, number in years),
        kind=_several(kinds),
        language=_several(languages),
    )


def _subjects(what: str, counted: Counter[str], names: Names, total: int) -> list[tuple[Named, int]]:
    start = f"{FACT}{what[0]}"
    ordered = sorted(((-number, mark) for mark, number in counted.items() if mark.startswith(start) and number < total))
    found = ((names.subjects.get((what, int(mark[2:]))), -number) for number, mark in ordered)
    return [(each, number) for each, number in found if each is not None]


def _several(choices: Iterable[tuple[str, int]]) -> tuple[Choice, ...]:
    found = tuple(Choice(value, "", number) for value, number in choices)
    return found[:MOST] if len(found) > 1 else ()
