"""Reports for machines: a list, one, and all of them in one stream."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.api import cursors, parameters
from articles.api.columns import columns_of
from articles.api.cursors import Cursor
from articles.api.fields import Field, needed, shaped
from articles.api.operations import JSON, Answer, Asked, operation
from articles.api.parameters import LANGUAGES, PER_PAGE
from articles.api.problems import gone, nothing_there
from articles.api.report_fields import IN_TABLES, REPORT_FIELDS, STREAM_CURSOR
from articles.api.schemas import one, page_of
from articles.api.streams import BATCH, CSV, NDJSON, Rows
from articles.editions.changed import changed
from articles.editions.lists import key_of
from articles.editions.lists import page_of as list_of
from articles.editions.records import Found, beside, find, records, was_public
from articles.editions.selections import Selection
from articles.editions.spans import midnight

BY_NAME = {each.name: each for each in REPORT_FIELDS}
STREAMED = {**BY_NAME, STREAM_CURSOR.name: STREAM_CURSOR}
FILTERS = (
    parameters.LANGUAGE, parameters.REGION, parameters.TAG, parameters.KIND, parameters.AUTHOR, parameters.CORRECTED, parameters.FROM, parameters.TO,
    parameters.UPDATED_SINCE,
)  # fmt: skip
FIELDS, STREAM_FIELDS = parameters.fields_of(BY_NAME), parameters.fields_of(STREAMED)


@dataclass(frozen=True)
class Place:
    """Where a report stands in a list; `cursor` begins what is behind it."""

    uuid: UUID
    cursor: str


@dataclass(frozen=True)
class Listed:
    """A page's reports, and the cursors of the neighbouring pages, "" where there is none."""

    places: Sequence[Place]
    next: str = ""
    previous: str = ""


@operation(
    "api_reports", "reports/", _("List the reports"),
    _("Newest first. A page may hold fewer than “limit”, even none, while “next” leads on: many filters at once are looked through piece by piece."),
    parameters=(*FILTERS, parameters.LIMIT, parameters.CURSOR, FIELDS), answer={JSON: page_of("Report")},
)  # fmt: skip
def reports(asked: Asked) -> Answer:
    """A page of reports."""
    page = _page(asked, asked.values.get("cursor"), limit=asked.values.get("limit", PER_PAGE))
    fields = _fields(asked.values)
    results = [content for _place, content in _read(page.places, fields)]
    return asked.page(results, next_=page.next, previous=page.previous)


def _first(values: dict[str, Any], uuid: UUID) -> Found:
    return find(uuid, columns=needed(_fields(values))[0])


def _fields(values: dict[str, Any]) -> list[Field]:
    return [BY_NAME[name] for name in values.get("fields", BY_NAME)]


@operation(
    "api_report", "reports/{id}/", _("Read one report"), _("410 when it was public and is no longer; 404 when there is none."),
    parameters=(FIELDS,), places=(parameters.ID,), answer={JSON: one("Report")}, errors=(400, 404, 405, 410), first=_first,
)  # fmt: skip
def report(asked: Asked, uuid: UUID) -> Answer:
    """One report by its id."""
    if asked.found.record is None:
        raise gone() if was_public(uuid) else nothing_there()
    fields = _fields(asked.values)
    return Answer(shaped(fields, beside(asked.found.record, sides=needed(fields)[1])))


@operation(
    "api_reports_csv", "reports.csv", _("All reports as a table"),
    _("CSV in UTF-8, every report that fits, sent as it is read. Lists are short names with | between them."),
    parameters=(*FILTERS, parameters.CURSOR, STREAM_FIELDS), answer={CSV: {"type": "string"}}, errors=(400, 405, 503),
)  # fmt: skip
def reports_csv(asked: Asked) -> Rows:
    """The reports as CSV."""
    columns = columns_of([STREAMED[name] for name in asked.values.get("fields", IN_TABLES)])

    def batches() -> Iterator[list[Sequence[Any]]]:
        for batch in _batches(asked, [each.field for each in columns]):
            yield [[each.value(content[each.field.name]) for each in columns] for content in batch]

    return Rows(batches, [each.name for each in columns], CSV, "reports.csv")


@operation(
    "api_reports_ndjson", "reports.ndjson", _("All reports as lines of JSON"), _("One report a line, every report that fits, sent as it is read."),
    parameters=(*FILTERS, parameters.CURSOR, STREAM_FIELDS), answer={NDJSON: {"type": "string"}}, errors=(400, 405, 503),
)  # fmt: skip
def reports_ndjson(asked: Asked) -> Rows:
    """The reports as NDJSON."""
    names = asked.values.get("fields", tuple(STREAMED))

    def batches() -> Iterator[list[Sequence[Any]]]:
        for batch in _batches(asked, [STREAMED[name] for name in names]):
            yield [list(content.values()) for content in batch]

    return Rows(batches, names, NDJSON, "reports.ndjson")


def _batches(asked: Asked, fields: Sequence[Field]) -> Iterator[list[dict[str, Any]]]:
    """All that fits, read page by page by its keys: each page as it is when it is read."""
    unique = list(dict.fromkeys(fields))
    cursor: Cursor | None = asked.values.get("cursor")
    while True:
        page = _page(asked, cursor, limit=BATCH)
        if found := [content for _place, content in _read(page.places, unique)]:
            yield found
        if not page.next:
            return
        cursor = cursors.read(page.next)


def _read(places: Sequence[Place], fields: Sequence[Field]) -> list[tuple[UUID, dict[str, Any]]]:
    """The fields of the reports at those places; one that was withdrawn since is left out."""
    columns, sides = needed(fields)
    at = {place.uuid: place.cursor for place in places}
    found = records(list(at), columns=[name for name in columns if name != STREAM_CURSOR.name], sides=sides)
    for record in found:
        record.facts[STREAM_CURSOR.name] = at[record.facts["uuid"]]
    return [(record.facts["uuid"], shaped(fields, record)) for record in found]


def _page(asked: Asked, cursor: Cursor | None, *, limit: int) -> Listed:
    """Which reports stand on a page, without what they say."""
    if None in asked.ids:
        return Listed(())
    selection = selection_of(asked)
    since: dt.datetime | None = asked.values.get("updated_since")
    if since is not None:
        return _by_change(asked, selection, since, cursor, limit=limit)
    key = key_of(cursor) if cursor else ""
    turned = {"before": key} if cursor and cursor.back else {"after": key}
    page = list_of(selection, limit=limit, **turned)
    places = [Place(card.uuid, Cursor(card.published_at, card.uuid).written()) for card in page.cards]
    return Listed(places, cursors.of_key(page.older), cursors.of_key(page.newer, back=True))


def _by_change(asked: Asked, selection: Selection, since: dt.datetime, cursor: Cursor | None, *, limit: int) -> Listed:
    key = (cursor.published_at, cursor.uuid) if cursor else None
    page = changed(
        [each for each in selection.conditions() if each[0] != "listed"],
        languages=[asked.values["language"]] if "language" in asked.values else [], since=since, first=(selection.since, selection.until),
        after=None if cursor and cursor.back else key, before=key if cursor and cursor.back else None, limit=limit,
    )  # fmt: skip
    places = [Place(uuid, Cursor(at, uuid).written()) for at, uuid in page.places]
    steps = {
        "next": Cursor(*page.next).written() if page.next else "",
        "previous": Cursor(*page.previous, back=True).written() if page.previous else "",
    }
    return Listed(places, **steps)


def selection_of(asked: Asked) -> Selection:
    """The site's own selection for what an address asks for."""
    values = asked.values
    language = values.get("language", settings.MAIN_LANGUAGE)
    return Selection(
        language=language,
        also=() if "language" in values else tuple(code for code in LANGUAGES if code != language),
        region=asked.found.region,
        tags=tuple(tag for tag in asked.found.tags if tag is not None),
        byline=asked.found.author,
        kind=values.get("kind", ""),
        corrected="corrected" in values,
        since=midnight(values["from"]) if "from" in values else None,
        until=midnight(values["to"] + dt.timedelta(days=1)) if "to" in values else None,
    )
