"""The blocks of a page while somebody shapes it: what a form holds from one press of a button to the next, saved by none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.admin.names import TagsField, language, region_named
from articles.editions.blocks import ACTION, LATEST, LEAD, PICKS, Shape
from articles.editions.shaped import MOST_BLOCKS, MOST_REPORTS, Block
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.names import region_names, tag_names
from articles.text.sanitise import without_controls
from articles.workflow.refusals import Reason

WORDS = ("heading", "how_many", "region", "tag", "report_kind", "text", "link", "label")
SHOWN = {
    LEAD: ("heading",), PICKS: ("heading",), "region": ("region", "heading", "how_many"), "tag": ("tag", "heading", "how_many"),
    "kind": ("report_kind", "heading", "how_many"), ACTION: ("heading", "text", "link", "label"), LATEST: ("heading", "how_many"),
}  # fmt: skip
"""Kind of block -> the fields that its form has."""
CHOOSING = (LEAD, PICKS)
MOST_ROWS = 2 * MOST_BLOCKS  # those taken out stand there too, until the page is saved
LONGEST = 400


@dataclass
class Row:
    """One block as it is typed. `number` names it in the form, wherever it stands; one that `is_gone` is left out when the page is saved."""

    number: int
    kind: str
    words: dict[str, str] = field(default_factory=dict)
    chosen: list[UUID] = field(default_factory=list)
    find: str = ""
    is_gone: bool = False
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(Block.Kind(self.kind).label)

    @property
    def chooses(self) -> bool:
        return self.kind in CHOOSING

    @property
    def most(self) -> int:
        return 1 if self.kind == LEAD else MOST_REPORTS


def rows_of(shapes: Sequence[Shape]) -> list[Row]:
    """The rows of what is saved, with names in the desk's language."""
    regions = region_names(list(Region.objects.filter(pk__in=[each.region for each in shapes if each.region])), language())
    tags = tag_names(list(Tag.objects.filter(pk__in=[each.tag for each in shapes if each.tag])), language())
    return [
        Row(
            number, each.kind,
            {
                "heading": each.heading, "how_many": str(each.how_many), "region": regions.get(each.region or 0, ""),
                "tag": tags.get(each.tag or 0, ""), "report_kind": each.report_kind, "text": each.text, "link": each.link, "label": each.label,
            },
            list(each.chosen),
        )
        for number, each in enumerate(shapes, start=1)
    ]  # fmt: skip


def rows_sent(data: QueryDict) -> list[Row]:
    """The rows as the form sends them, in the order of their places; what no form of ours sends is left out."""
    found: dict[int, Row] = {}
    for sent in data.getlist("block")[:MOST_ROWS]:
        number = _number(sent)
        kind = data.get(f"b{number}-kind", "")
        if number and kind in SHOWN:
            words = {name: without_controls(data.get(f"b{number}-{name}", "")).strip()[:LONGEST] for name in WORDS}
            chosen = list(dict.fromkeys(uuid for each in data.getlist(f"b{number}-chosen")[: 2 * MOST_REPORTS] if (uuid := uuid_of(each))))
            find = without_controls(data.get(f"b{number}-find", "")).strip()[:LONGEST]
            found[number] = Row(number, kind, words, chosen, find, bool(data.get(f"b{number}-gone")))
    return list(found.values())


def shapes_typed(rows: Sequence[Row]) -> list[Shape]:
    """What would be saved of the rows; a name that means nothing is an error at its field."""
    return [_shape(row) for row in rows if not row.is_gone]


def tell(rows: Sequence[Row], reasons: Sequence[Reason]) -> list[str]:
    """Puts each reason beside its field; gives those that belong to none."""
    standing = [row for row in rows if not row.is_gone]
    general = []
    for reason in reasons:
        number, _space, name = reason.field.partition(" ")
        if number.isdecimal() and int(number) < len(standing):
            told = standing[int(number)].errors.setdefault(name, [])
            if not (told and name in ("region", "tag")):
                told.append(str(reason))
        else:
            general.append(str(reason))
    return general


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def move(items: list[Any], place: int, step: int) -> bool:
    """Moves an item one place on or back; False where it is the last or first."""
    other = place + step
    if not (0 <= place < len(items) and 0 <= other < len(items)):
        return False
    items[place], items[other] = items[other], items[place]
    return True


def _shape(row: Row) -> Shape:
    words = row.words
    how_many = _number(words.get("how_many", "")) if "how_many" in SHOWN[row.kind] else 5
    return Shape(
        kind=row.kind,
        heading=words.get("heading", ""),
        how_many=how_many,
        region=_named(row, "region", region_named),
        tag=_named(row, "tag", TagsField().found),
        report_kind=words.get("report_kind", "") if row.kind == "kind" else "",
        text=words.get("text", "") if row.kind == ACTION else "",
        link=words.get("link", "") if row.kind == ACTION else "",
        label=words.get("label", "") if row.kind == ACTION else "",
        chosen=tuple(row.chosen) if row.chooses else (),
    )


def _named(row: Row, name: str, found: Callable[[str], Any]) -> int | None:
    text = row.words.get(name, "")
    if row.kind != name or not text:
        return None
    try:
        return int(found(text).pk)
    except forms.ValidationError as error:
        row.errors.setdefault(name, []).extend(str(each) for each in error.messages)
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def said_of(row: Row) -> str:
    """How a sentence names the block."""
    name = row.words.get("heading") or row.words.get(row.kind, "")
    return _("%(kind)s “%(name)s”") % {"kind": row.label, "name": name} if name else row.label
