"""What comes out of an upload is pixels and nothing else; what is no picture of ours is refused with a sentence, and nothing is left."""

from __future__ import annotations

import io
import re
import tempfile
import time

import pytest
from PIL import Image, ImageFilter

from articles.images import intake, rebuild
from articles.images.clean import is_clean
from articles.images.intake import RefusedPicture, clean_files, clean_picture
from tests.images import files

UNREADABLE = "This is not a JPEG, PNG or WebP picture that can be read: save it as JPEG and try again."
TOO_LARGE = "The picture has more than 40 million pixels or a side over 12,000: save it smaller and try again."
UNCLEAN = (
    b'{"files": [{"name": "small", "format": "jpeg", "width_px": 1, "height_px": 1, "bytes": 4}], "content_hash": "0"}\n\xff\xd8\xff\xd9'
)
MOVING = "Moving pictures are not taken: save one frame as JPEG or PNG."


def opened(file):
    picture = Image.open(io.BytesIO(file.data))
    picture.load()
    return picture


@pytest.fixture(autouse=True)
def _no_temporary_file(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def refused(file, **kwargs):
    with pytest.raises(RefusedPicture) as refusal:
        clean_picture(file, **kwargs)
    return str(refusal.value)


@pytest.mark.parametrize("telling", [files.telling_jpeg, files.telling_png, files.telling_webp])
def test_nothing_but_pixels_survives(telling):
    assert files.SECRETS in telling().read()
    made = clean_picture(telling())
    assert [(each.name, each.format) for each in made.files] == [
        ("master", "jpeg"), ("thumb", "jpeg"), ("thumb", "webp"), ("small", "jpeg"), ("small", "webp"),
    ]  # fmt: skip
    for each in made.files:
        picture = opened(each)
        assert is_clean(each.data, each.format)
        assert not re.search(rb"canary|Exif|xmp|ICC|<script|PK\x03\x04|8BIM|JFXX", each.data, re.I)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)


def test_a_picture_held_sideways_stands_upright_and_says_so_no_more():
    made = clean_picture(files.telling_jpeg(orientation=6))
    assert {(each.width_px, each.height_px) for each in made.files} == {(48, 80)}
    assert {opened(each).size for each in made.files} == {(48, 80)}


def test_renditions_grow_to_the_size_of_the_picture_and_no_further():
    made = clean_picture(files.plain(size=(1200, 900)))
    assert [(each.name, each.format, each.width_px, each.height_px) for each in made.files] == [
        ("master", "jpeg", 1200, 900), ("thumb", "jpeg", 240, 180), ("thumb", "webp", 240, 180), ("small", "jpeg", 480, 360),
        ("small", "webp", 480, 360), ("middle", "jpeg", 720, 540), ("middle", "webp", 720, 540),
        ("medium", "jpeg", 960, 720), ("medium", "webp", 960, 720), ("large", "jpeg", 1200, 900), ("large", "webp", 1200, 900),
    ]  # fmt: skip
    assert all(re.fullmatch(r"[0-9a-f]{40}\.(jpg|webp)", each.file) for each in made.files)
    assert clean_picture(files.plain(size=(1200, 900))) == made


def test_a_picture_full_of_detail_is_made_coarser_until_a_bad_line_can_bear_it():
    detail = Image.effect_noise((1250, 800), 90).filter(ImageFilter.GaussianBlur(1)).convert("RGB")
    made = clean_picture(files.saved(detail, "PNG")).files[3:]
    assert [each.name for each in made] == ["small", "small", "middle", "middle", "medium", "medium", "large", "large"]
    assert [each.name for each in made if len(each.data) > rebuild.MOST_BYTES[each.width_px]] == []


@pytest.mark.parametrize(
    ("focus", "square"),
    [((0.5, 0.5), (200, 0, 1000, 800)), ((0, 0), (0, 0, 800, 800)), ((1, 1), (400, 0, 1200, 800)), ((0.4, 0.9), (80, 0, 880, 800))],
)
def test_a_crop_holds_its_focal_point_as_near_to_the_middle_as_the_edges_let_it(focus, square):
    assert rebuild.crop_box((1200, 800), (720, 720), focus) == square
    assert rebuild.crop_box((800, 1200), (720, 720), (focus[1], focus[0])) == (square[1], square[0], square[3], square[2])


def test_the_master_gives_the_lighter_format_and_the_crops():
    drawn = Image.new("RGB", (1600, 1000), "white")
    drawn.paste((200, 0, 0), (1400, 100, 1500, 200))
    master = clean_picture(files.saved(drawn, "PNG")).files[0].data
    lighter = clean_files(master, "avif").files
    assert [(each.name, each.format, each.width_px, each.height_px) for each in lighter] == [
        ("small", "avif", 480, 300), ("middle", "avif", 720, 450), ("medium", "avif", 960, 600), ("large", "avif", 1200, 750),
    ]  # fmt: skip
    assert opened(lighter[3]).size == (1200, 750)
    crops = clean_files(master, "crops", "0.9", "0.15").files
    assert [(each.name, each.format, each.width_px, each.height_px) for each in crops] == [
        ("16x9", "jpeg", 1200, 675), ("4x3", "jpeg", 960, 720), ("1x1", "jpeg", 720, 720),
    ]  # fmt: skip
    red = opened(crops[2]).getpixel((720 - 110, 108))  # 150 of 1,000 pixels from the right and from the top
    assert red[0] > 150 and red[1] < 90


@pytest.mark.parametrize(
    ("file", "colour"),
    [
        (lambda: files.saved(Image.new("CMYK", (32, 32), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
        (lambda: files.saved(Image.new("L", (32, 32), 128), "PNG"), (128, 128, 128)),
        (lambda: files.saved(Image.new("I;16", (32, 32), 32768), "PNG"), (128, 128, 128)),
        (lambda: files.saved(Image.new("1", (32, 32), 1), "PNG"), (255, 255, 255)),
        (lambda: files.saved(Image.new("RGBA", (32, 32), (0, 0, 0, 0)), "PNG"), (255, 255, 255)),
        (lambda: files.saved(Image.new("LA", (32, 32), (0, 128)), "PNG"), (127, 127, 127)),
        (lambda: files.saved(Image.new("P", (32, 32), 0), "PNG", transparency=0), (255, 255, 255)),
        (files.with_gain_map, (255, 0, 0)),
    ],
    ids=["CMYK", "grey", "grey of 16 bits", "one bit", "transparent", "half transparent", "palette", "two views"],
)
def test_every_way_to_hold_colour_is_read(file, colour):
    master = opened(clean_picture(file()).files[0])
    assert master.mode == "RGB"
    assert all(abs(got - wanted) <= 3 for got, wanted in zip(master.getpixel((16, 16)), colour, strict=True))


def test_a_broken_exif_block_is_no_reason_to_refuse():
    body = files.plain().read()
    broken = b"\xff\xe1" + (14).to_bytes(2, "big") + b"Exif\0\0II*\0\xff\xff"
    assert clean_picture(io.BytesIO(body[:2] + broken + body[2:])).files[0].width_px == 64


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: io.BytesIO(b""), "The file is empty: choose another."),
        (lambda: io.BytesIO(bytes(20_000_001)), "The file is larger than 20 MB: save it smaller and try again."),
        (lambda: io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), UNREADABLE),
        (lambda: io.BytesIO(b"<html><script>alert(1)</script>"), UNREADABLE),
        (lambda: io.BytesIO(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run"), UNREADABLE),
        (lambda: io.BytesIO(b"8BPS\0\1" + bytes(200)), UNREADABLE),
        (lambda: io.BytesIO(files.plain().read()[:400]), UNREADABLE),
        (lambda: io.BytesIO(b"\xff\xd8\xff\xe0" + bytes(300)), UNREADABLE),
        (lambda: files.saved(Image.new("RGB", (32, 32)), "TIFF"), UNREADABLE),
        (lambda: files.saved(Image.new("RGB", (32, 32)), "ICO"), UNREADABLE),
        (lambda: files.saved(Image.new("RGB", (32, 32)), "BMP"), UNREADABLE),
        (lambda: files.saved(Image.new("P", (32, 32)), "GIF"), UNREADABLE),
        (lambda: files.moving("PNG"), MOVING),
        (lambda: files.moving("WEBP"), MOVING),
        (lambda: files.png_bomb(30_000, 30_000), TOO_LARGE),
        (lambda: files.png_bomb(12_001, 16), TOO_LARGE),
        (lambda: files.png_bomb(7_000, 7_000), TOO_LARGE),
        (lambda: files.text_bomb(200), UNREADABLE),
        (lambda: files.plain(size=(15, 200)), "The picture is smaller than 16 pixels: choose a larger one."),
    ],
)  # fmt: skip
def test_what_is_no_picture_of_ours_is_refused_at_once(file, sentence):
    given, began = file(), time.monotonic()
    assert refused(given) == sentence
    assert time.monotonic() - began < 5


def test_a_logo_keeps_what_shows_through_and_hides_nothing_there():
    drawn = Image.new("RGBA", (3000, 700), (200, 30, 30, 0))
    drawn.paste((20, 40, 60, 255), (300, 100, 2700, 580))
    made = clean_picture(files.saved(drawn, "PNG"), kind="logo")
    assert [(each.name, each.format, each.width_px, each.height_px) for each in made.files] == [("logo", "png", 1200, 240)]
    logo = opened(made.files[0])
    assert (logo.mode, logo.getpixel((600, 120)), is_clean(made.files[0].data, "png")) == ("RGBA", (20, 40, 60, 255), True)
    held = Image.new("RGBA", (200, 100), (200, 30, 30, 0))
    held.paste((20, 40, 60, 255), (0, 0, 20, 100))
    held.paste((20, 40, 60, 255), (180, 0, 200, 100))
    assert opened(clean_picture(files.saved(held, "PNG"), kind="logo").files[0]).getpixel((100, 50)) == (0, 0, 0, 0)


def test_a_logo_is_told_and_weighed_like_any_picture():
    assert refused(files.saved(Image.new("RGBA", (64, 64), (9, 9, 9, 0)), "PNG"), kind="logo") == (
        "There is nothing to be seen in the picture: every point of it is transparent."
    )
    noise = files.saved(Image.effect_noise((1600, 400), 90).convert("RGB"), "PNG")
    (logo,) = clean_picture(noise, kind="logo").files
    assert len(logo.data) <= rebuild.LOGO_BYTES and (logo.format, logo.height_px) == ("png", 80)
    assert files.SECRETS not in clean_picture(files.telling_png(), kind="logo").files[0].data


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ("while True: pass", "The picture took too long to read: save it anew as a plain JPEG, or smaller, and try again."),
        ("import os; os.abort()", UNREADABLE),
        ("raise SystemExit(3)", UNREADABLE),
        ("print('no answer of ours')", UNREADABLE),
        (f"import sys; sys.stdout.buffer.write({UNCLEAN!r})",
         "The rebuilt picture could not be proved clean: save it as a plain JPEG and try again."),
    ],
    ids=["hangs", "crashes", "exits", "lies", "sends what is not clean"],
)  # fmt: skip
def test_a_process_that_hangs_crashes_or_lies_is_not_believed(does, sentence, tmp_path, monkeypatch):
    taken_over = tmp_path / "rebuild.py"
    taken_over.write_text(does)
    monkeypatch.setattr(rebuild, "__file__", str(taken_over))
    monkeypatch.setattr(intake, "TIME_S", 1)
    assert refused(files.plain()) == sentence
