"""Lists without an end, sent as they are read: CSV for tables, NDJSON for programs. Memory holds one batch."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from articles.answers.sending import PROTECTION, accepts_gzip, known_tags
from articles.api.problems import Problem

CSV, NDJSON = "text/csv; charset=utf-8", "application/x-ndjson"
BATCH = 500
MOST_STREAMS = 2
"""At once in a process: who reads slowly holds a thread, and the others must stay for readers."""
FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection), in full width too."""
STREAMED = {**PROTECTION, "Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
places = BoundedSemaphore(MOST_STREAMS)


@dataclass(frozen=True)
class Rows:
    """What is streamed: its batches, each a list of rows of values, the names of these, and the name of the file."""

    batches: Callable[[], Iterator[list[Sequence[Any]]]]
    names: Sequence[str]
    media_type: str
    file: str


def stream_response(request: HttpRequest, rows: Rows, *, seed: str) -> HttpResponseBase:
    """The rows, compressed on the way where that is asked for; 304 while nothing public has changed. Raises Problem when too many are under way.

    The tag tells the address and the stamp at the first byte. A change on the way makes no stale copy: that stamp does not come again.
    """
    packed = accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{hashlib.sha256(seed.encode()).hexdigest()[:32]}{"-gz" if packed else ""}"'
    headers = {**STREAMED, "ETag": tag, **({"Content-Encoding": "gzip"} if packed else {})}
    headers["Content-Disposition"] = f'attachment; filename="{rows.file}"'
    if {tag, "*"} & known_tags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        headers.pop("Content-Encoding", None)
        return HttpResponse(status=304, headers=headers)
    if request.method == "HEAD":
        return HttpResponse(b"", content_type=rows.media_type, headers=headers)
    if not places.acquire(blocking=False):
        raise Problem(503, _("Too many lists are being sent just now: try again in a minute."))
    lines = csv_lines(rows) if rows.media_type == CSV else json_lines(rows)
    return StreamingHttpResponse(Held(packed_lines(lines) if packed else lines, places), content_type=rows.media_type, headers=headers)


class Held:
    """Chunks of a stream; its place is free again when it ends or is broken off, even before it began."""

    def __init__(self, chunks: Iterator[bytes], places: BoundedSemaphore) -> None:
        self.chunks, self.places, self.is_open = chunks, places, True

    def __iter__(self) -> Held:
        return self

    def __next__(self) -> bytes:
        return next(self.chunks)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.places.release()

    def __del__(self) -> None:
        self.close()


def csv_lines(rows: Rows) -> Iterator[bytes]:
    """RFC 4180 with the names first, and a mark of UTF-8 before all: spreadsheets guess otherwise."""
    yield ("\ufeff" + _csv([rows.names])).encode()
    for batch in rows.batches():
        yield _csv([[cell(value) for value in row] for row in batch]).encode()


def json_lines(rows: Rows) -> Iterator[bytes]:
    """One JSON object a line."""
    for batch in rows.batches():
        yield b"".join(orjson.dumps(dict(zip(rows.names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in batch)


def packed_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks in gzip, without a time, each sent on as soon as it is there."""
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    for chunk in chunks:
        yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def cell(value: Any) -> str:
    """A value as a table's cell, with an apostrophe before what a spreadsheet would run: lists of things by their short names, what has no such as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all("slug" in each for each in value):
        text = "|".join(each["slug"] for each in value)
    elif isinstance(value, dict | list):
        text = orjson.dumps(value).decode()
    else:
        text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _csv(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
