"""Parses a finished AVIF back: one picture, its measures, and the AV1 stream that holds its pixels; nothing else has a place in it."""

from __future__ import annotations

from collections.abc import Iterator

FTYP = b"avif\0\0\0\0avifmif1miafMA1B"
HDLR = bytes(8) + b"pict" + bytes(13)
PITM = bytes(4) + b"\0\1"
IINF = bytes(5) + b"\1" + b"\0\0\0\x1ainfe\2\0\0\0\0\1\0\0av01Color\0"
IPMA = bytes(7) + b"\1\0\1\4\1\2\x83\4"
PIXI = bytes(4) + b"\3\x08\x08\x08"
SRGB = b"nclx\0\1\0\x0d\0\6\x80"
ILOC = bytes(4) + b"\x44\0\0\1\0\1\0\0\0\1"
SEQUENCE, DELIMITER, FRAME_HEADER, TILES, FRAME = 1, 2, 3, 4, 6
OBUS = {SEQUENCE, DELIMITER, FRAME_HEADER, TILES, FRAME}
"""Units that draw. Metadata (5) and padding (15) would hold what nobody sees."""


def avif_is_clean(data: bytes) -> bool:
    """Whether it is exactly what libavif writes of a bare picture in sRGB (AV1 image file format; ISO/IEC 14496-12, 23008-12)."""
    try:
        (ftyp, meta, mdat) = _boxes(data)
        boxes = {"hdlr": HDLR, "pitm": PITM, "iloc": None, "iinf": IINF, "iprp": None}
        found = list(_boxes(meta[1][4:]))
        (ipco, ipma) = _boxes(found[4][1])
        shape = list(_boxes(ipco[1]))
        (iloc,) = (content for name, content in found if name == "iloc")
    except (ValueError, IndexError):
        return False
    return (
        (ftyp, meta[0], meta[1][:4], mdat[0]) == (("ftyp", FTYP), "meta", bytes(4), "mdat")
        and [name for name, _content in found] == list(boxes)
        and all(content == boxes[name] for name, content in found if boxes[name] is not None)
        and (ipco[0], ipma) == ("ipco", ("ipma", IPMA))
        and [name for name, _content in shape] == ["ispe", "pixi", "av1C", "colr"]
        and (len(shape[0][1]), shape[0][1][:4], shape[1][1], len(shape[2][1]), shape[3][1]) == (12, bytes(4), PIXI, 4, SRGB)
        and iloc == ILOC + (len(data) - len(mdat[1])).to_bytes(4, "big") + len(mdat[1]).to_bytes(4, "big")
        and _draws(mdat[1])
    )


def _boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each box, one behind the other to the very end. Raises ValueError."""
    at = 0
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size < 8 or at + size > len(data):
            raise ValueError(name)
        yield name.decode("ascii"), data[at + 8 : at + size]
        at += size


def _draws(stream: bytes) -> bool:
    """Whether every unit of the stream (AV1 bitstream, section 5.3) has its size, is one that draws, and the last ends the stream."""
    at = 0
    while at < len(stream):
        head = stream[at]
        if head & 0b1000_0111 != 0b10 or head >> 3 not in OBUS:  # no forbidden or reserved bit, no extension, a size
            return False
        size, at = _size(stream, at + 1)
        at += size
    return at == len(stream) > 0


def _size(stream: bytes, at: int) -> tuple[int, int]:
    """(number, place behind it) of a leb128."""
    number = 0
    for shift in range(0, 56, 7):
        byte = stream[at] if at < len(stream) else 0
        number |= (byte & 0x7F) << shift
        at += 1
        if not byte & 0x80:
            break
    return number, at
