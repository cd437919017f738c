"""The demo newsroom, built once for all tests of this folder and rolled back behind them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from articles.api import operations
from articles.demo import newsroom
from articles.public import filters, framed, kept


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[newsroom.Built]:
    """What the builder told. The database is open to every test that asks for it."""
    with django_db_blocker.unblock():
        for forget in (kept.shelf.clear, operations.shelf.clear, framed.frames.clear, filters.forget):
            forget()
        with transaction.atomic():
            yield newsroom.build()
            transaction.set_rollback(True)
    for name in ("private", "public", "demo"):
        shutil.rmtree(Path(settings.VAR, name), ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """The demo's pictures stay from test to test."""
