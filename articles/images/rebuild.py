"""Rebuilds a picture from its pixels, in a process of its own that can open nothing: `python -I rebuild.py KIND <SOURCE >FILES`.

KIND is `picture` or `logo`, of a file from outside; or of our own master `avif`, or `crops X Y` with its focal point.
Imports nothing of the project. Writes one line of JSON, {"files": [facts of each], "content_hash": …} or {"refused": CODE},
and after it the bytes of the files in that order.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import os
import resource
import sys
import warnings
from collections.abc import Iterator
from typing import Any

# All that may be needed is loaded now: once confined, the process cannot open a module either
from PIL import (
    AvifImagePlugin,
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

PLUGINS = (AvifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
UNHURRIED = ("avif", "crops")  # nobody waits for them
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
MAX_SIDE_PX = 12_000
MIN_SIDE_PX = 16
LIMITS = {
    resource.RLIMIT_AS: 1_500_000_000,  # bytes
    resource.RLIMIT_CPU: 30,  # seconds
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,  # writes to pipes only
    resource.RLIMIT_NPROC: 0,  # starts nothing
    resource.RLIMIT_NOFILE: 0,  # opens nothing: no file, no socket
}
WIDTHS_PX = {"small": 480, "middle": 720, "medium": 960, "large": 1200}
"""What a column of 37rem takes on every screen: see docs/decisions/pictures.md."""
THUMB_PX = 240
MOST_BYTES = {480: 36_000, 720: 56_000, 960: 90_000, 1200: 140_000}
"""A file that is heavier is made anew, coarser: a page with a picture must fit a bad line."""
MOST_COARSER = 50
SAVE: dict[str, dict[str, Any]] = {"jpeg": {"quality": 80, "optimize": True, "progressive": True}, "webp": {"quality": 76, "method": 4}}
AVIF: dict[str, Any] = {"quality": 55, "speed": 6, "max_threads": 1}  # one thread: a confined process may start none
CROPS = {"16x9": (1200, 675), "4x3": (960, 720), "1x1": (720, 720)}
"""The shapes that search engines and feeds show: at least 1,200 wide for the widest, 50,000 pixels for all."""
MASTER = {"quality": 92, "subsampling": 0}
LOGO_WIDTH_PX = 1200
LOGO_HEIGHTS_PX = (240, 160, 80)
LOGO_BYTES = 60_000

Made = tuple[dict[str, Any], bytes]


class Refused(Exception):
    """The file is none that we take; the argument is a code."""


def confine() -> None:
    """Gives up what a hostile file could use: memory and time without end, files, sockets, other processes."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for codec in ("ascii", "latin-1", "utf-8", "utf-16"):
        codecs.lookup(codec)
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))


def rebuild(data: bytes, *, kind: str, focus: tuple[float, float] = (0.5, 0.5)) -> tuple[dict[str, Any], list[bytes]]:
    """What is told of the picture, and its files."""
    try:
        pixels = clean_pixels(data)
        make = {
            "picture": lambda: renditions(on_white(pixels)),
            "logo": lambda: logo(pixels),
            "avif": lambda: avif(on_white(pixels)),
            "crops": lambda: crops(on_white(pixels), focus),
        }[kind]
        made = list(make())
    except Refused as refusal:
        return {"refused": str(refusal)}, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"refused": "too large"}, []
    except Exception:  # a decoder may raise anything on a hostile file
        return {"refused": "not a picture"}, []
    content_hash = hashlib.sha256(repr(pixels.size).encode() + pixels.tobytes()).hexdigest()
    return {"files": [facts for facts, _bytes in made], "content_hash": content_hash}, [each for _facts, each in made]


def clean_pixels(data: bytes) -> Image.Image:
    """The picture upright, in sRGB, as nothing but pixels: RGB, or RGBA where something shows through. Raises Refused."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:  # of a camera's several views the first is the picture
            raise Refused("moving")
        if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE_PX:
            raise Refused("too large")
        if min(picture.size) < MIN_SIDE_PX:
            raise Refused("too small")
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = turned(picture)
    alpha = None
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        alpha = upright.getchannel("A")
        upright = upright.convert("RGB")
    elif upright.mode.startswith("I"):  # 16 bits of grey; a conversion would cut them off at 255
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    if profile and upright.mode in ("RGB", "L", "CMYK"):
        upright = in_srgb(upright, profile)
    rgb = upright.convert("RGB")
    if alpha is None or alpha.getextrema() == (255, 255):
        return Image.frombytes("RGB", rgb.size, rgb.tobytes())
    rgb.putalpha(alpha)
    return Image.frombytes("RGBA", rgb.size, rgb.tobytes())


def on_white(pixels: Image.Image) -> Image.Image:
    """The picture without what shows through: JPEG has no such thing."""
    if pixels.mode == "RGB":
        return pixels
    ground = Image.new("RGB", pixels.size, "white")
    ground.paste(pixels, mask=pixels.getchannel("A"))
    return ground


def turned(picture: Image.Image) -> Image.Image:
    """The picture as its EXIF says that it was held; as it is when its EXIF cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # of a picture that decodes, a broken block of metadata is no reason to refuse it
        return picture


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        changed = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return changed or picture


def renditions(pixels: Image.Image) -> Iterator[Made]:
    """The master, then each rendition in the formats that are made at once."""
    yield encoded(pixels, name="master", kind="jpeg", options=MASTER)
    for name, smaller in (("thumb", narrowed(pixels, THUMB_PX)), *sizes(pixels)):
        for kind, options in SAVE.items():
            yield within(smaller, name=name, kind=kind, options=options)


def avif(pixels: Image.Image) -> Iterator[Made]:
    """The renditions in the format that is lighter and takes seconds."""
    for name, smaller in sizes(pixels):
        yield within(smaller, name=name, kind="avif", options=AVIF)


def sizes(pixels: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Each width that the picture has, the last being its own when it is narrower than the widest."""
    for name, width_px in WIDTHS_PX.items():
        yield name, narrowed(pixels, width_px)
        if pixels.width <= width_px:
            break


def narrowed(pixels: Image.Image, width_px: int) -> Image.Image:
    if pixels.width <= width_px:
        return pixels
    return pixels.resize((width_px, max(1, round(pixels.height * width_px / pixels.width))), Image.Resampling.LANCZOS)


def crops(pixels: Image.Image, focus: tuple[float, float]) -> Iterator[Made]:
    """The picture in each fixed shape, as large as it can be cut with the focal point as near to the middle as the edges let it."""
    for name, (width_px, height_px) in CROPS.items():
        cut = pixels.crop(crop_box(pixels.size, (width_px, height_px), focus))
        if cut.width > width_px:
            cut = cut.resize((width_px, height_px), Image.Resampling.LANCZOS)
        yield within(cut, name=name, kind="jpeg", options=SAVE["jpeg"])


def crop_box(size: tuple[int, int], shape: tuple[int, int], focus: tuple[float, float]) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the largest piece of that shape around the focal point (0 to 1 from the left and from the top)."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    width, height = (max(1, round(side * scale)) for side in shape)
    left, top = (
        round(min(max(point * whole - part / 2, 0), whole - part)) for point, whole, part in zip(focus, size, (width, height), strict=True)
    )
    return left, top, left + width, top + height


def logo(pixels: Image.Image) -> Iterator[Made]:
    """One PNG, cut to what can be seen, three times as fine as it is shown unless that makes it heavy."""
    if pixels.mode == "RGBA":
        pixels = pixels.convert("RGBa").convert("RGBA")  # what is wholly transparent hides no colour
        seen = pixels.getchannel("A").getbbox()
        if seen is None:
            raise Refused("empty")
        pixels = pixels.crop(seen)
    for height_px in LOGO_HEIGHTS_PX:
        scale = min(1, height_px / pixels.height, LOGO_WIDTH_PX / LOGO_HEIGHTS_PX[0] * height_px / pixels.width)
        size = (max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale)))
        made = encoded(pixels.resize(size, Image.Resampling.LANCZOS), name="logo", kind="png", options={"optimize": True})
        if len(made[1]) <= LOGO_BYTES or height_px == LOGO_HEIGHTS_PX[-1]:
            yield made
            return


def encoded(picture: Image.Image, *, name: str, kind: str, options: dict[str, Any]) -> Made:
    buffer = io.BytesIO()
    picture.save(buffer, kind.upper(), **options)
    data = buffer.getvalue()
    return {"name": name, "format": kind, "width_px": picture.width, "height_px": picture.height, "bytes": len(data)}, data


def within(picture: Image.Image, *, name: str, kind: str, options: dict[str, Any]) -> Made:
    """The file, made coarser until it keeps to the weight for its width."""
    most = next((weight for width, weight in MOST_BYTES.items() if picture.width <= width), None)
    less = 0
    while True:
        made = encoded(picture, name=name, kind=kind, options={**options, "quality": options["quality"] - less})
        if most is None or len(made[1]) <= most or less >= MOST_COARSER:
            return made
        too_heavy = len(made[1]) / most - 1
        less = min(less + 10 * max(1, round(4 * too_heavy)), MOST_COARSER)


if __name__ == "__main__":
    source = sys.stdin.buffer.read()
    if sys.argv[1] in UNHURRIED:
        os.nice(10)
    confine()
    told, files = rebuild(source, kind=sys.argv[1], focus=(float(sys.argv[2]), float(sys.argv[3])) if sys.argv[2:] else (0.5, 0.5))
    sys.stdout.buffer.write(b"\n".join([json.dumps(told).encode(), b"".join(files)]))
