"""How a picture of an edition is offered: its files by format and width, and how wide the page shows it."""

from __future__ import annotations

from typing import Any

from articles.editions import addresses
from articles.editions.models import EditionImage
from articles.images.renditions import CROP_NAMES

PLAIN = ("jpeg", "jpg", "png")
MODERN = ("avif", "webp")
"""The lightest first: a browser takes the first that it knows."""

SIZES = "(min-width: 70rem) min(37rem, 92vw - 34rem), (min-width: 46rem) min(37rem, 92vw - 12.25rem), min(92vw, 100vw - 2.5rem)"
"""How wide a picture is in the column of text, as layout.css lays it out: beside margin and side, beside the margin, alone.

tests/browser/test_pictures.py measures it.
"""


def shown(image: EditionImage) -> dict[str, Any]:
    """A picture's public files: the widest of the plainest format for `src`, all others as sources; its crops apart."""
    files = sorted((each for each in image.renditions if each.get("name") not in CROP_NAMES), key=lambda each: each["width_px"])
    plain = [each for each in files if each["format"] in PLAIN] or files
    by_format = {name: [each for each in files if each["format"] == name and each not in plain] for name in MODERN}
    return {
        "image": image,
        "src": plain[-1] if plain else None,
        "srcset": _srcset(plain),
        "sizes": SIZES,
        "modern": [{"type": f"image/{name}", "srcset": _srcset(found)} for name, found in by_format.items() if found],
        "crops": [each for name in CROP_NAMES for each in image.renditions if each.get("name") == name],
    }


def _srcset(files: list[dict[str, Any]]) -> str:
    return ", ".join(f"{addresses.media_path(each['file'])} {each['width_px']}w" for each in files)
