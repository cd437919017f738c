"""A real Chromium: which one, and how it is started."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-sync",
    "--lang=en-US",  # dates and times are typed as there
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # by that name the site can have passkeys
]
NONE_HERE = (
    "There is no Chromium here, so no browser test runs: install chromium (Debian: apt-get install chromium) "
    "or Playwright's own (.venv/bin/playwright install chromium)."
)


def found(playwright: Playwright) -> str | None:
    """The path of the Chromium to start: one on the PATH, or else Playwright's own; None without either."""
    for name in ON_THE_PATH:
        if path := shutil.which(name):
            return path
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def start(playwright: Playwright, path: str, *more: str) -> Browser:
    """The browser, which calls nobody but us; `more` are flags of one test."""
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])
