"""What templates, stylesheets and texts of the project must not hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(path for folder in ("templates", "articles") for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".xml"})
STYLESHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))
DATA_SCRIPT = "application/ld+json"
SIDES = re.compile(r"(?<!\w)(?:left|right)(?!\w)")
SAFE = re.compile(r"\{\{\s*([\w.]+)[^}]*\|\s*safe\b")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def written() -> list[Path]:
    """Every text of the project that is, or is about to be, committed."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [ROOT / line for line in listed.splitlines()] or [path for path in ROOT.rglob("*") if ".venv" not in path.parts]
    return [
        path
        for path in paths
        if path.is_file() and path.suffix in {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".yml", ".conf", ""}
    ]


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_script_or_style_of_its_own(path: Path) -> None:
    text = path.read_text()
    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag and DATA_SCRIPT not in tag]

    assert (scripts, re.findall(r"<style\b|\sstyle=", text), re.findall(r"\son[a-z]+=", text)) == ([], [], [])


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_calls_only_html_safe(path: Path) -> None:
    unsafe = [variable for variable in SAFE.findall(path.read_text()) if not variable.endswith("_html")]

    assert unsafe == [] and "{% autoescape off" not in path.read_text()


def test_a_form_in_a_part_gets_its_token() -> None:
    """What is included with `only` has no token of its own accord; without one, a browser's form is refused, and the test client does not see it."""
    with_forms = {name(path).removeprefix("templates/") for path in TEMPLATES if "{% csrf_token %}" in path.read_text()}
    included = re.compile(r'\{% include "([^"]+)" ([^%]*)only %\}')
    parts = [(name(path), part, given) for path in TEMPLATES for part, given in included.findall(path.read_text())]

    assert [(path, part) for path, part, given in parts if part in with_forms and "csrf_token=csrf_token" not in given] == []
    assert len([part for _path, part, _given in parts if part in with_forms]) > 3


@pytest.mark.parametrize("path", STYLESHEETS, ids=name)
def test_a_stylesheet_knows_start_and_end_instead_of_left_and_right(path: Path) -> None:
    assert SIDES.findall(without_comments(path.read_text())) == []


@pytest.mark.parametrize("rule", ["margin-left: 0", "left: 0", "float: right;", "text-align: left}", "border-top-right-radius: 2px"])
def test_the_rule_on_sides_notices(rule: str) -> None:
    assert SIDES.findall(rule) != []


def test_nothing_calls_a_third_party() -> None:
    files = [*TEMPLATES, *STYLESHEETS, *(ROOT / "static" / "js").rglob("*.js")]
    calls = re.compile(r"""(?:src|srcset|action)=["']?https?:|@import|url\(["']?(?:https?:)?//|<link[^>]+href=["']https?:""")

    assert [name(path) for path in files if calls.search(path.read_text())] == []


def test_no_text_names_a_machine_or_a_registry() -> None:
    machine = re.compile(
        "|".join(
            [
                r"(?<![\w.:/])/(?:ho" + r"me|wo" + r"rk|Us" + r"ers)/\w",
                "index" + "-url",
                r"pypi" + r"\.org/simple",
                "files.python" + "hosted",
            ]
        )
    )

    assert [name(path) for path in written() if machine.search(path.read_text())] == []


def test_every_exception_from_lint_or_types_gives_its_reason() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?)\s*$", re.M)
    code = [path for path in written() if path.suffix == ".py" and path != ROOT / "articles" / "models.py" and path != Path(__file__)]

    assert [name(path) for path in code if bare.search(path.read_text())] == []
