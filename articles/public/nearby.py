"""What a reader may have meant whose filters fit nothing: fewer of them, a wider region, another language. Only what holds something is offered."""

from __future__ import annotations

from collections.abc import Iterator

from articles.editions.lists import filled
from articles.editions.selections import Selection
from articles.editions.used import used_elsewhere
from articles.public.filter_words import address_of, sentence
from articles.public.filters import ALL_LANGUAGES, LANGUAGES, Asked, Given, asked_with, used
from articles.public.request import ReaderRequest

MOST = 8
WIDER = 3
"""So many regions around the one that was asked for are tried, the nearest first."""


def nearby(request: ReaderRequest, asked: Asked, path: str) -> list[dict[str, str]]:
    """(.path .label) of lists that hold something; at most one statement for names of other languages and one for all lists."""
    if asked.is_foreign or not asked.given:
        return []
    others = [code for code in LANGUAGES if code != request.language]
    known = dict(asked.found)
    if asked.missing:
        known |= {(each.what, each.slug): each for each in used_elsewhere(asked.missing, languages=others, named_in=request.language)}
    tried: dict[Given, Asked] = {}
    for given in (*_without(asked.given), *_wider(request, asked), *_in_other_languages(asked, others)):
        given = tuple(sorted(given))
        if given and given != asked.given and given not in tried:
            tried[given] = asked_with(request, given, known)
    wanted = [each for each in tried.values() if each.selection is not None]
    there = filled([each.selection for each in wanted if isinstance(each.selection, Selection)])
    good = [each for each, holds in zip(wanted, there, strict=True) if holds][:MOST]
    return [{"path": address_of(path, each.given), "label": sentence(each, request.language)} for each in good]


def _without(given: Given) -> Iterator[Given]:
    """Each filter left out in turn."""
    for one in given:
        yield tuple(each for each in given if each != one)


def _wider(request: ReaderRequest, asked: Asked) -> Iterator[Given]:
    """The regions that the region lies in, the nearest first."""
    region = asked.found.get(("region", asked.value("region")))
    if region is None:
        return
    around = [each for each in used(request) if each.what == "region" and region.path.startswith(each.path) and each.path != region.path]
    for each in sorted(around, key=lambda each: -len(each.path))[:WIDER]:
        yield (*(one for one in asked.given if one[0] != "region"), ("region", each.slug))


def _in_other_languages(asked: Asked, others: list[str]) -> Iterator[Given]:
    rest = tuple(one for one in asked.given if one[0] != "language")
    if asked.value("language") != ALL_LANGUAGES:
        for code in others:
            yield (*rest, ("language", code))
