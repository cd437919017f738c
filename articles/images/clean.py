"""Parses a finished file back: whether it holds pixels and what decodes them, and nothing else."""

from __future__ import annotations

import zlib

from articles.images.clean_avif import avif_is_clean

PNG_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
JPEG_SEGMENTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA}
JFIF, SOS, EOI = 0xE0, 0xDA, 0xD9


def is_clean(data: bytes, kind: str) -> bool:
    """Whether the file is of that format (jpeg, webp, png, avif) with no EXIF, XMP, ICC, comment or text, and no byte after its end."""
    return {"jpeg": _jpeg_is_clean, "webp": _webp_is_clean, "png": _png_is_clean, "avif": avif_is_clean}[kind](data)


def _jpeg_is_clean(data: bytes) -> bool:
    """Walks the segments (ITU-T T.81, annex B): SOF, DHT, DQT, DRI, SOS and a bare JFIF header, to EOI at the very end."""
    if data[:2] != b"\xff\xd8":
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == JFIF:
            if data[at + 4 : at + 9] != b"JFIF\0" or length != 16 or data[at + 16 : at + 18] != b"\0\0":
                return False
        elif marker not in JPEG_SEGMENTS:
            return False
        at += 2 + length
        if marker == SOS:
            at = _after_scan(data, at)
            if data[at : at + 2] == bytes((0xFF, EOI)):
                return at + 2 == len(data)
    return False


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: within a scan 0xFF is followed by 0 or by a restart marker."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data) and (data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7):
        at += 2
    return at if at >= 0 else len(data)


def _webp_is_clean(data: bytes) -> bool:
    """One VP8 or VP8L chunk in a RIFF of exactly its length (RFC 9649)."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    chunk, length = data[12:16], int.from_bytes(data[16:20], "little")
    return chunk in (b"VP8 ", b"VP8L") and 20 + length + (length & 1) == len(data)


def _png_is_clean(data: bytes) -> bool:
    """Walks the chunks (PNG, third edition, section 5): header, palette, transparency, pixels, end, each whole, the end last."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    at, kind = 8, b""
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if kind not in PNG_CHUNKS or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return False
        at = end
        if kind == b"IEND":
            return length == 0 and at == len(data)
    return False
