"""Editions as plain facts for machines, any number at once: their own columns in one statement, all that stands beside them in another.

Nothing is stored for it, so that what names another report is read as it is now. Written out: composing nine queries takes longer than running them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Subquery

from articles.editions.models import Address, Edition
from articles.stamp.models import Stamp

Row = dict[str, Any]
TEXTS = 9
WANTED = (
    "WITH wanted(uuid, translation_group, language, dateline_region_id, contact_id)"
    " AS (SELECT uuid, translation_group, language, dateline_region_id, contact_id FROM articles_edition WHERE uuid IN ({}))"
)
REGION_NAME = "COALESCE((SELECT n.name FROM articles_regionname n WHERE n.region_id = g.id AND n.language = w.language), g.name)"
TAG_NAME = "COALESCE((SELECT n.name FROM articles_tagname n WHERE n.tag_id = g.id AND n.language = w.language), g.name)"


@dataclass(frozen=True)
class Side:
    """What stands beside an edition: where its rows come from, their place, and what each of their values is called."""

    source: str
    place: str
    texts: dict[str, str]
    days: tuple[str, str] = ("", "")
    at: str = ""

    def select(self, name: str) -> str:
        """Its part of the statement: name, uuid, place, nine texts, two days, one time; every part has them all."""
        texts = [f"CAST({each} AS text)" for each in self.texts.values()]
        texts += ["CAST(NULL AS text)"] * (TEXTS - len(texts))
        days = [f"CAST({day or 'NULL'} AS {'date' if connection.vendor == 'postgresql' else 'text'})" for day in self.days]
        at = f"CAST({self.at or 'NULL'} AS {'timestamptz' if connection.vendor == 'postgresql' else 'text'})"
        return f"SELECT '{name}', w.uuid, {self.place}, {', '.join([*texts, *days, at])} FROM wanted w {self.source}"  # noqa: S608 - names from here


SIDES = {
    "dateline_region": Side("JOIN articles_region g ON g.id = w.dateline_region_id", "0", {"slug": "g.slug", "name": REGION_NAME}),
    "regions": Side(
        "JOIN articles_editionregion s ON s.edition_id = w.uuid AND s.is_own JOIN articles_region g ON g.id = s.region_id",
        's."order"',
        {"slug": "g.slug", "name": REGION_NAME, "code": "g.iso_alpha2", "primary": "CASE WHEN s.is_primary THEN '1' ELSE '' END"},
    ),
    "tags": Side(
        "JOIN articles_editiontag s ON s.edition_id = w.uuid JOIN articles_tag g ON g.id = s.tag_id",
        's."order"',
        {"slug": "g.slug", "name": TAG_NAME, "kind": "g.kind"},
    ),
    "bylines": Side(
        "JOIN articles_editionbyline s ON s.edition_id = w.uuid JOIN articles_byline g ON g.id = s.byline_id",
        's."order"',
        {"slug": "g.slug", "name": "g.name", "role": "s.role"},
    ),
    "sources": Side(
        "JOIN articles_editioncitation s ON s.edition_id = w.uuid",
        's."order"',
        {
            "kind": "s.kind", "title": "s.title", "publisher": "s.publisher", "address": "s.address", "precision": "s.published_precision",
            "page": "s.page", "archive": "s.archive_address",
        },
        days=("s.published_on", "s.accessed_on"),
    ),
    "pictures": Side(
        "JOIN articles_editionimage s ON s.edition_id = w.uuid",
        's."order"',
        {
            "alt": "s.alt", "caption": "s.caption", "credit": "s.credit", "decorative": "CASE WHEN s.decorative THEN '1' ELSE '' END",
            "lead": "CASE WHEN s.lead THEN '1' ELSE '' END", "renditions": "s.renditions",
        },
    ),
    "corrections": Side(
        "JOIN articles_editioncorrection s ON s.report_uuid = w.uuid",
        "0",
        {
            "uuid": "s.uuid", "kind": "s.kind", "text": "s.text", "supersedes": "s.supersedes",
            "superseded_by": "(SELECT o.uuid FROM articles_editioncorrection o WHERE o.supersedes = s.uuid LIMIT 1)",
        },
        at="s.published_at",
    ),
    "translations": Side(
        "JOIN articles_edition s ON s.translation_group = w.translation_group AND s.uuid <> w.uuid",
        "0",
        {"uuid": "s.uuid", "language": "s.language", "path": "s.path", "headline": "s.headline"},
    ),
    "contact": Side(
        "JOIN articles_mediacontact s ON s.id = w.contact_id AND s.active",
        "0",
        {
            "name": "s.name", "role": "s.role", "phone": "s.phone", "email": "CASE WHEN s.show_email THEN s.email ELSE '' END",
            "languages": "s.languages", "duty": "s.duty", "zone": "s.zone",
        },
    ),
}  # fmt: skip


@dataclass(slots=True)
class Record:
    """One edition: the columns that were asked for, and the rows beside it, in the order they are shown."""

    facts: Row
    sides: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))


def records(uuids: Sequence[UUID], *, columns: Iterable[str], sides: Collection[str]) -> list[Record]:
    """Those of the editions that are live, in the order given, with those columns and sides (names of SIDES)."""
    if not uuids:
        return []
    names = list(dict.fromkeys(["uuid", *columns]))
    facts = {row[0]: Record(dict(zip(names, row, strict=True))) for row in Edition.objects.filter(uuid__in=uuids).values_list(*names)}
    if sides and facts:
        _stand_beside(facts, [name for name in SIDES if name in sides])
    return [facts[uuid] for uuid in uuids if uuid in facts]


@dataclass(frozen=True)
class Found:
    """The stamp, and the edition with that uuid while it is live."""

    stamp: int
    record: Record | None


def find(uuid: UUID, *, columns: Iterable[str]) -> Found:
    """One edition's columns with the stamp they are read under, in one statement."""
    names = list(dict.fromkeys(["uuid", *columns]))
    stamp = Stamp.objects.filter(id=1).values("number")[:1]
    row = Edition.objects.filter(uuid=uuid).values_list(Subquery(stamp), *names).first()
    return Found(row[0], Record(dict(zip(names, row[1:], strict=True)))) if row else Found(0, None)


def beside(record: Record, *, sides: Collection[str]) -> Record:
    """The record with those sides."""
    if sides:
        _stand_beside({record.facts["uuid"]: record}, [name for name in SIDES if name in sides])
    return record


def was_public(uuid: UUID) -> bool:
    """Whether a report that is not live was public once: its addresses answer that they are gone."""
    return Address.objects.filter(report_uuid=uuid, answer=Address.Answer.GONE).exists()


def _stand_beside(found: dict[UUID, Record], sides: Sequence[str]) -> None:
    marks = ", ".join(["%s"] * len(found))
    parts = " UNION ALL ".join(SIDES[name].select(name) for name in sides)
    field_ = Edition._meta.get_field("uuid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"{WANTED.format(marks)} {parts} ORDER BY 1, 3",
            [field_.get_db_prep_value(uuid, connection) for uuid in found],
        )
        for name, uuid, _place, *values in cursor.fetchall():
            found[uuid if isinstance(uuid, UUID) else UUID(uuid)].sides[name].append(_row(SIDES[name], values))
    for record in found.values():
        for name, order in (("corrections", lambda row: (row["at"], row["uuid"])), ("translations", lambda row: row["language"])):
            if name in record.sides:
                record.sides[name].sort(key=order)


def _row(side: Side, values: Sequence[Any]) -> Row:
    row: Row = dict(zip(side.texts, values, strict=False))
    if side.days[0]:
        row["published_on"], row["accessed_on"] = (_day(value) for value in values[TEXTS : TEXTS + 2])
    if side.at:
        row["at"] = _time(values[-1])
    return row


def _day(value: dt.date | str | None) -> dt.date | None:
    """A day as PostgreSQL gives it, or SQLite's text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _time(value: dt.datetime | str) -> dt.datetime:
    """As above; SQLite's times name no zone and are UTC."""
    if isinstance(value, dt.datetime):
        return value
    at = dt.datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
