"""The address that a newsroom was last served under is kept, and a new one is followed by everything that was drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.errands.models import Errand
from articles.management.commands.serve import follow_address
from articles.stamp.number import current
from newsroom import address


def test_the_address_is_kept_and_a_change_is_noticed(tmp_path: Path) -> None:
    assert address.kept(tmp_path) == "http://localhost:8000"
    assert address.keep("http://localhost:8300", folder=tmp_path) is False
    assert address.kept(tmp_path) == "http://localhost:8300"
    assert address.keep("http://localhost:8300", folder=tmp_path) is False
    assert address.keep("http://localhost:8302", folder=tmp_path) is True
    assert address.kept(tmp_path) == "http://localhost:8302"


@pytest.mark.django_db
def test_another_address_has_all_drawn_again(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    follow_address()
    stamp = current()
    assert not Errand.objects.filter(kind="redraw").exists()

    settings.SITE_URL = "http://localhost:8302"
    follow_address()

    assert Errand.objects.filter(kind="redraw").exists()
    assert current() == stamp + 1
