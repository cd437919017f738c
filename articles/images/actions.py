"""Pictures are taken in: rebuilt in a process of their own, kept private, recorded."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.images import rebuild
from articles.images.models import Image, Rendition
from articles.people.models import User

MAX_BYTES = 20_000_000
TIME_S = 60


class RefusedPicture(Exception):
    """The file is not taken; the argument is a sentence that says what to do. Nothing was written."""


def add(file: BinaryIO, *, by: User, **facts: Any) -> Image:
    """Takes in a picture. `facts` are columns of Image (credit, creator, licence …). The same file again gives the picture there is.

    Raises RefusedPicture.
    """
    data = _read(file)
    sha256 = hashlib.sha256(data).hexdigest()
    if standing := Image.objects.filter(sha256=sha256).first():
        return standing
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        made = _rebuild(data, folder)
        private = storages["private"]
        original = private.save(f"originals/{secrets.token_hex(16)}", ContentFile(data))
        for each in (made["master"], *made["renditions"]):
            name = private_name(each["file"])
            if not private.exists(name):
                private.save(name, ContentFile(Path(folder, each["file"]).read_bytes()))
    with transaction.atomic():
        image = Image.objects.create(
            original=original,
            sha256=sha256,
            content_hash=made["content_hash"],
            width_px=made["master"]["width_px"],
            height_px=made["master"]["height_px"],
            **facts,
        )
        Rendition.objects.bulk_create(Rendition(image=image, **each) for each in made["renditions"])
        record(by=by, verb="add_picture", target=image, facts={"hash": made["content_hash"]})
    return image


def private_name(file: str) -> str:
    """Where a rendition stands in private storage."""
    return f"renditions/{file[:2]}/{file}"


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


def _rebuild(data: bytes, folder: str) -> dict[str, Any]:
    source = Path(folder, "source")
    source.write_bytes(data)
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with a path that we made
            [sys.executable, rebuild.__file__, str(source), folder], capture_output=True, timeout=TIME_S, check=False, env=environment
        )
        made: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"refused": "not a picture"}
    except (subprocess.TimeoutExpired, ValueError):
        made = {"refused": "not a picture"}
    if code := made.get("refused"):
        raise RefusedPicture(_sentence(code))
    if not all(each["clean"] for each in (made["master"], *made["renditions"])):
        raise RefusedPicture(_("The rebuilt picture could not be proved clean: save it as a plain JPEG and try again."))
    return made


def _sentence(code: str) -> str:
    return {
        "moving": _("Moving pictures are not taken: save one frame as JPEG or PNG."),
        "too large": _("The picture has more than 40 million pixels or a side over 12,000: save it smaller and try again."),
        "too small": _("The picture is smaller than 16 pixels: choose a larger one."),
    }.get(code, _("This is not a JPEG, PNG or WebP picture that can be read: save it as JPEG and try again."))
