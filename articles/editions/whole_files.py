"""Public storage in which a file appears whole or not at all, however many write it at once."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

PARTS = "parts"


class WholeFiles(FileSystemStorage):
    """Writes beside, then renames over the name (POSIX `rename`, atomic): a reader or another writer never meets half a file.

    Names are hashes of what the files hold, so that the one who comes last changes nothing.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name as asked for: a file of that name is replaced."""
        return name

    def _save(self, name: str, content: Any) -> str:
        part = super()._save(f"{PARTS}/{secrets.token_hex(16)}", content)  # type: ignore[misc]  # Django documents _save for subclasses; its stubs leave it out
        try:
            with open(self.path(part), "rb") as written:
                os.fsync(written.fileno())
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            os.replace(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name

    def drop_parts(self, *, before: dt.datetime) -> None:
        """Removes what writers who died have left, begun before that time."""
        if not self.exists(PARTS):
            return
        for each in self.listdir(PARTS)[1]:
            try:
                if self.get_modified_time(f"{PARTS}/{each}") < before:
                    self.delete(f"{PARTS}/{each}")
            except FileNotFoundError:  # its writer has just renamed it
                continue


def drop_dead_parts() -> None:
    """Removes the parts of public storage that are older than any writer's work takes."""
    public = storages["public"]
    if isinstance(public, WholeFiles):  # an object store keeps no part of a write that was broken off
        public.drop_parts(before=timezone.now() - dt.timedelta(minutes=30))
