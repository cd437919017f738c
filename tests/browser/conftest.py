"""A browser, the served site, and windows that are watched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from articles.people.models import User
from tests import wall
from tests.browser import chromium, site
from tests.browser.watch import Watch

PATIENCE_MS = 30_000  # a busy machine is slow, not wrong
Open = Callable[..., Page]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright keeps an event loop in this thread, in which Django would refuse to ask the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = chromium.found(playwright)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.NONE_HERE)
    started = chromium.start(playwright, path)
    yield started
    started.close()


@pytest.fixture(scope="package")
def newsroom(django_db_setup: None) -> Iterator[str]:
    """The address of the served newsroom."""
    with site.served() as address:
        yield address


@pytest.fixture
def watch(newsroom: str, browser: Browser) -> Iterator[Watch]:
    """Fails the test for whatever went wrong in its windows or behind them."""
    wall.crossings.clear()
    watched = Watch(newsroom)
    yield watched
    assert (watched.found, wall.crossings) == ([], [])


@pytest.fixture
def window(browser: Browser, newsroom: str, watch: Watch, as_user: Callable[[User], Client]) -> Iterator[Open]:
    """Opens a window of its own: no cookie, no cache, nothing of another test. `person` is logged in at the desk in it."""
    contexts = []

    def open_window(*, width: int = 1280, height: int = 900, person: User | None = None, **given: Any) -> Page:
        context = browser.new_context(base_url=newsroom, viewport={"width": width, "height": height}, locale="en-GB", **given)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watch.follow(context)
        if person:
            key = as_user(person).cookies[settings.SESSION_COOKIE_NAME].value
            host = str(urlsplit(newsroom).hostname)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": host, "path": "/"}])
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
