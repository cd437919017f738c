"""A finished file is clean only when it holds what draws it; each thing that may hide in one is found."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from articles.images.clean import is_clean
from tests.images import files


def with_a_unit(avif, unit):
    """The AVIF with one more unit in front of its stream, every size told as it then is."""
    at = avif.index(b"mdat") + 4
    told, longer = len(avif) - at, len(avif) - at + len(unit)
    head = (
        avif[:at]
        .replace(told.to_bytes(4, "big"), longer.to_bytes(4, "big"))
        .replace((told + 8).to_bytes(4, "big"), (longer + 8).to_bytes(4, "big"))
    )
    return head + unit + avif[at:]


CLEAN = {
    "jpeg": files.plain(progressive=True).read(),
    "webp": files.plain("WEBP").read(),
    "png": files.saved(Image.new("RGBA", (32, 32), (1, 2, 3, 99)), "PNG").read(),
}
AVIF = files.plain("AVIF", max_threads=1).read()
CLEAN["avif"] = AVIF
JPEG, WEBP, PNG, _AVIF = CLEAN.values()
COMMENT = b"\xff\xfe\x00\x06abcd"


@pytest.mark.parametrize("kind", CLEAN)
def test_a_bare_file_is_clean(kind):
    assert is_clean(CLEAN[kind], kind)


def test_a_unit_that_draws_may_stand_before_the_others_and_is_no_reason_to_refuse():
    assert is_clean(with_a_unit(AVIF, b"\x12\0"), "avif")


def test_a_palette_and_a_restart_marker_are_part_of_the_picture():
    palette = Image.new("P", (32, 32), 3)
    palette.putpalette(list(range(256)) * 3)
    assert is_clean(files.saved(palette, "PNG", transparency=2).read(), "png")
    assert is_clean(files.saved(Image.effect_noise((200, 200), 80).convert("RGB"), "JPEG", restart_marker_blocks=4).read(), "jpeg")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "jpeg"), (b"", "webp"), (b"", "png"), (b"\xff\xd8\xff\xd9", "jpeg"), (WEBP, "jpeg"), (JPEG, "png"), (PNG, "webp"),
        *[(data[:-1], kind) for kind, data in CLEAN.items()],
        *[(data + b"\0", kind) for kind, data in CLEAN.items()],
        *[(data + data, kind) for kind, data in CLEAN.items()],
        (JPEG[:2] + COMMENT + JPEG[2:], "jpeg"),
        (JPEG[:-2] + COMMENT + JPEG[-2:], "jpeg"),
        (JPEG[:2] + b"\xff\xe1\x00\x08Exif\0\0" + JPEG[2:], "jpeg"),
        (JPEG[:18] + b"\x01\x01" + JPEG[20:], "jpeg"),
        (files.telling_jpeg().read(), "jpeg"),
        (files.plain("WEBP", exif=files.exif()).read(), "webp"),
        (files.moving("WEBP").read(), "webp"),
        (files.telling_png().read(), "png"),
        (PNG[:33] + files.chunk(b"tEXt", b"a\0b") + PNG[33:], "png"),
        (PNG[:33] + files.chunk(b"prIv", b"ab") + PNG[33:], "png"),
        (PNG[:-16] + b"\0" + PNG[-15:], "png"),
        (PNG[:-12] + files.chunk(b"IEND", b"more"), "png"),
        (files.plain("AVIF", exif=files.exif()).read(), "avif"),
        (files.plain("AVIF", icc_profile=files.profile()).read(), "avif"),
        (files.plain("AVIF", xmp=files.xmp()).read(), "avif"),
        (files.moving("AVIF").read(), "avif"),
        (files.saved(Image.new("RGBA", (32, 32), (1, 2, 3, 99)), "AVIF").read(), "avif"),
        (with_a_unit(AVIF, b"\x2a\x04meta"), "avif"),
        (with_a_unit(AVIF, b"\x7a\x04fill"), "avif"),
        (with_a_unit(AVIF, b"\x12\xff\xff"), "avif"),
    ],
)  # fmt: skip
def test_anything_else_in_it_or_after_it_is_found(data, kind):
    assert not is_clean(data, kind)


def test_a_long_scan_is_read_quickly():
    noise = files.saved(Image.effect_noise((4000, 3000), 90), "JPEG", quality=95)
    data = noise.read()
    assert len(data) > 5_000_000 and is_clean(data, "jpeg") and not is_clean(data + b"x", "jpeg")
    assert Image.open(io.BytesIO(data)).size == (4000, 3000)
