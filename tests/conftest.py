"""The suite's database and its cast."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.commands.flush import Command as Flush
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.admin.proofs import MARK
from articles.api import operations, streams
from articles.migrations import _invariants
from articles.people import roles
from articles.people.models import User
from articles.people.sessions import StaffSession
from articles.public import archive, filter_form, filters, framed, kept
from articles.public import search as public_search
from articles.taxonomy.names import named
from tests import wall


def pytest_collection_finish() -> None:
    """Modules and tests live to the end: the collector need not look at them again and again. A tenth of the suite's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, seeded as a new newsroom is."""
    with django_db_blocker.unblock():
        call_command("seed")


@pytest.fixture(scope="session", autouse=True)
def _flush_under_a_lift() -> Iterator[None]:
    """A flush after a transactional test takes the triggers down, and puts them and the seeds up again."""
    flush = Flush.handle

    def handle(self: Flush, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _invariants.lift(connection)
        try:
            flush(self, **options)
        finally:
            _invariants.apply(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_deskwords")
            cursor.execute("DELETE FROM articles_searchword")
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM articles_searchwords")
        call_command("seed")

    Flush.handle = handle  # type: ignore[method-assign]  # the one hook there is
    yield
    Flush.handle = flush  # type: ignore[method-assign]  # the one hook there is


@pytest.fixture(autouse=True)
def _own_files() -> Iterator[None]:
    """Each test has empty file storages, and no answer kept from another: a test that is rolled back counts the stamp again."""
    kept.shelf.clear()
    operations.shelf.clear()
    framed.frames.clear()
    filters.forget()
    public_search.forget()
    filter_form.forget()
    archive.tallies.clear()
    streams.places = BoundedSemaphore(streams.MOST_STREAMS)  # a stream that no test read to its end holds its place until it is collected
    yield
    for name in ("private", "public"):
        shutil.rmtree(Path(settings.VAR, name), ignore_errors=True)


@pytest.fixture(autouse=True)
def _behind_the_wall() -> Iterator[None]:
    """No public address that the test asked for crossed the wall, seen or unseen (tests/wall.py)."""
    wall.crossings.clear()
    yield
    assert wall.crossings == []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What no database makes a difference to is not run on PostgreSQL again."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.hook.pytest_deselected(items=[each for each in items if each.get_closest_marker("once")])
        items[:] = [each for each in items if not each.get_closest_marker("once")]


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ.get("NEWSROOM_TEST_FOLDER", ""), ignore_errors=True)


Cast = Callable[..., User]


@pytest.fixture
def cast(db: None) -> Cast:
    """Makes an account of the desk with roles."""

    def make(name: str, *held: str, **facts: Any) -> User:
        person = User.objects.create_user(username=name, password="a long enough sentence", is_staff=True, **facts)
        person.groups.set(Group.objects.filter(name__in=held))
        return person

    return make


@pytest.fixture
def reporter(cast: Cast) -> User:
    return cast("reporter", roles.REPORTER)


@pytest.fixture
def second_reporter(cast: Cast) -> User:
    return cast("second-reporter", roles.REPORTER)


@pytest.fixture
def translator(cast: Cast) -> User:
    return cast("translator", roles.TRANSLATOR, languages=["ar"])


@pytest.fixture
def editor(cast: Cast) -> User:
    return cast("editor", roles.EDITOR)


@pytest.fixture
def second_editor(cast: Cast) -> User:
    return cast("second-editor", roles.EDITOR)


@pytest.fixture
def publisher(cast: Cast) -> User:
    return cast("publisher", roles.PUBLISHER)


@pytest.fixture
def safety_officer(cast: Cast) -> User:
    return cast("safety-officer", roles.SAFETY_OFFICER)


@pytest.fixture
def press_officer(cast: Cast) -> User:
    return cast("press-officer", roles.PRESS_OFFICER)


@pytest.fixture
def auditor(cast: Cast) -> User:
    return cast("auditor", roles.AUDITOR)


@pytest.fixture
def administrator(cast: Cast) -> User:
    return cast("administrator", roles.ADMINISTRATOR)


@pytest.fixture
def stranger(cast: Cast) -> User:
    """An account of the desk without any role."""
    return cast("stranger")


@pytest.fixture
def superuser(cast: Cast) -> User:
    return cast("superuser", is_superuser=True)


@pytest.fixture
def as_user() -> Callable[..., Client]:
    """A browser in which the person is logged in, just now and with a second factor."""
    return logged_in


def logged_in(person: User, *, browser: Client | None = None, proofs: tuple[str, ...] = ("password", "mfa")) -> Client:
    """The browser after the person has logged in there; `proofs` are what the session has shown.

    The session counts as seen for the hour to come: a minute that turns adds no statement to those that a test counts.
    """
    client, at = browser or Client(), timezone.now()
    seen_at = at.replace(second=0, microsecond=0) + dt.timedelta(hours=1)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[MARK] = StaffSession.objects.create(person=person, device="Firefox+Linux", since=at, seen_at=seen_at).mark
    session["account_authentication_methods"] = [{"method": each, "at": at.timestamp()} for each in proofs]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def nigeria(db: None) -> Any:
    return named("Nigeria")[0]
