"""The files of a picture that a public page may use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.images.models import Image, Rendition
from articles.images.rebuild import CROPS, WIDTHS_PX

PUBLIC_NAMES = tuple(WIDTHS_PX)
CROP_NAMES = tuple(CROPS)


def published_set(image: Image, *, lead: bool = False) -> list[dict[str, Any]]:
    """[{name, width_px, height_px, format, file, bytes}] of the clean public renditions, narrowest first; a lead picture has its crops besides."""
    names = (*PUBLIC_NAMES, *CROP_NAMES) if lead else PUBLIC_NAMES
    told = ("name", "width_px", "height_px", "format", "file", "bytes")
    return [
        {name: getattr(each, name) for name in told}
        for each in image.renditions.filter(clean=True, name__in=names).order_by("width_px", "format", "name")
    ]


def hold(files: Iterable[str]) -> bool:
    """Whether each of the files is still one that a picture has; locked so until the transaction ends."""
    wanted = set(files)
    standing = Rendition.objects.filter(file__in=wanted, clean=True).order_by("pk").select_for_update(of=("self",))
    return wanted == {each.file for each in standing}
