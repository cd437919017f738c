"""The file of a picture that other newsrooms may print: its master, in full size, which holds nothing but pixels."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.storage import storages

from articles.images.actions import store
from articles.images.clean import is_clean
from articles.images.intake import CleanFile
from articles.images.models import Image, Rendition

NAME = "print"


def make_print(image: Image) -> None:
    """Puts the picture's master beside its renditions, under the hash of its bytes, where a public copy is made from; once.

    Raises ValueError when the master holds more than pixels, which its intake excludes.
    """
    if image.renditions.filter(name=NAME).exists():
        return
    with storages["private"].open(image.master) as file:
        data = file.read()
    if not is_clean(data, "jpeg"):
        raise ValueError(f"The master of picture {image.pk} is not clean.")
    made = CleanFile(NAME, "jpeg", image.width_px, image.height_px, f"{hashlib.sha256(data).hexdigest()[:40]}.jpg", data)
    store([made])
    facts = {"width_px": made.width_px, "height_px": made.height_px, "bytes": len(data), "file": made.file, "clean": True}
    Rendition.objects.get_or_create(image=image, name=NAME, format=made.format, defaults=facts)


def reprint_of(image: Image) -> dict[str, Any] | None:
    """{file, width_px, height_px, licence} of a picture that may be printed by others and whose file was made; None otherwise."""
    if not image.reprintable:
        return None
    found = image.renditions.filter(name=NAME, clean=True).first()
    return {"file": found.file, "width_px": found.width_px, "height_px": found.height_px, "licence": image.licence} if found else None
