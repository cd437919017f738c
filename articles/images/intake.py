"""A file from outside becomes clean files: read within bounds, rebuilt in a confined process, parsed back here. Nothing is written."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from articles.images import rebuild
from articles.images.clean import is_clean

MAX_BYTES = 20_000_000
TIME_S = 60
UNHURRIED_S = 240  # behind everything else on a busy machine; within the lease of an errand
ENDINGS = {"jpeg": "jpg", "webp": "webp", "png": "png", "avif": "avif"}


class RefusedPicture(Exception):
    """The file is not taken; the argument is a sentence that says what to do. Nothing was written."""


@dataclass(frozen=True)
class CleanFile:
    """One finished file; `file` is its name, from the hash of its bytes."""

    name: str
    format: str
    width_px: int
    height_px: int
    file: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class CleanPicture:
    """What was made of an upload: `sha256` is of the file as it came, which is forgotten; `content_hash` of its pixels."""

    sha256: str
    content_hash: str
    files: tuple[CleanFile, ...]


def clean_picture(file: BinaryIO, *, kind: str = "picture") -> CleanPicture:
    """The clean files of a `picture` (its master first, then the renditions) or of a `logo` (one PNG). Raises RefusedPicture."""
    return clean_files(_read(file), kind)


def clean_files(data: bytes, *words: str) -> CleanPicture:
    """What the confined process makes of the file when it is asked in those words (see `rebuild`), proved clean. Raises RefusedPicture."""
    told, rest = _rebuilt(data, *words)
    files = []
    for facts in told["files"]:
        held, rest = rest[: facts["bytes"]], rest[facts["bytes"] :]
        if not is_clean(held, facts["format"]):
            raise RefusedPicture(_("The rebuilt picture could not be proved clean: save it as a plain JPEG and try again."))
        ending = ENDINGS[facts["format"]]
        name = f"{hashlib.sha256(held).hexdigest()[:40]}.{ending}"
        files.append(CleanFile(facts["name"], facts["format"], facts["width_px"], facts["height_px"], name, held))
    return CleanPicture(hashlib.sha256(data).hexdigest(), told["content_hash"], tuple(files))


def _read(file: BinaryIO) -> bytes:
    data = b"".join(_chunks(file))
    if len(data) > MAX_BYTES:
        raise RefusedPicture(_("The file is larger than 20 MB: save it smaller and try again."))
    if not data:
        raise RefusedPicture(_("The file is empty: choose another."))
    return data


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    left = MAX_BYTES + 1
    while left > 0 and (chunk := file.read(min(left, 65536))):
        left -= len(chunk)
        yield chunk


def _rebuilt(data: bytes, *words: str) -> tuple[dict[str, Any], bytes]:
    """What the confined process tells, and the bytes that follow. It gets the file through a pipe, and no variable of ours."""
    time_s = UNHURRIED_S if words[0] in rebuild.UNHURRIED else TIME_S
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and words of ours
            [sys.executable, "-I", rebuild.__file__, *words], input=data, capture_output=True, timeout=time_s, check=False, env={}
        )
        head, _line, rest = done.stdout.partition(b"\n")
        told: dict[str, Any] = json.loads(head) if done.returncode == 0 else {"refused": "not a picture"}
    except subprocess.TimeoutExpired:
        told, rest = {"refused": "too slow"}, b""
    except ValueError:
        told, rest = {"refused": "not a picture"}, b""
    if code := told.get("refused"):
        raise RefusedPicture(_sentence(code))
    return told, rest


def _sentence(code: str) -> str:
    return {
        "moving": _("Moving pictures are not taken: save one frame as JPEG or PNG."),
        "too large": _("The picture has more than 40 million pixels or a side over 12,000: save it smaller and try again."),
        "too small": _("The picture is smaller than 16 pixels: choose a larger one."),
        "too slow": _("The picture took too long to read: save it anew as a plain JPEG, or smaller, and try again."),
        "empty": _("There is nothing to be seen in the picture: every point of it is transparent."),
    }.get(code, _("This is not a JPEG, PNG or WebP picture that can be read: save it as JPEG and try again."))
