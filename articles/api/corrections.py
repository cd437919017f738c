"""Corrections for machines: each stays when its report is withdrawn, and then names no report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.api import cursors, parameters
from articles.api.columns import columns_of
from articles.api.cursors import Cursor
from articles.api.fields import (
    ADDRESS,
    CORRECTION_KIND,
    CURSOR,
    ID,
    LANGUAGE,
    TEXT,
    TIME,
    Field,
    moment,
    or_none,
    report_api,
    shaped,
    thing,
    whole,
)  # fmt: skip
from articles.api.operations import JSON, Answer, Asked, operation
from articles.api.parameters import PER_PAGE
from articles.api.schemas import page_of
from articles.api.streams import BATCH, CSV, NDJSON, Rows
from articles.editions.lists import ListPage, key_of, paged
from articles.editions.models import Edition, EditionCorrection
from articles.editions.spans import midnight

COLUMNS = ("language", "kind", "text", "report_uuid", "supersedes", "replaced_by", "live_path", "live_headline")


class Note(NamedTuple):
    """One correction, with what is public of its report now."""

    published_at: dt.datetime
    uuid: UUID
    language: str
    kind: str
    text: str
    report_uuid: UUID
    supersedes: UUID | None
    replaced_by: UUID | None
    live_path: str | None
    live_headline: str | None


def _report(note: Note) -> dict[str, Any] | None:
    if note.live_path is None:
        return None
    return {
        "id": str(note.report_uuid), "headline": note.live_headline, "address": whole(note.live_path), "api_address": report_api(note.report_uuid),
    }  # fmt: skip


def _id(uuid: UUID | None) -> str | None:
    return str(uuid) if uuid else None


CORRECTION_FIELDS: tuple[Field, ...] = (
    Field("id", _("The correction’s id."), ID, lambda note: str(note.uuid)),
    Field("language", _("The language it is written in."), LANGUAGE, lambda note: note.language),
    Field("kind", _("What kind of correction it is."), CORRECTION_KIND, lambda note: note.kind),
    Field("text", _("What was wrong and what is right, without markup."), TEXT, lambda note: note.text),
    Field("published_at", _("When it was published (UTC)."), TIME, lambda note: moment(note.published_at)),
    Field(
        "report", _("The report, while it is public; null after."), or_none(thing(id=ID, headline=TEXT, address=ADDRESS, api_address=ADDRESS)), _report
    ),
    Field("supersedes", _("The id of the correction that it takes the place of, or null."), or_none(ID), lambda note: _id(note.supersedes)),
    Field("superseded_by", _("The id of the correction that took its place, or null."), or_none(ID), lambda note: _id(note.replaced_by)),
)  # fmt: skip
STREAM_CURSOR = Field(
    "cursor", _("Where this line stands: a list that broke off goes on behind it with “cursor=”."), CURSOR,
    lambda note: Cursor(note.published_at, note.uuid).written(),
)  # fmt: skip
BY_NAME = {each.name: each for each in CORRECTION_FIELDS}
STREAMED = {**BY_NAME, STREAM_CURSOR.name: STREAM_CURSOR}
FILTERS = (parameters.LANGUAGE, parameters.CORRECTION_KIND, parameters.REPORT, parameters.FROM, parameters.TO)
FIELDS, STREAM_FIELDS = parameters.fields_of(BY_NAME), parameters.fields_of(STREAMED)


@operation(
    "api_corrections", "corrections/", _("List the corrections"), _("Newest first. A correction stays for good, even when its report is withdrawn."),
    parameters=(*FILTERS, parameters.LIMIT, parameters.CURSOR, FIELDS), answer={JSON: page_of("Correction")},
)  # fmt: skip
def corrections(asked: Asked) -> Answer:
    """A page of corrections."""
    page = _page(asked, asked.values.get("cursor"), limit=asked.values.get("limit", PER_PAGE))
    fields = [BY_NAME[name] for name in asked.values.get("fields", BY_NAME)]
    results = [shaped(fields, note) for note in page.cards]
    return asked.page(results, next_=cursors.of_key(page.older), previous=cursors.of_key(page.newer, back=True))


@operation(
    "api_corrections_csv", "corrections.csv", _("All corrections as a table"), _("CSV in UTF-8, every correction that fits, sent as it is read."),
    parameters=(*FILTERS, parameters.CURSOR, STREAM_FIELDS), answer={CSV: {"type": "string"}}, errors=(400, 405, 503),
)  # fmt: skip
def corrections_csv(asked: Asked) -> Rows:
    """The corrections as CSV."""
    columns = columns_of([STREAMED[name] for name in asked.values.get("fields", STREAMED)])

    def batches() -> Iterator[list[Sequence[Any]]]:
        for cards in _batches(asked):
            yield [[each.value(each.field.make(note)) for each in columns] for note in cards]

    return Rows(batches, [each.name for each in columns], CSV, "corrections.csv")


@operation(
    "api_corrections_ndjson", "corrections.ndjson", _("All corrections as lines of JSON"),
    _("One correction a line, every correction that fits, sent as it is read."),
    parameters=(*FILTERS, parameters.CURSOR, STREAM_FIELDS), answer={NDJSON: {"type": "string"}}, errors=(400, 405, 503),
)  # fmt: skip
def corrections_ndjson(asked: Asked) -> Rows:
    """The corrections as NDJSON."""
    names = asked.values.get("fields", tuple(STREAMED))

    def batches() -> Iterator[list[Sequence[Any]]]:
        for cards in _batches(asked):
            yield [[STREAMED[name].make(note) for name in names] for note in cards]

    return Rows(batches, names, NDJSON, "corrections.ndjson")


def _batches(asked: Asked) -> Iterator[tuple[Note, ...]]:
    cursor: Cursor | None = asked.values.get("cursor")
    while True:
        page = _page(asked, cursor, limit=BATCH)
        if page.cards:
            yield page.cards
        if not page.older:
            return
        cursor = cursors.read(cursors.of_key(page.older))


def _page(asked: Asked, cursor: Cursor | None, *, limit: int) -> ListPage[Note]:
    key = key_of(cursor) if cursor else ""
    back = cursor is not None and cursor.back
    return paged(_chosen(asked.values), COLUMNS, make=Note, after="" if back else key, before=key if back else "", limit=limit)


def _chosen(values: dict[str, Any]) -> QuerySet[EditionCorrection]:
    rows = EditionCorrection.objects.with_reports()
    if "report" in values:  # while it is public: what is withdrawn is told by no correction
        rows = rows.filter(report_uuid=values["report"], report_uuid__in=Edition.objects.filter(uuid=values["report"]).values("uuid"))
    for name, column in (("language", "language"), ("kind", "kind")):
        if name in values:
            rows = rows.filter(**{column: values[name]})
    if "from" in values:
        rows = rows.filter(published_at__gte=midnight(values["from"]))
    if "to" in values:
        rows = rows.filter(published_at__lt=midnight(values["to"] + dt.timedelta(days=1)))
    return rows
