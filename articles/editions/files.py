"""Public files: copied before commit, served while their row stands, unlinked when neither an edition nor the masthead uses them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.editions.models import Edition, EditionFile, EditionImage, PublicFile
from articles.editions.whole_files import drop_dead_parts
from articles.errands.queue import enqueue
from articles.identity.models import Logo
from articles.images.actions import forget, private_name

CONTENT_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}
SWEEP_AFTER = dt.timedelta(minutes=2)


def names_of(images: Iterable[EditionImage]) -> list[str]:
    """The files that those images show or hand on, each once."""
    return list(dict.fromkeys(each["file"] for image in images for each in (*image.renditions, *filter(None, [image.reprint]))))


def copy_to_public(names: Sequence[str]) -> None:
    """Copies files from private to public storage where they are missing or half written. Raises OSError."""
    ask_for_sweep(names)  # first: should nobody live to write their rows, they go again
    for name in names:
        _copy(name)


def register(edition: Edition, names: Sequence[str]) -> None:
    """Writes the rows by which `/media/` serves the edition's files, and gives up those that it used before. Within the transaction."""
    given_up = EditionFile.objects.filter(edition=edition).exclude(file__name__in=names)
    dropped = list(given_up.values_list("file__name", flat=True))
    standing = hold(names, locking=dropped)
    given_up.delete()
    for name in names:
        EditionFile.objects.get_or_create(edition=edition, file=standing[name])
    unlink_after_commit(drop_unused(dropped))


def release(edition: Edition) -> list[str]:
    """Deletes the edition's rows and those of files that nobody else uses; returns the names to unlink after commit."""
    used = list(EditionFile.objects.filter(edition=edition).values_list("file__name", flat=True))
    EditionFile.objects.filter(edition=edition).delete()
    return drop_unused(used)


def hold(names: Iterable[str], *, locking: Iterable[str] = ()) -> dict[str, PublicFile]:
    """Name -> row of each file, locked to the end of the transaction, its bytes in place. `locking`: rows that the caller may drop, locked alike.

    In the order of their names, so that two acts never wait for each other. Raises OSError.
    """
    names, held = set(names), {}
    for name in sorted({*names, *locking}):
        row = PublicFile.objects.select_for_update().filter(name=name).first()
        while row is None and name in names:
            row = _first_row(name)
        if name in names and row:
            held[name] = row
    return held


def drop_unused(names: Iterable[str]) -> list[str]:
    """Deletes, under lock, the rows of those files that neither an edition nor the masthead uses; returns their names."""
    standing = list(PublicFile.objects.select_for_update().filter(name__in=list(names)).order_by("name"))
    free = [file for file in standing if not EditionFile.objects.filter(file=file).exists() and not Logo.objects.filter(file=file).exists()]
    PublicFile.objects.filter(pk__in=[file.pk for file in free]).delete()
    return [file.name for file in free]


def unlink_after_commit(names: Sequence[str]) -> None:
    """Has the files removed once the transaction has committed; the sweep does it should that fail."""
    ask_for_sweep(names)
    if names:
        transaction.on_commit(lambda: unlink(names), robust=True)


def ask_for_sweep(names: Sequence[str]) -> None:
    """Asks the clock to remove those of the files that nobody uses in a while."""
    if names:
        key = f"sweep public files {secrets.token_hex(8)}"
        enqueue("sweep public files", key=key, payload={"names": list(names)}, run_at=timezone.now() + SWEEP_AFTER)


def unlink(names: Iterable[str]) -> None:
    """Removes files from public storage, but for those that have a row again.

    Each name is held meanwhile by a row that never commits: a publish that wants the file waits, then finds it gone and copies it anew.
    """
    for name in names:
        try:
            with transaction.atomic():
                PublicFile.objects.create(name=name, content_type="", bytes=0, since=timezone.now())
                storages["public"].delete(public_name(name))
                forget([name])  # a placard is no picture's: it goes from private storage too
                transaction.set_rollback(True)
        except IntegrityError:
            continue


def sweep(names: Iterable[str]) -> None:
    """What the clock does when it was asked for a sweep: `unlink`, and what writers who died have left half written."""
    unlink(names)
    drop_dead_parts()


def public_name(name: str) -> str:
    """Where a file stands in public storage."""
    return f"{name[:2]}/{name}"


def _first_row(name: str) -> PublicFile | None:
    """A new row with its file in place; None when another act wrote one first, which may be going again: look anew."""
    try:
        with transaction.atomic():
            row = PublicFile.objects.create(name=name, content_type=CONTENT_TYPES[name.rpartition(".")[2]], bytes=0, since=timezone.now())
    except IntegrityError:
        return PublicFile.objects.select_for_update().filter(name=name).first()
    _copy(name)
    row.bytes = storages["public"].size(public_name(name))
    row.save(update_fields=["bytes"])
    return row


def _copy(name: str) -> None:
    private, public = storages["private"], storages["public"]
    there, here = private_name(name), public_name(name)
    size = private.size(there)
    try:
        if public.size(here) == size:
            return
    except FileNotFoundError:  # asked in this way, as another act may remove it between two questions
        pass
    with private.open(there) as file:
        public.save(here, file)
