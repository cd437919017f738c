"""What the blocks of a front page show: the shape in one statement, all its sections in another, however many blocks there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from articles.editions.lists import Card
from articles.editions.models import Edition
from articles.editions.shaped import Block

LEAD, PICKS, ACTION, LATEST = Block.Kind.LEAD.value, Block.Kind.PICKS.value, Block.Kind.ACTION.value, Block.Kind.LATEST.value


@dataclass(frozen=True)
class Shape:
    """One block: what an editor asked for. `name` and `slug` are those of a section's region or tag, in the page's language."""

    kind: str
    heading: str = ""
    how_many: int = 5
    region: int | None = None
    tag: int | None = None
    report_kind: str = ""
    text: str = ""
    link: str = ""
    label: str = ""
    chosen: tuple[UUID, ...] = ()
    name: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Filled:
    """A block with the cards that it shows."""

    shape: Shape
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class FrontShape:
    """The blocks of a language's front page, the cards of the reports that editors chose and that are live, and the site's tagline."""

    shapes: tuple[Shape, ...]
    chosen: Mapping[UUID, Card]
    tagline: str


UNSHAPED = (Shape(LEAD, how_many=1), Shape(LATEST, how_many=12))
"""What a front page is without any block: the newest report large, then the next."""

SHAPE = """
SELECT t.tagline, b.id, b.kind, b.heading, b.how_many, b.region_id, b.tag_id, b.report_kind, b.text, b.link, b.label,
  COALESCE(rn.name, r.name, gn.name, g.name, ''), COALESCE(r.slug, g.slug, ''), c.report_uuid, e.published_at, e.card_html
FROM articles_stamp s
LEFT JOIN articles_sitetext t ON t.language = %s
LEFT JOIN articles_shapedpage p ON p.language = %s AND p.tag_id IS NULL AND p.region_id IS NULL
LEFT JOIN articles_block b ON b.page_id = p.id
LEFT JOIN articles_region r ON r.id = b.region_id
LEFT JOIN articles_regionname rn ON rn.region_id = b.region_id AND rn.language = %s
LEFT JOIN articles_tag g ON g.id = b.tag_id
LEFT JOIN articles_tagname gn ON gn.tag_id = b.tag_id AND gn.language = %s
LEFT JOIN articles_blockreport c ON c.block_id = b.id
LEFT JOIN articles_edition e ON e.uuid = c.report_uuid AND e.language = %s AND e.listed
WHERE s.id = 1 ORDER BY b."order", c."order"
"""
SOURCES = {
    "region": "articles_editionregion r JOIN articles_edition e ON e.uuid = r.edition_id WHERE r.region_id = %s AND r.language = %s AND e.listed",
    "tag": "articles_editiontag r JOIN articles_edition e ON e.uuid = r.edition_id WHERE r.tag_id = %s AND r.language = %s AND e.listed",
    "kind": "articles_edition r JOIN articles_edition e ON e.uuid = r.uuid WHERE r.kind = %s AND r.language = %s AND r.listed",
    "": "articles_edition r JOIN articles_edition e ON e.uuid = r.uuid WHERE r.language = %s AND r.listed",
}
"""Where a section's newest are read from, each by the index of its list."""


def shape_of(language: str) -> FrontShape:
    """The language's front page as its editors left it, in one statement; `UNSHAPED` when there is no block."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [language] * 5)
        rows = cursor.fetchall()
    shapes: dict[int, Shape] = {}
    chosen: dict[UUID, Card] = {}
    for _tagline, block, kind, heading, how_many, region, tag, report_kind, text, link, label, name, slug, uuid, at, html in rows:
        if block is None:
            continue
        made = Shape(kind, heading, how_many, region, tag, report_kind, text, link, label, name=name, slug=slug)
        shape = shapes.setdefault(block, made)
        if uuid is not None:
            card = card_of(at, uuid, html) if html is not None else None
            key = card.uuid if card else _uuid(uuid)
            shapes[block] = replace(shape, chosen=(*shape.chosen, key))
            if card:
                chosen[key] = card
    return FrontShape(tuple(shapes.values()) or UNSHAPED, chosen, (rows[0][0] if rows else "") or "")


def cards_of(uuids: Iterable[UUID], language: str) -> dict[UUID, Card]:
    """The cards of those reports that are live in the language."""
    rows = Edition.objects.filter(uuid__in=list(uuids), language=language, listed=True).values_list("published_at", "uuid", "card_html")
    return {uuid: Card(at, uuid, html) for at, uuid, html in rows}


def filled(shapes: Sequence[Shape], chosen: Mapping[UUID, Card], language: str) -> list[Filled]:
    """The blocks with their cards, in one statement. No report stands twice: what editors chose comes first, then the page from its top."""
    newest = _newest(shapes, language, held=len(chosen))
    shown: set[UUID] = set()
    picked: dict[int, tuple[Card, ...]] = {}
    for number, shape in enumerate(shapes):
        cards = [chosen[uuid] for uuid in dict.fromkeys(shape.chosen) if uuid in chosen and uuid not in shown]
        picked[number] = tuple(cards[:1] if shape.kind == LEAD else cards)
        shown.update(card.uuid for card in picked[number])
    found = []
    for number, shape in enumerate(shapes):
        cards = list(picked[number])
        if not cards and number in newest:
            cards = [card for card in newest[number] if card.uuid not in shown][: _size(shape)]
            shown.update(card.uuid for card in cards)
        found.append(Filled(shape, tuple(cards)))
    return found


def _size(shape: Shape) -> int:
    return 1 if shape.kind == LEAD else shape.how_many


def _newest(shapes: Sequence[Shape], language: str, *, held: int) -> dict[int, list[Card]]:
    """Number of a block -> the newest that it could show: as many more than it shows as may stand elsewhere on the page."""
    parts: list[str] = []
    values: list[Any] = []
    for number, shape in enumerate(shapes):
        if shape.kind in (PICKS, ACTION):
            continue
        subject = {"region": shape.region, "tag": shape.tag, "kind": shape.report_kind}.get(shape.kind)
        limit = _size(shape) + held
        held += _size(shape)
        source = SOURCES[shape.kind if subject else ""]
        parts.append(
            f"SELECT * FROM (SELECT {number:d} AS block, r.published_at, r.uuid, e.card_html FROM {source}"  # noqa: S608 - from SOURCES and numbers
            f" ORDER BY r.published_at DESC, r.uuid DESC LIMIT {limit:d}) b{number:d}"
        )
        values += [*([subject] if subject else []), language]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    found: dict[int, list[Card]] = {}
    for number, at, uuid, html in rows:
        found.setdefault(number, []).append(card_of(at, uuid, html))
    for cards in found.values():
        cards.sort(key=lambda card: (card.published_at, card.uuid), reverse=True)  # UNION ALL promises no order
    return found


def card_of(at: dt.datetime | str, uuid: UUID | str, html: str) -> Card:
    """A row as PostgreSQL gives it; SQLite's times name no zone and are UTC, those of a join are texts, and so are its uuids."""
    moment = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return Card(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), _uuid(uuid), html)


def _uuid(uuid: UUID | str) -> UUID:
    return uuid if isinstance(uuid, UUID) else UUID(uuid)
