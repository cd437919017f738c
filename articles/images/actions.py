"""Pictures are kept: their clean files in private storage, a row for each, recorded."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from articles.audit.chain import record
from articles.images.intake import CleanFile, CleanPicture, clean_picture
from articles.images.models import Image, Rendition
from articles.people.models import User


def add(file: BinaryIO, *, by: User, **facts: Any) -> Image:
    """Takes in a picture. `facts` are columns of Image (title, credit, creator, licence …). The same file again gives the picture there is.

    Raises RefusedPicture.
    """
    return keep(clean_picture(file), by=by, **facts)


def keep(picture: CleanPicture, *, by: User, **facts: Any) -> Image:
    """Writes a picture that was taken in. The same file again gives the picture there is, as it is."""
    if standing := find(picture):
        return standing
    master, renditions = picture.files[0], picture.files[1:]
    name = storages["private"].save(f"masters/{secrets.token_hex(16)}", ContentFile(master.data))
    fresh = store(renditions)
    try:
        with transaction.atomic():
            image = Image.objects.create(
                master=name,
                sha256=picture.sha256,
                content_hash=picture.content_hash,
                width_px=master.width_px,
                height_px=master.height_px,
                added_by=by,
                **facts,
            )
            Rendition.objects.bulk_create(
                Rendition(
                    image=image,
                    bytes=len(each.data),
                    clean=True,
                    **{fact: getattr(each, fact) for fact in ("name", "format", "width_px", "height_px", "file")},
                )
                for each in renditions
            )
            record(by=by, verb="add_picture", target=image, facts={"hash": picture.content_hash})
    except Exception as error:
        storages["private"].delete(name)
        if isinstance(error, IntegrityError) and (standing := find(picture)):  # somebody added the same file at the same time
            return standing
        forget(fresh)
        raise
    return image


def find(picture: CleanPicture) -> Image | None:
    """The picture that was made of the same file before, if there is one; what is missing of its files is put back."""
    image = Image.objects.filter(sha256=picture.sha256).first()
    if image:
        store(each for each in picture.files if image.renditions.filter(file=each.file).exists())
    return image


def store(files: Iterable[CleanFile]) -> list[str]:
    """Writes the files to private storage where they are missing; returns the names of those written."""
    private, fresh = storages["private"], []
    for each in files:
        if private.exists(private_name(each.file)):
            continue
        written = private.save(private_name(each.file), ContentFile(each.data))
        if written == private_name(each.file):
            fresh.append(each.file)
        else:  # another act wrote it at the same time
            private.delete(written)
    return fresh


def forget(files: Iterable[str]) -> None:
    """Removes files from private storage, but for those that a picture uses."""
    for name in files:
        if not Rendition.objects.filter(file=name).exists():
            storages["private"].delete(private_name(name))


def private_name(file: str) -> str:
    """Where a rendition stands in private storage."""
    return f"renditions/{file[:2]}/{file}"
