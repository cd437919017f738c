"""The public storage: half a file is never seen, and two writers do not harm each other."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from articles.editions import files
from articles.editions.whole_files import PARTS, WholeFiles


@pytest.fixture
def public(tmp_path):
    return WholeFiles(location=tmp_path)


class Interrupted(ContentFile):
    """Content that does something else between its two halves."""

    def __init__(self, data, meanwhile):
        super().__init__(data)
        self.meanwhile = meanwhile

    def chunks(self, chunk_size=None):
        half = len(self.file.getvalue()) // 2
        yield self.file.getvalue()[:half]
        self.meanwhile()
        yield self.file.getvalue()[half:]


def whole_files(public):
    return {str(path.relative_to(public.location)) for path in Path(public.location).rglob("*") if path.is_file()}


def test_two_who_write_one_file_both_end_with_it_whole(public):
    data, seen = b"both halves", []

    def meanwhile():
        seen.append(public.exists("ab/abc.jpg"))
        public.save("ab/abc.jpg", ContentFile(data))
        seen.append(public.open("ab/abc.jpg").read())

    assert public.save("ab/abc.jpg", Interrupted(data, meanwhile)) == "ab/abc.jpg"
    assert seen == [False, data] and public.open("ab/abc.jpg").read() == data
    assert whole_files(public) == {"ab/abc.jpg"}


def test_a_file_removed_while_another_writes_it_is_there_at_the_end(public):
    public.save("ab/abc.jpg", ContentFile(b"old"))
    public.save("ab/abc.jpg", Interrupted(b"new", lambda: public.delete("ab/abc.jpg")))
    assert public.open("ab/abc.jpg").read() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_no_part(public, monkeypatch):
    public.save("ab/abc.jpg", ContentFile(b"old"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        public.save("ab/abc.jpg", ContentFile(b"new"))
    assert public.open("ab/abc.jpg").read() == b"old" and whole_files(public) == {"ab/abc.jpg"}


@pytest.mark.django_db
def test_the_sweep_removes_what_a_writer_who_died_has_left_and_nothing_fresh():
    public, old = storages["public"], (timezone.now() - dt.timedelta(hours=1)).timestamp()
    for name in ("died", "at-work"):
        Path(public.location, PARTS).mkdir(parents=True, exist_ok=True)
        Path(public.location, PARTS, name).write_bytes(b"half")
    os.utime(public.path(f"{PARTS}/died"), (old, old))
    files.sweep([])
    assert whole_files(public) == {f"{PARTS}/at-work"}
