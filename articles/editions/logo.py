"""The site's logo: rebuilt like any picture, public from the moment that it is chosen, gone when it is replaced."""

from __future__ import annotations

from typing import BinaryIO

from django.core.files.storage import storages
from django.db import transaction

from articles.audit.chain import record
from articles.editions import files
from articles.identity.models import Logo
from articles.identity.shell import draw_shells
from articles.images.actions import private_name, store
from articles.images.intake import CleanPicture, clean_picture
from articles.people.models import User
from articles.stamp.number import count_up


def change_logo(file: BinaryIO, *, ground: str, by: User) -> Logo:
    """Shows that picture on light or dark paper. Raises RefusedPicture; then nothing is written."""
    return set_logo(clean_picture(file, kind="logo"), ground=ground, by=by)


def set_logo(picture: CleanPicture, *, ground: str, by: User) -> Logo:
    """Shows a picture that was taken in as a logo."""
    made = picture.files[0]
    store([made])
    files.copy_to_public([made.file])
    with transaction.atomic():
        old = _names(ground)
        files.hold([made.file], locking=old)
        facts = {"file": made.file, "width_px": made.width_px, "height_px": made.height_px}
        logo, _made = Logo.objects.update_or_create(ground=ground, defaults=facts)
        _drop([name for name in old if name != made.file])
        record(by=by, verb="change_logo", target=logo, facts={"hash": picture.content_hash})
        draw_shells()
        count_up()
    return logo


def remove_logo(*, ground: str, by: User) -> None:
    """Shows the site's name again where the logo stood; does nothing when there is none."""
    with transaction.atomic():
        logo = Logo.objects.select_for_update().filter(ground=ground).first()
        if logo is None:
            return
        logo.delete()
        _drop([logo.file])
        record(by=by, verb="remove_logo", target=logo)
        draw_shells()
        count_up()


def _names(ground: str) -> list[str]:
    return list(Logo.objects.select_for_update().filter(ground=ground).values_list("file", flat=True))


def _drop(names: list[str]) -> None:
    """Gives up files that no logo shows any more, in both storages."""
    free = files.drop_unused(names)
    files.unlink_after_commit(free)
    for name in free:
        transaction.on_commit(lambda name=name: storages["private"].delete(private_name(name)), robust=True)  # type: ignore[misc]  # mypy cannot type a lambda's default
