"""Lists of editions, newest first: keyset paging, no COUNT(*), no OFFSET. Cards come ready drawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.editions.models import Edition, EditionByline, EditionRegion, EditionTag

PER_PAGE = 20
KEY = re.compile(r"\A([0-9]{18})-([0-9a-f]{32})\Z")
EPOCH = dt.datetime(1, 1, 1, tzinfo=dt.UTC)  # an old text may be dated before 1970


class Placed(Protocol):
    """What stands in a list: its place in it is its time of publication, then its uuid."""

    @property
    def published_at(self) -> dt.datetime: ...
    @property
    def uuid(self) -> UUID: ...


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True)
class Card:
    """One report in a list."""

    published_at: dt.datetime
    uuid: UUID
    html: str


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A page of cards, newest first; `older` and `newer` are keys of the neighbouring pages, "" where there is none."""

    cards: tuple[Row, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True)
class Selection:
    """Which editions a list holds: ids of what they must have, a kind, and a span of time [since, until) in UTC."""

    language: str
    region: int | None = None
    tag: int | None = None
    byline: int | None = None
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def page_of(selection: Selection, *, after: str = "", before: str = "", limit: int = PER_PAGE) -> ListPage[Card]:
    """One page of a selection in one statement. `after` gives older, `before` newer ones; a key that is not ours is ignored."""
    rows, prefix = _rows(selection)
    return paged(rows, [f"{prefix}card_html"], make=Card, after=after, before=before, limit=limit)


def paged(
    rows: QuerySet[Any], columns: Sequence[str], *, make: Callable[..., Row], after: str = "", before: str = "", limit: int = PER_PAGE
) -> ListPage[Row]:
    """One page of rows that have `published_at` and `uuid`; each is made of these two and the columns."""
    values = ("published_at", "uuid", *columns)
    if key := _key(before):
        at, uuid = key
        rows = rows.filter(published_at__gte=at).exclude(published_at=at, uuid__lte=uuid).order_by("published_at", "uuid")
        found = list(rows.values_list(*values)[: limit + 1])
        shown = [make(*row) for row in reversed(found[:limit])]
        return ListPage(tuple(shown), key_of(shown[-1]) if shown else "", key_of(shown[0]) if len(found) > limit else "")
    key = _key(after)
    if key:
        at, uuid = key
        rows = rows.filter(published_at__lte=at).exclude(published_at=at, uuid__gte=uuid)
    found = list(rows.order_by("-published_at", "-uuid").values_list(*values)[: limit + 1])
    shown = [make(*row) for row in found[:limit]]
    return ListPage(tuple(shown), key_of(shown[-1]) if len(found) > limit else "", key_of(shown[0]) if key and shown else "")


def key_of(row: Placed) -> str:
    """The place of a row in every list: microseconds since the year 1 and the uuid."""
    return f"{(row.published_at - EPOCH) // dt.timedelta(microseconds=1):018d}-{row.uuid.hex}"


def own_key(text: str) -> str:
    """The text if it has the shape of a key, "" otherwise."""
    return text if _key(text) else ""


def _key(text: str) -> tuple[dt.datetime, UUID] | None:
    found = KEY.match(text)
    if not found:
        return None
    try:
        return EPOCH + dt.timedelta(microseconds=int(found[1])), UUID(found[2])
    except OverflowError:
        return None


def _rows(selection: Selection) -> tuple[QuerySet[Any], str]:
    """The rows that carry the list's key, and the prefix of the edition's columns: the narrowest condition drives."""
    wanted: list[tuple[Any, str, int]] = [
        (model, column, value)
        for model, column, value in (
            (EditionRegion, "region_id", selection.region),
            (EditionTag, "tag_id", selection.tag),
            (EditionByline, "byline_id", selection.byline),
        )
        if value is not None
    ]
    span = Q()
    if selection.since:
        span &= Q(published_at__gte=selection.since)
    if selection.until:
        span &= Q(published_at__lt=selection.until)
    if not wanted:
        editions = Edition.objects.filter(span, language=selection.language, listed=True)
        return (editions.filter(kind=selection.kind) if selection.kind else editions), ""
    driving = next((each for each in wanted if each[0] is EditionTag), wanted[-1])
    model, column, value = driving
    rows = model.objects.filter(span, **{column: value}, language=selection.language, edition__listed=True)
    if model is EditionByline:
        rows = rows.filter(first=True)
    if selection.kind:
        rows = rows.filter(edition__kind=selection.kind)
    for other, column, value in wanted:
        if other is not model:
            rows = rows.filter(Exists(other.objects.filter(edition_id=OuterRef("edition_id"), **{column: value})))
    return rows, "edition__"
