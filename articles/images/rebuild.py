"""Rebuilds a picture from its pixels, in a process of its own with bounded memory and time: `python rebuild.py SOURCE FOLDER`.

Imports nothing of the project. Prints one line of JSON: {"master": {...}, "renditions": [...]}, or {"refused": CODE}.
"""

from __future__ import annotations

import hashlib
import io
import json
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
MAX_SIDE_PX = 12_000
MEMORY_BYTES = 1_500_000_000
CPU_S = 30
WIDTHS_PX = {"small": 480, "medium": 960, "large": 1600}
THUMB_PX = 240
SAVE: dict[str, dict[str, Any]] = {"jpeg": {"quality": 80, "optimize": True, "progressive": True}, "webp": {"quality": 76, "method": 4}}


class Refused(Exception):
    """The file is none that we take; the argument is a code."""


def main(source: str, folder: str) -> dict[str, Any]:
    """The clean master and its renditions, written to the folder; facts of each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        pixels = clean_pixels(Path(source))
    except Refused as refusal:
        return {"refused": str(refusal)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"refused": "too large"}
    except Exception:  # a decoder may raise anything on a hostile file
        return {"refused": "not a picture"}
    made = [write(pixels, folder, name="master", kind="jpeg")]
    for name, width_px in {"thumb": THUMB_PX, **WIDTHS_PX}.items():
        smaller = pixels
        if pixels.width > width_px:
            smaller = pixels.resize((width_px, max(1, round(pixels.height * width_px / pixels.width))), Image.Resampling.LANCZOS)
        made += [write(smaller, folder, name=name, kind=kind) for kind in SAVE]
        if pixels.width <= width_px and name != "thumb":
            break
    return {
        "master": made[0],
        "renditions": made[1:],
        "content_hash": hashlib.sha256(repr(pixels.size).encode() + pixels.tobytes()).hexdigest(),
    }


def clean_pixels(source: Path) -> Image.Image:
    """The picture upright, in sRGB, as nothing but pixels. Raises Refused."""
    with Image.open(source, formats=FORMATS) as picture:
        if getattr(picture, "n_frames", 1) > 1:
            raise Refused("moving")
        if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE_PX:
            raise Refused("too large")
        if min(picture.size) < 16:
            raise Refused("too small")
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", layer.size, "white")
        upright.paste(layer, mask=layer.getchannel("A"))
    elif profile and upright.mode in ("RGB", "L", "CMYK"):
        upright = in_srgb(upright, profile)
    rgb = upright.convert("RGB")
    return Image.frombytes("RGB", rgb.size, rgb.tobytes())


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        changed = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return changed or picture


def write(picture: Image.Image, folder: str, *, name: str, kind: str) -> dict[str, Any]:
    """Saves one file, parses it back, and tells what it is."""
    buffer = io.BytesIO()
    picture.save(buffer, kind.upper(), **SAVE[kind])
    data = buffer.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    file = f"{digest[:40]}.{'jpg' if kind == 'jpeg' else kind}"
    Path(folder, file).write_bytes(data)
    return {
        "name": name, "format": kind, "width_px": picture.width, "height_px": picture.height, "bytes": len(data), "file": file,
        "clean": is_clean(data, kind),
    }  # fmt: skip


def is_clean(data: bytes, kind: str) -> bool:
    """Whether the file holds pixels and what decodes them, nothing else: no EXIF, XMP, ICC, comment, and no byte after its end."""
    return _jpeg_is_clean(data) if kind == "jpeg" else _webp_is_clean(data)


def _jpeg_is_clean(data: bytes) -> bool:
    """Walks the segments (ITU-T T.81, annex B): SOF, DHT, DQT, DRI, SOS and a bare JFIF header, to EOI at the very end."""
    if data[:2] != b"\xff\xd8" or data[-2:] != b"\xff\xd9":
        return False
    at = 2
    while at < len(data) - 2:
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xE0:
            if data[at + 4 : at + 9] != b"JFIF\0" or length != 16:
                return False
        elif marker not in {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA}:
            return False
        at += 2 + length
        if marker == 0xDA:
            while at < len(data) - 1 and not (data[at] == 0xFF and data[at + 1] not in (0x00, *range(0xD0, 0xD8))):
                at += 1
            if data[at : at + 2] == b"\xff\xd9":
                return at == len(data) - 2
    return False


def _webp_is_clean(data: bytes) -> bool:
    """One VP8 or VP8L chunk in a RIFF of exactly its length (RFC 9649)."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    chunk, length = data[12:16], int.from_bytes(data[16:20], "little")
    return chunk in (b"VP8 ", b"VP8L") and 20 + length + (length & 1) == len(data)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:3])))
