"""Public files: copied before commit, registered with the edition, unlinked when no edition uses them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from articles.editions.models import Edition, EditionFile, EditionImage, PublicFile
from articles.images.actions import private_name

CONTENT_TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}
STRAY_AFTER = dt.timedelta(minutes=10)


def copy_to_public(images: Iterable[EditionImage]) -> list[str]:
    """Copies the files of the images from private to public storage where they are missing or half written; returns their names.

    Raises OSError when a file cannot be read or written.
    """
    private, public = storages["private"], storages["public"]
    names = list(dict.fromkeys(each["file"] for image in images for each in image.renditions))
    for name in names:
        _copy(name, private=private, public=public)
    return names


def register(edition: Edition, names: Sequence[str]) -> None:
    """Writes the rows by which `/media/` serves the files, and gives up those that the edition used before. Within the transaction."""
    public = storages["public"]
    standing = {each.name: each for each in PublicFile.objects.select_for_update().filter(name__in=names).order_by("name")}
    for name in sorted(names):
        if name not in standing:
            kind = CONTENT_TYPES[name.rpartition(".")[2]]
            facts = {"content_type": kind, "bytes": public.size(public_name(name)), "since": timezone.now()}
            standing[name], _made = PublicFile.objects.get_or_create(name=name, defaults=facts)  # another publication may be first
    given_up = EditionFile.objects.filter(edition=edition).exclude(file__name__in=names)
    dropped = list(given_up.values_list("file_id", flat=True))
    given_up.delete()
    for name in names:
        EditionFile.objects.get_or_create(edition=edition, file=standing[name])
    if dropped:
        free = _delete_unused(dropped)
        transaction.on_commit(lambda: unlink(free), robust=True)


def release(edition: Edition) -> list[str]:
    """Deletes the edition's rows and those of files that nobody else uses; returns the names to unlink after commit."""
    used = list(EditionFile.objects.filter(edition=edition).values_list("file_id", flat=True))
    EditionFile.objects.filter(edition=edition).delete()
    return _delete_unused(used)


def unlink(names: Iterable[str]) -> None:
    """Removes files from public storage, but for those that have a row again."""
    for name in names:
        if not PublicFile.objects.filter(name=name).exists():
            storages["public"].delete(public_name(name))


def sweep_strays(*, at: dt.datetime | None = None) -> int:
    """Removes public files that have no row and are older than ten minutes; returns how many. Copies again what has a row and is not there."""
    private, public, at = storages["private"], storages["public"], at or timezone.now()
    here = set(_all_files(public))
    wanted = set(PublicFile.objects.values_list("name", flat=True))
    old = [name for name in sorted(here - wanted) if at - public.get_modified_time(public_name(name)) > STRAY_AFTER]
    unlink(old)
    for name in sorted(wanted - here):
        _copy(name, private=private, public=public)
    return len(old)


def public_name(name: str) -> str:
    """Where a file stands in public storage."""
    return f"{name[:2]}/{name}"


def _copy(name: str, *, private: Storage, public: Storage) -> None:
    there, here = private_name(name), public_name(name)
    if public.exists(here):
        if public.size(here) == private.size(there):
            return
        public.delete(here)  # the copy was broken off: its name would lie about its bytes
    with private.open(there) as file:
        public.save(here, file)


def _delete_unused(files: Sequence[int]) -> list[str]:
    """Deletes those of the files' rows that no edition uses, under lock; returns their names."""
    standing = list(PublicFile.objects.select_for_update().filter(pk__in=files).order_by("name"))
    free = [file for file in standing if not EditionFile.objects.filter(file=file).exists()]
    PublicFile.objects.filter(pk__in=[file.pk for file in free]).delete()
    return [file.name for file in free]


def _all_files(public: Storage) -> list[str]:
    try:
        folders, _files = public.listdir("")
    except FileNotFoundError:
        return []
    return [name for folder in folders for name in public.listdir(folder)[1]]
