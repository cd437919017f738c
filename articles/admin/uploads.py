"""Takes uploads in: held in memory, so that none ever lies in a temporary file, and never more of them than a picture may have."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

from articles.images.intake import MAX_BYTES


class InMemory(MemoryFileUploadHandler):
    """What goes beyond the limit, in one file or in many, is read and dropped: the form says so, and keeps its other fields."""

    def handle_raw_input(self, *given: Any, **kwargs: Any) -> None:
        self.activated = True
        self.left = MAX_BYTES + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        held = raw_data[: self.left]
        self.left -= len(held)
        self.file.write(held)
