"""Draws editions again, without a new approval: after a change of format, a rename, or when a translation comes or goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from articles.editions.drawing import FORMAT, draw, placard_facts
from articles.editions.finishing import ask_to_finish
from articles.editions.models import Edition
from articles.editions.parts import load
from articles.editions.placards.placard import digest
from articles.errands.queue import enqueue
from articles.stamp.number import count_up

BATCH = 100
DRAWN = ["format", "head_html", "main_html", "card_html", "rss_xml", "atom_xml", "json_item", "feed_html"]


@dataclass(frozen=True)
class Batch:
    """How many editions were drawn, and the last of them; `last` is None when none was left."""

    count: int
    last: UUID | None


SHOWN_THROUGH = {
    "tag": ("edition_tags__tag",),
    "byline": ("edition_bylines__byline",),
    "region": ("edition_regions__region", "dateline_region"),
    "contact": ("contact",),
}
"""By which of an edition's columns it shows a fact that may be renamed."""


def redraw(
    *, batch: int = BATCH, after: UUID | None = None, language: str = "", older_only: bool = False, showing: tuple[str, int] | None = None
) -> Batch:
    """Draws the next editions by uuid, behind `after`, in one transaction.

    All of them, those of a language, those drawn in an older format, or those `showing` a ("tag" | "byline" | "region" | "contact", id).
    """
    editions = Edition.objects.order_by("uuid")
    if showing:
        name, key = showing
        shown = Q()
        for column in SHOWN_THROUGH[name]:
            shown |= Q(**{column: key})
        editions = editions.filter(pk__in=Edition.objects.filter(shown).values("pk"))
    if after:
        editions = editions.filter(uuid__gt=after)
    if language:
        editions = editions.filter(language=language)
    if older_only:
        editions = Edition.objects.filter(pk__in=_older(language)[:batch]).order_by("uuid")
    with transaction.atomic():
        found = list(editions.select_for_update(of=("self",))[:batch])
        for edition in found:
            draw_again(edition)
        if found:
            count_up()
    return Batch(len(found), found[-1].uuid if found else None)


def redraw_siblings(edition: Edition) -> None:
    """Draws the other languages of a report again, in the caller's transaction: their links to this one came, changed or went."""
    siblings = Edition.objects.filter(translation_group=edition.translation_group).exclude(uuid=edition.uuid)
    for sibling in siblings.order_by("uuid").select_for_update(of=("self",)):
        draw_again(sibling)


def ask_for_redraw(*, language: str = "") -> None:
    """Asks the clock to draw every edition (of a language) again."""
    enqueue("redraw", key=f"redraw {language or 'all'}", payload={"language": language, "after": ""})


def ask_for_older() -> bool:
    """Asks the clock to draw again what an older version drew; whether there is any."""
    older = Edition.objects.filter(format__lt=FORMAT).exists()
    if older:
        enqueue("redraw", key=f"redraw to {FORMAT}", payload={"older": True})
    return older


def run_errand(payload: dict[str, Any]) -> None:
    """One batch of a redraw: of all, of a {"language"}, of what shows {"by": what, "id": key}, or of what is {"older"}; asks for the next if there is more."""
    if payload.get("older"):
        if redraw(batch=BATCH, older_only=True).count == BATCH:
            ask_for_older()
        return
    language, by, after = payload.get("language", ""), payload.get("by", ""), payload.get("after", "")
    showing = (by, payload["id"]) if by else None
    done = redraw(batch=BATCH, language=language, showing=showing, after=UUID(after) if after else None)
    if done.last and done.count == BATCH:
        what = f"{by} {payload['id']}" if by else language or "all"
        enqueue("redraw", key=f"redraw {what} after {done.last}", payload={**payload, "after": str(done.last)})


def draw_again(edition: Edition, *changed: str) -> None:
    """Draws the edition anew and saves that, with what else of it was `changed`."""
    parts = load(edition)
    draw(parts)
    edition.save(update_fields=[*DRAWN, *changed])
    if edition.placard_of != digest(placard_facts(parts)):
        ask_to_finish(edition.uuid, in_passing=True)


def _older(language: str) -> Any:
    older = Edition.objects.filter(format__lt=FORMAT)
    if language:
        older = older.filter(language=language)
    return older.order_by("format", "uuid").values_list("pk", flat=True)
