"""A report's press kit: its text in each form, its facts, its pictures in full size with credit, as one ZIP that is written while it is sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, cast

from django.core.files import File
from django.core.files.storage import storages
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.editions import dates, words
from articles.editions.files import public_name
from articles.syndication.forms import as_html, as_markdown, as_text
from articles.syndication.ninjs import as_ninjs
from articles.syndication.piece import Piece
from articles.text.languages import direction

CHUNK = 65_536
FOLDER = "pictures"


@dataclass(frozen=True)
class Kit:
    """What is in the archive: texts by their names, and pictures: (name in it, public file). `mark` changes with any of it."""

    folder: str
    written_at: dt.datetime
    texts: dict[str, str]
    pictures: list[tuple[str, str]]

    @property
    def mark(self) -> str:
        told = json.dumps([self.folder, self.written_at.isoformat(), self.texts, self.pictures], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def kit_of(piece: Piece) -> Kit:
    """The press kit of a report, not yet written."""
    edition = piece.parts.edition
    pictures = [(f"{FOLDER}/{number:02}.jpg", image.reprint["file"]) for number, image in enumerate(piece.pictures, 1) if image.reprint]
    with override(edition.language):
        texts = {
            "facts.txt": _facts(piece),
            "report.txt": as_text(piece),
            "report.md": as_markdown(piece),
            "report.html": str(
                format_html(
                    '<!doctype html>\n<html lang="{}" dir="{}">\n<meta charset="utf-8">\n<title>{}</title>\n{}</html>\n',
                    edition.language, direction(edition.language), piece.headline, as_html(piece),
                )
            ),
            "report.ninjs.json": json.dumps(as_ninjs(piece), ensure_ascii=False, indent=1) + "\n",
            **({f"{FOLDER}/captions.txt": _captions(piece)} if pictures else {}),
        }  # fmt: skip
    return Kit(edition.slug, edition.updated_at, texts, pictures)


def written(kit: Kit) -> Iterator[bytes]:
    """The archive, piece by piece. Its pictures are opened before the first byte: raises FileNotFoundError then, not in the middle."""
    stack = ExitStack()
    try:
        files = [(name, stack.enter_context(storages["public"].open(public_name(file)))) for name, file in kit.pictures]
    except BaseException:
        stack.close()
        raise
    return _written(kit, files, stack)


def _written(kit: Kit, files: list[tuple[str, File[bytes]]], stack: ExitStack) -> Iterator[bytes]:
    pipe = _Pipe()
    with stack, zipfile.ZipFile(cast(IO[bytes], pipe), "w") as archive:
        for name, text in kit.texts.items():
            archive.writestr(_entry(kit, name, zipfile.ZIP_DEFLATED), text.encode())
            yield pipe.drain()
        for name, file in files:
            with archive.open(_entry(kit, name, zipfile.ZIP_STORED), "w") as entry:  # a JPEG does not get smaller
                while chunk := file.read(CHUNK):
                    entry.write(chunk)
                    yield pipe.drain()
    yield pipe.drain()


def _entry(kit: Kit, name: str, compression: int) -> zipfile.ZipInfo:
    """The same bytes each time: the time is the report's, and nothing tells of the machine."""
    at = kit.written_at.astimezone(dt.UTC)
    entry = zipfile.ZipInfo(f"{kit.folder}/{name}", (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


class _Pipe:
    """What an archive is written into when it cannot be sought in."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def drain(self) -> bytes:
        data, self.held = b"".join(self.held), []
        return data


def _facts(piece: Piece) -> str:
    """What a newsroom asks for first, a line each."""
    edition, parts, language = piece.parts.edition, piece.parts, piece.parts.edition.language
    contact = parts.contact
    duty = f"{contact.duty} ({contact.zone})" if contact and contact.duty else ""
    reached = words.joined((contact.name, contact.role, contact.phone, contact.email, duty)) if contact else ""
    lines = [
        (_("Headline"), piece.headline),
        (_("Kind"), piece.kind),
        (_("Address"), piece.address),
        (_("By"), piece.byline),
        (_("Place"), piece.place),
        (_("What happened"), dates.precise(edition.event_on, edition.event_precision, language)),
        (_("Published"), dates.moment(edition.published_at, language)),
        (_("Updated"), dates.moment(edition.updated_at, language) if edition.updated_at > edition.published_at else ""),
        (_("Regions"), words.joined(each.name for each in parts.regions)),
        (_("Tags"), words.joined(each.name for each in parts.tags)),
        *((_("Correction"), each) for each in piece.corrections),
        *((_("Source"), each) for each in piece.sources),
        *((each.own_name, f"{each.headline} – {_absolute(piece, each.path)}") for each in parts.translations),
        (_("For media interviews"), reached),
        ("", piece.licence),
        (_("What we ask"), parts.site.terms or terms(piece)),
    ]
    return "".join(f"{label}: {text}\n" if label else f"{text}\n" for label, text in lines if text)


def terms(piece: Piece) -> str:
    """What is asked of those who republish, where the site has no words of its own for it."""
    return _("Name %(site)s, link to the report's address, and carry its corrections: look there again before you publish.") % {
        "site": piece.parts.site.name
    }


def _captions(piece: Piece) -> str:
    blocks = []
    for number, image in enumerate(piece.pictures, 1):
        reprint = image.reprint or {}
        size = f"{reprint['width_px']} × {reprint['height_px']}"
        said = [f"{number:02}.jpg ({size})", image.caption, "" if image.decorative else image.alt, image.credit]
        licence = _("Licence: %(licence)s.") % {"licence": reprint["licence"]} if reprint["licence"] else ""
        blocks.append("\n".join(filter(None, [*said, licence])))
    return "\n\n".join(blocks) + "\n"


def _absolute(piece: Piece, path: str) -> str:
    return piece.address.removesuffix(piece.parts.edition.path) + path
