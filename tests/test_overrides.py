"""A newsroom's own folder of templates and static files goes before ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.overrides import check, folders

ROOT = Path(__file__).resolve().parent.parent
SEEN = """
import django; django.setup()
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
print(render_to_string("public/_pager.html").strip())
print(open(finders.find("css/site.list")).read().split())
print(finders.find("css/tokens.css").endswith("static/css/tokens.css"), "Skip to the text" in render_to_string("public/base.html"))
"""


def test_a_file_of_the_newsroom_stands_in_for_ours_and_the_rest_stays(tmp_path):
    (tmp_path / "own" / "templates" / "public").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "public" / "_pager.html").write_text("<p>Our own pager</p>\n")
    (tmp_path / "own" / "static" / "css").mkdir(parents=True)
    (tmp_path / "own" / "static" / "css" / "site.list").write_text("tokens.css\nours.css\n")
    given = {
        "OVERRIDES": str(tmp_path / "own"), "NEWSROOM_VAR": str(tmp_path), "NEWSROOM_GENERATE_KEYS": "1", "SITE_URL": "http://testserver",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings", "LANGUAGES": "en,es,ar",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", SEEN], cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()) == (
        0, ["<p>Our own pager</p>", "['tokens.css', 'ours.css']", "True True"],
    ), done.stderr  # fmt: skip


def test_a_folder_that_is_not_there_changes_nothing_unless_it_was_named(tmp_path):
    assert folders(tmp_path / "overrides", "templates") == []
    check(tmp_path / "overrides", named=False)
    with pytest.raises(ImproperlyConfigured, match="neither a folder “templates” nor “static”"):
        check(tmp_path / "overrides", named=True)
    (tmp_path / "overrides" / "static").mkdir(parents=True)
    check(tmp_path / "overrides", named=True)
    assert folders(tmp_path / "overrides", "static") == [tmp_path / "overrides" / "static"]


def test_every_template_that_the_page_on_themes_calls_stable_is_there():
    page = (ROOT / "docs" / "theming.md").read_text()
    named = [line.split("`")[1] for line in page.splitlines() if line.startswith(("| `public/", "| `css/"))]
    missing = [each for each in named if not (ROOT / ("templates" if each.startswith("public/") else "static") / each).is_file()]
    assert (len(named) >= 12, missing) == (True, [])
