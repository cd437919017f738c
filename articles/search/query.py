"""The public search: what is asked is found among the newest matches, ranked, marked, and offered to be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.html import escape as django_escape

from articles.editions.drawing import description
from articles.editions.models import Edition
from articles.search.asked import Asked, asked, is_spaced_phrase
from articles.search.facets import Facets, Narrowed, facets_of
from articles.search.highlight import hits, marked, passage
from articles.search.matching import HIGH, LOW, Like, Match, matching
from articles.search.names import Names, widened
from articles.search.ranking import best_first
from articles.search.suggestions import Suggestion, suggested, typed_words
from articles.text.plain import plain_text

BLOCK = 400
"""How many of the newest matches are ranked against each other at a time."""
BLOCK_IN_ORDER = 100
"""And how many that hold a phrase, which PostgreSQL must read each report for."""
ROOM = 100
"""For reports that are published into a block while a reader turns its pages."""


@dataclass(frozen=True)
class Hit:
    """One report found, as its list card with what was asked for marked."""

    uuid: UUID
    card_html: str


@dataclass(frozen=True)
class Found:
    """A page of hits, best first, and the cursor of the next page ("" on the last).

    `looked_at` matches were ranked and counted for the facets, `is_newest` tells that they are the newest ones and not older ones further down,
    `is_all` that there are no others. Without hits: `suggestions`, and of several words how many reports have each (`alone`).
    `only_unwanted` tells that the question names nothing to look for, only what to leave out.
    """

    hits: tuple[Hit, ...] = ()
    after: str = ""
    looked_at: int = 0
    is_newest: bool = True
    is_all: bool = True
    facets: Facets = field(default_factory=Facets)
    suggestions: tuple[Suggestion, ...] = ()
    alone: tuple[tuple[str, int], ...] = ()
    only_unwanted: bool = False


@dataclass(frozen=True)
class Place:
    """Where a page begins: what its block lies between, and points and key of the last hit shown. It is no secret; a forged one starts anew.

    A block keeps its bounds while its pages are turned: what is published or withdrawn meanwhile moves nothing from one page to another.
    """

    high: int = HIGH
    low: int | None = None
    points: int | None = None
    key: int = 0

    def __str__(self) -> str:
        return "_".join("" if part is None else str(part) for part in (self.high, self.low, self.points, self.key))

    @classmethod
    def of(cls, text: str) -> Place:
        """The place that a cursor names, or the beginning."""
        parts = text[:100].split("_")
        try:
            high, low, points, key = (int(part) if part else None for part in parts)
        except ValueError:
            return cls()
        if high is None or key is None or any(abs(part) > 2**62 for part in (high, low, points, key) if part is not None):
            return cls()
        return cls(high, low, points, key)


def search(
    text: str, *, language: str, after: str = "", limit: int = 20, narrowed: Narrowed | None = None, names: Names | None = None
) -> Found:
    """A page of the reports that hold every word and phrase of the text and nothing it leaves out. Any text is allowed.

    They are in that language if it is not `narrowed` to another or to all. The facets are counted when `names` are given.
    """
    narrowed = narrowed or Narrowed()
    languages = _languages(narrowed, language)
    given = asked(text, languages)
    if not given.wanted:
        return Found(only_unwanted=bool(given.unwanted))
    if names:
        given = widened(given, names)
    facts, place = narrowed.facts(language), Place.of(after)
    typed = [] if after else typed_words(given)
    spoken = language if narrowed.language in ("", "all") else narrowed.language
    most = min(BLOCK, BLOCK_IN_ORDER) if any(map(is_spaced_phrase, given.wanted)) else BLOCK
    limits = {"low": LOW, "limit": most + 1} if place.low is None else {"low": place.low, "limit": most + ROOM}
    matches, like = matching(given, facts, high=place.high, language=spoken, typed=typed, **limits)
    if not matches:
        return _nothing(text, given, typed, like, languages, facts)
    is_last = place.low == LOW if place.low is not None else len(matches) <= most
    block = matches if place.low is not None else matches[:most]
    low = LOW if is_last else place.low if place.low is not None else block[-1].key
    ranked = best_first(block, given)
    rest = [pair for pair in ranked if place.points is None or (-pair[0], -pair[1].key) > (-place.points, -place.key)]
    page = rest[:limit]
    following = ""
    if len(rest) > limit:
        following = str(Place(place.high, low, page[-1][0], page[-1][1].key))
    elif not is_last:
        following = str(Place(low - 1))
    return Found(
        hits=_cards([match for _points, match in page], given, languages),
        after=following,
        looked_at=len(block),
        is_newest=place.high == HIGH,
        is_all=is_last and place.high == HIGH,
        facets=facets_of(block, names, narrowed) if names and place.high == HIGH else Facets(),
    )


def _languages(narrowed: Narrowed, language: str) -> Sequence[str]:
    if narrowed.language == "all":
        return [code for code, _name in settings.LANGUAGES]
    return [narrowed.language or language]


def _nothing(text: str, given: Asked, typed: Sequence[str], like: Sequence[Like], languages: Sequence[str], facts: Sequence[str]) -> Found:
    alone = {each.typed: each.reports for each in like if each.word == each.typed}
    return Found(
        suggestions=tuple(suggested(text, typed, like, languages=languages, facts=facts[:1])),
        alone=tuple((word, alone[word]) for word in typed if word in alone) if len(given.wanted) > 1 else (),
    )


def _cards(page: Sequence[Match], given: Asked, languages: Sequence[str]) -> tuple[Hit, ...]:
    columns = ("uuid", "card_html", "language", "headline", "standfirst", "body")
    uuids = [match.uuid if isinstance(match.uuid, UUID) else UUID(match.uuid) for match in page]
    rows = {row[0]: row for row in Edition.objects.filter(uuid__in=uuids).values_list(*columns)}
    found = []
    for each in uuids:
        if each in rows:
            uuid, card, spoken, headline, standfirst, body = rows[each]
            found.append(Hit(uuid, _marked_card(card, headline, standfirst, body, given, [spoken] if len(languages) > 1 else languages)))
    return tuple(found)


def _marked_card(card_html: str, headline: str, standfirst: str, body: str, given: Asked, languages: Sequence[str]) -> str:
    """The card as it was drawn at publication, dateline and all, its headline marked and its text the passage that answers."""
    in_headline = hits(headline, given, languages)
    first = " ".join((standfirst or description(standfirst, body)).split())
    text, found = first, hits(first, given, languages)
    answered = {hit.term for hit in (*in_headline, *found)}
    if len(answered) < sum(not term.common for term in given.wanted) or not found:
        whole = " ".join(plain_text(body).split())
        inside = hits(whole, given, languages, enough=True)
        if len({hit.term for hit in inside} - {hit.term for hit in in_headline}) > len(
            {hit.term for hit in found} - {hit.term for hit in in_headline}
        ):
            text, found = passage(whole, inside)
    card = card_html.replace(f">{django_escape(headline)}</a></h3>", f">{marked(headline, in_headline)}</a></h3>", 1)
    shown = django_escape(standfirst or description(standfirst, body))
    return card.replace(f"{shown}</p>", f"{marked(text, found)}</p>", 1) if shown else card
