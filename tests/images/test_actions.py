"""A picture is kept whole or not at all: its files in private storage, its rows, one event; never the file that came, never its name."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError

from articles.audit.models import AuditEvent
from articles.images import policy
from articles.images.actions import add
from articles.images.intake import RefusedPicture
from articles.images.models import Image, Rendition
from articles.people.models import User
from tests.images import files

pytestmark = pytest.mark.django_db


def kept():
    """Path in private storage -> bytes of every file there, and in public storage, where none may be."""
    return {
        str(path.relative_to(settings.VAR)): path.read_bytes()
        for folder in ("private", "public")
        for path in Path(settings.VAR, folder).rglob("*")
        if path.is_file()
    }


def test_a_picture_is_kept_in_private_storage_with_its_facts_and_one_event(reporter):
    image = add(files.telling_jpeg(), by=reporter, title="Valley", credit="Photograph: Notreal", creator="N.", licence="CC BY 4.0")
    assert Image.objects.values("title", "credit", "creator", "licence", "width_px", "height_px", "added_by", "shared").get() == {
        "title": "Valley", "credit": "Photograph: Notreal", "creator": "N.", "licence": "CC BY 4.0", "width_px": 80, "height_px": 48,
        "added_by": reporter.pk, "shared": False,
    }  # fmt: skip
    assert set(Rendition.objects.values_list("name", "format", "clean")) == {
        ("thumb", "jpeg", True), ("small", "jpeg", True), ("thumb", "webp", True), ("small", "webp", True),
    }  # fmt: skip
    names = {f"private/{image.master}", *(f"private/renditions/{each.file[:2]}/{each.file}" for each in image.renditions.all())}
    assert set(kept()) == names and not any(files.SECRETS in data for data in kept().values())
    assert {stat.S_IMODE(Path(settings.VAR, name).stat().st_mode) for name in names} == {0o600}
    event = AuditEvent.objects.get(verb="add_picture")
    assert (event.by, event.target, event.facts) == (reporter.audit_code, f"image:{image.pk}", {"hash": image.content_hash})
    assert str(image) == f"{image.pk} · Valley"


@pytest.mark.parametrize("name", ["../../etc/passwd", "report.php.jpg", "a\0b.jpg", "\u202egpj.exe", "x" * 300 + ".jpg"])
def test_no_name_of_a_file_is_kept_or_followed(reporter, name):
    file = files.plain()
    file.name = name
    add(file, by=reporter)
    assert all(path.startswith(("private/masters/", "private/renditions/")) for path in kept())
    assert not any(name in str(row) for row in (*Image.objects.values_list(), *Rendition.objects.values_list()))


def test_the_same_file_again_is_the_same_picture_and_puts_back_what_is_missing(reporter, editor):
    image = add(files.plain(), by=reporter, title="Valley")
    before = kept()
    lost = f"private/renditions/{(one := image.renditions.first()).file[:2]}/{one.file}"
    Path(settings.VAR, lost).unlink()
    assert add(files.plain(), by=editor, title="Another title") == image
    assert kept() == before
    assert (Image.objects.get().title, AuditEvent.objects.filter(verb="add_picture").count()) == ("Valley", 1)


def test_a_refused_file_writes_nothing(reporter):
    with pytest.raises(RefusedPicture):
        add(files.moving("PNG"), by=reporter)
    assert (kept(), Image.objects.count(), AuditEvent.objects.count()) == ({}, 0, 0)


def test_files_go_again_when_their_rows_cannot_be_written(reporter):
    stranger = User(pk=reporter.pk, username="not saved")
    with pytest.raises((IntegrityError, ValueError)):
        add(files.plain(), by=stranger, title=None)
    assert (kept(), Image.objects.count(), AuditEvent.objects.count()) == ({}, 0, 0)


def test_a_picture_may_go_public_with_clean_files_and_standing_rights(reporter):
    image = add(files.plain(), by=reporter, rights_expire_on=dt.date(2026, 3, 4))
    ends = "The rights to a picture have expired: renew them or choose another picture."
    assert policy.problems(image, at=dt.datetime(2026, 3, 4, 23, 59, tzinfo=dt.UTC)) == []
    assert policy.problems(image, at=dt.datetime(2026, 3, 5, 0, 0, tzinfo=dt.UTC)) == [ends]
    Rendition.objects.filter(name="thumb", format="webp").update(clean=False)
    assert policy.problems(image, at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC)) == ["The picture has no files proved clean: upload it again."]
    Rendition.objects.all().delete()
    assert len(policy.problems(image, at=dt.datetime(2026, 3, 5, tzinfo=dt.UTC))) == 2
