"""Pictures of every kind, honest and hostile, made by code: none lies in the repository."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

CANARY = "canary-7f3a"
SECRETS = CANARY.encode()
PNG = b"\x89PNG\r\n\x1a\n"


def saved(picture: Image.Image, kind: str, **options: Any) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    file.seek(0)
    return file


def plain(kind: str = "JPEG", size: tuple[int, int] = (64, 48), colour: str = "#445566", **options: Any) -> io.BytesIO:
    return saved(Image.new("RGB", size, colour), kind, **options)


def exif(orientation: int = 1) -> Image.Exif:
    """With a maker's note, an author and a place on the map."""
    data = Image.Exif()
    data[0x0112], data[0x010F], data[0x013B], data[0x010E] = orientation, CANARY, CANARY, CANARY
    data.get_ifd(0x8825).update({1: "N", 2: (9.0, 53.0, 24.0), 3: "E", 4: (8.0, 51.0, 30.0), 29: CANARY})
    data.get_ifd(0x8769).update({0x927C: SECRETS * 3, 0x9286: SECRETS})
    return data


def profile() -> bytes:
    """A colour profile with the canary in its description."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made) + SECRETS


def xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{CANARY}</rdf:RDF></x:xmpmeta>'.encode()


def telling_jpeg(orientation: int = 1) -> io.BytesIO:
    """EXIF with GPS and maker's note, XMP, ICC, a comment, IPTC, a thumbnail's segment, and a ZIP and a web page after the end."""
    body = plain(size=(80, 48), exif=exif(orientation), icc_profile=profile(), comment=SECRETS, xmp=xmp()).read()
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0"
        + struct.pack(">I", len(SECRETS) + 5)
        + b"\x1c\x02\x78"
        + struct.pack(">H", len(SECRETS))
        + SECRETS
    )
    thumbnail = b"JFXX\0\x10" + SECRETS + plain(size=(16, 16)).read()
    segments = b"".join(bytes((0xFF, kind)) + struct.pack(">H", len(data) + 2) + data for kind, data in ((0xED, iptc), (0xE0, thumbnail)))
    return io.BytesIO(body[:2] + segments + body[2:] + b"PK\x03\x04" + SECRETS + f"<script>{CANARY}</script>".encode())


def telling_png() -> io.BytesIO:
    info = PngInfo()
    info.add_text("Author", CANARY)
    info.add_text("Comment", CANARY, zip=True)
    info.add_itxt("Title", CANARY, "en", CANARY)
    body = saved(Image.new("RGBA", (80, 48), (10, 20, 30, 128)), "PNG", pnginfo=info, exif=exif(), icc_profile=profile()).read()
    return io.BytesIO(body + SECRETS)


def telling_webp() -> io.BytesIO:
    return plain("WEBP", size=(80, 48), exif=exif(), icc_profile=profile(), xmp=xmp())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> io.BytesIO:
    """A few kilobytes that unfold into a picture of that size, all of one grey."""
    row = b"\0" + bytes(width)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return io.BytesIO(PNG + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def text_bomb(megabytes: int) -> io.BytesIO:
    """A small picture with a compressed text that unfolds without end."""
    body = plain("PNG").read()
    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(megabytes * 1_000_000), 9))
    return io.BytesIO(body[:33] + text + body[33:])


def moving(kind: str) -> io.BytesIO:
    frames = [Image.new("RGB", (32, 32), (shade, 0, 0)) for shade in range(0, 200, 20)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def with_gain_map() -> io.BytesIO:
    """As many telephones save a photograph: two pictures in one JPEG, the second of use to some screens only."""
    return saved(Image.new("RGB", (64, 48), "red"), "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24), "blue")])
