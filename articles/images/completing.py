"""What is made of a picture without haste, from its master: the lighter format, and the crops around its focal point."""

from __future__ import annotations

from django.core.files.storage import storages
from django.db import transaction

from articles.images.actions import forget, store
from articles.images.intake import CleanFile, clean_files
from articles.images.models import Image, Rendition
from articles.images.renditions import CROP_NAMES


def complete(image: Image, *, crops: bool) -> None:
    """Makes what the picture lacks: AVIF of its renditions, and its crops when they are wanted. Raises RefusedPicture and OSError."""
    if not image.renditions.filter(format="avif").exists():
        _keep(image, clean_files(_master(image), "avif").files)
    if crops and not image.renditions.filter(name__in=CROP_NAMES).exists():
        _keep(image, clean_files(_master(image), "crops", str(image.focal_x), str(image.focal_y)).files)


def drop_crops(image: Image) -> None:
    """Gives up the crops: they are made anew around another point. Their private files go after commit. Within the transaction."""
    crops = image.renditions.filter(name__in=CROP_NAMES)
    names = list(crops.values_list("file", flat=True))
    crops.delete()
    transaction.on_commit(lambda: forget(names), robust=True)


def _master(image: Image) -> bytes:
    with storages["private"].open(image.master) as file:
        data: bytes = file.read()
    return data


def _keep(image: Image, made: tuple[CleanFile, ...]) -> None:
    """Writes the files and their rows; nothing when the picture's focal point moved meanwhile: crops of the old one serve nobody."""
    fresh = store(made)
    with transaction.atomic():
        now = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
        if (now.focal_x, now.focal_y) == (image.focal_x, image.focal_y):
            for each in made:
                facts = {"width_px": each.width_px, "height_px": each.height_px, "bytes": len(each.data), "file": each.file, "clean": True}
                Rendition.objects.update_or_create(image=image, name=each.name, format=each.format, defaults=facts)
            return
    forget(fresh)
