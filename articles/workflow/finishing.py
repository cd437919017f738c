"""What a live report gains after it went public: lighter pictures, crops, files for print, its placard. An errand: nothing approved changes."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from articles.editions import files
from articles.editions.drawing import placard_facts
from articles.editions.finishing import ask_to_finish
from articles.editions.models import Edition, EditionImage
from articles.editions.parts import load
from articles.editions.placards.placard import NotDrawn, digest, drawn
from articles.editions.redraw import draw_again
from articles.images import renditions
from articles.images.actions import store
from articles.images.completing import complete, drop_crops
from articles.images.intake import RefusedPicture
from articles.images.models import Image
from articles.images.reprints import make_print, reprint_of
from articles.reports.models import Revision
from articles.stamp.number import count_up
from articles.workflow.locks import lock_families


def run_errand(payload: dict[str, Any]) -> None:
    """What the clock does when it was asked."""
    finish(UUID(payload["uuid"]))


def finish(uuid: UUID) -> bool:
    """Makes what the live report lacks, then shows it; returns whether readers get anything new.

    Again and again it is the same: what is there already is neither made nor written. Raises RefusedPicture, NotDrawn or OSError when
    something could not be made, after all else was.
    """
    edition = Edition.objects.filter(uuid=uuid).first()
    if edition is None:
        return False
    failure: Exception | None = None
    for image, lead in _originals(edition):
        try:
            complete(image, crops=lead)
            if image.reprintable:
                make_print(image)
        except (RefusedPicture, OSError) as error:
            failure = error
    placard = Placard("", "")  # none rather than one that says something else
    try:
        placard = _placard(edition)
    except (NotDrawn, OSError) as error:
        failure = error
    changed = _show(edition, placard)
    if failure:
        raise failure
    return changed


def refocus(image: Image) -> None:
    """Has the crops made anew around the focal point that the picture has now, and live reports follow. Within the transaction."""
    drop_crops(image)
    follow(image)


def follow(image: Image) -> None:
    """Has live reports follow what the desk says of a picture: its crops, and whether others may print it. Within the transaction."""
    shown = EditionImage.objects.filter(sha256=image.content_hash).order_by("edition").values_list("edition", flat=True)
    for uuid in shown.distinct():
        ask_to_finish(uuid)


class Placard(NamedTuple):
    """A placard in private storage, or none, and of which facts it is."""

    file: str
    of: str


def _placard(edition: Edition) -> Placard:
    """The placard that says what the report says now: the one that it has, or one drawn for it."""
    shown = placard_facts(load(edition))
    if edition.placard_of == digest(shown):
        return Placard(edition.placard, edition.placard_of)
    made = drawn(shown)
    store([made])
    return Placard(made.file, digest(shown))


def _show(seen: Edition, placard: Placard) -> bool:
    """The short part: what is public now gets the files that there are now."""
    copied = _files(_rows(seen), placard)
    files.copy_to_public(copied)
    changed = _write(seen, placard)
    files.unlink(copied)  # but for those that have a row: none is left of a report that went dark meanwhile
    return changed


def _write(seen: Edition, placard: Placard) -> bool:
    """Under the locks of a publication: compares, writes the rows, draws the page, counts the stamp."""
    with transaction.atomic():
        lock_families([seen.translation_group])
        edition = Edition.objects.filter(uuid=seen.uuid, content_hash=seen.content_hash).first()
        if edition is None:  # withdrawn, or another text is public: that has an errand of its own
            return False
        rows = _rows(edition)
        if placard.of not in ("", digest(placard_facts(load(edition)))) or not renditions.hold(files.names_of(rows)):
            ask_to_finish(edition.uuid)  # a name or a picture changed meanwhile
            return False
        before = {row.pk: (row.renditions, row.reprint) for row in edition.edition_images.all()}
        changed = [row for row in rows if (row.renditions, row.reprint) != before[row.pk]]
        if not changed and placard == (edition.placard, edition.placard_of):
            return False
        files.register(edition, _files(rows, placard))
        for row in changed:
            row.save(update_fields=["renditions", "reprint"])
        edition.placard, edition.placard_of = placard
        draw_again(edition, "placard", "placard_of")
        count_up()
    return True


def _files(rows: list[EditionImage], placard: Placard) -> list[str]:
    return [*files.names_of(rows), *([placard.file] if placard.file else [])]


def _rows(edition: Edition) -> list[EditionImage]:
    """The pictures of the edition with the files that they have now; unsaved."""
    rows = list(edition.edition_images.all())
    for row, (image, lead) in zip(rows, _originals(edition), strict=False):  # without the lock the rows may be gone already
        row.renditions, row.reprint = renditions.published_set(image, lead=lead), reprint_of(image)
    return rows


def _originals(edition: Edition) -> list[tuple[Image, bool]]:
    """Of each picture of the edition, in order, the desk's own row, and whether it is the lead: as the published revision names them."""
    revision = Revision.objects.filter(report__uuid=edition.uuid, kind=Revision.Kind.PUBLISH, content_hash=edition.content_hash).latest(
        "number"
    )
    pictures = revision.content["public"]["pictures"]
    images = Image.objects.in_bulk([each["image"] for each in pictures])
    return [(images[each["image"]], each["lead"]) for each in pictures]
