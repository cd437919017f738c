"""The files of a picture that a public page may use."""

from __future__ import annotations

from typing import Any

from articles.images.models import Image

PUBLIC_NAMES = ("small", "medium", "large")


def published_set(image: Image) -> list[dict[str, Any]]:
    """[{name, width_px, height_px, format, file}] of the clean public renditions, narrowest first."""
    return [
        {"name": each.name, "width_px": each.width_px, "height_px": each.height_px, "format": each.format, "file": each.file}
        for each in image.renditions.filter(clean=True, name__in=PUBLIC_NAMES).order_by("width_px", "format")
    ]
