"""The floor the browser tests stand on: what they are watched for is noticed, and without a browser they say so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.browser
SELF = "tests/browser/test_watching.py::test_a_chromium_starts"


def test_a_chromium_starts(browser):
    assert int(browser.version.split(".")[0]) >= 100


@pytest.mark.parametrize("ci", ["", "true"])
def test_without_a_chromium_the_tests_say_so_and_fail_in_ci(ci, tmp_path):
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", SELF],
        cwd=ROOT,
        env={
            **os.environ,
            "PATH": str(tmp_path),
            "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
            "CI": ci,
            "NEWSROOM_TEST_FOLDER": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    skipped = re.search(r"grep -Eiq '([^']+)'", (ROOT / ".ci" / "run").read_text())

    assert chromium.NONE_HERE in answer.stdout
    if ci:
        assert answer.returncode == 1 and "1 error" in answer.stdout
    else:
        assert answer.returncode == 0 and "1 skipped" in answer.stdout
        assert skipped and re.search(skipped[1], answer.stdout, re.I | re.M), "the pipeline would not notice the skip"


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_in_a_window_is_found(window, watch):
    page = window()
    page.goto("/")
    assert watch.found == []

    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.goto("/nothing-here/")
    page.goto("about:blank")
    page.set_content('<img src="http://elsewhere.example/pixel.png">')
    page.evaluate("setTimeout(() => { throw new Error('a slip') })")
    page.wait_for_timeout(100)

    found = "\n".join(watch.found)
    watch.found.clear()
    assert found.count("violates the following Content Security Policy directive") == 1
    assert "GET /nothing-here/ answers 404" in found
    assert "a request leaves the site: http://elsewhere.example/pixel.png" in found
    assert "a script fails: a slip" in found
