"""What a live report gains after it went public: lighter pictures, crops, files for print. An errand: nothing approved changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from articles.editions import files
from articles.editions.finishing import ask_to_finish
from articles.editions.models import Edition, EditionImage
from articles.editions.redraw import draw_again
from articles.images import renditions
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

    Again and again it is the same: what is there already is neither made nor written. Raises RefusedPicture or OSError when
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
    changed = _show(edition)
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


def _show(seen: Edition) -> bool:
    """The short part: what is public now gets the files that there are now."""
    copied = files.names_of(_rows(seen))
    files.copy_to_public(copied)
    changed = _write(seen)
    files.unlink(copied)  # but for those that have a row: none is left of a report that went dark meanwhile
    return changed


def _write(seen: Edition) -> bool:
    """Under the locks of a publication: compares, writes the rows, draws the page, counts the stamp."""
    with transaction.atomic():
        lock_families([seen.translation_group])
        edition = Edition.objects.filter(uuid=seen.uuid, content_hash=seen.content_hash).first()
        if edition is None:  # withdrawn, or another text is public: that has an errand of its own
            return False
        rows = _rows(edition)
        if not renditions.hold(files.names_of(rows)):
            ask_to_finish(edition.uuid)  # a picture was cut anew meanwhile
            return False
        before = {row.pk: (row.renditions, row.reprint) for row in edition.edition_images.all()}
        changed = [row for row in rows if (row.renditions, row.reprint) != before[row.pk]]
        if not changed:
            return False
        files.register(edition, files.names_of(rows))
        for row in changed:
            row.save(update_fields=["renditions", "reprint"])
        draw_again(edition)
        count_up()
    return True


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
