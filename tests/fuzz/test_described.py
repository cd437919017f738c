"""The API keeps to its description whatever is asked of it by that; `make fuzz` asks thousands of times."""

from __future__ import annotations

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from tests import factories
from tests.api.reports import full
from tests.fuzz.described import runs
from tests.fuzz.watched import Watched

pytestmark = [pytest.mark.long, pytest.mark.django_db]


@pytest.fixture
def watched():
    """The application, which leaves the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Watched(get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_what_is_answered_is_what_is_described(watched, reporter, editor, publisher):
    full(reporter, editor, publisher)
    factories.live(reporter, editor, publisher, language="ar", headline="عائلتان", slug="arabic")
    asked = []
    for what, run in runs(watched, examples=15, number=1):
        run()
        asked.append(what)
    assert len(asked) > 18 and watched.count > 200
    assert watched.broken == []
