"""The laws of the house, read from the code itself. What a function looks like inside is the linters' business (make check)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
FLOORS = [[room.strip(" ()") for room in line.split("|")] for line in reversed(LAYERS)]
FLOOR_OF = {room: number for number, line in enumerate(FLOORS) for room in line}
DOORS = {"admin", "public", "api", "answers", "wordpress", "mirror", "demo"}
ROOMS = sorted(room for room in FLOOR_OF if room not in DOORS and (ROOT / "articles" / room).is_dir())
NAMELESS = set("utils util helpers helper common services service managers constants signals misc mixins core".split())
DESK_ROOMS = {"reports", "workflow", "corrections", "safety", "inquiries", "audit"}
DESK_TABLES = {"User", "Image", "Rendition"}
PUBLIC_ROOMS = {"editions", "search", "taxonomy", "contacts", "identity", "stamp"}
PARTS_OF_A_REPORT = {"ReportRegion", "Credit", "Citation", "ReportImage", "TaggedReport", "Draftlet"}


def modules(*folders: str) -> Iterator[Path]:
    """The project's own Python files under those folders, without what Django writes."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if not re.match(r"0\d{3}_", path.name))


def room_modules() -> Iterator[Path]:
    yield from modules(*(f"articles/{room}" for room in ROOMS))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their full names."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("articles.") else model.__module__


def own_keys() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Every foreign key of our own tables; keys that Django makes for a many-to-many field are not among them."""
    for model in apps.get_app_config("articles").get_models():
        yield from ((model, field) for field in model._meta.get_fields() if isinstance(field, models.ForeignKey))


def test_room_inits_are_empty() -> None:
    inits = [path for path in modules("articles") if path.name == "__init__.py" and path.parent.name not in {"admin", "_invariants"}]

    assert [name(path) for path in inits if path.read_text().strip()] == []


def test_no_module_is_named_for_what_has_no_subject() -> None:
    assert [name(path) for path in modules("articles", "newsroom", "tests") if path.stem in NAMELESS or path.parent.name in NAMELESS] == []


def test_no_model_signals() -> None:
    found = [
        name(path) for path in modules("articles", "newsroom") if any(one.startswith("django.db.models.signals") for one in imported(path))
    ]

    assert found == []


def test_rooms_know_nothing_of_http() -> None:
    http = ("django.http", "django.shortcuts", "django.views", "django.urls", "django.contrib.messages")

    assert [name(path) for path in room_modules() if any(one.startswith(http) for one in imported(path))] == []


def test_rooms_never_receive_a_request() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in room_modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.arguments | ast.arg) and getattr(node, "arg", None) == "request"
    ]

    assert found == []


def test_modules_are_split_before_they_grow_past_400_lines() -> None:
    assert {name(path): lines for path in modules("articles", "newsroom") if (lines := len(path.read_text().splitlines())) > 400} == {}


def test_every_module_says_what_it_is_for() -> None:
    written = [path for path in modules("articles", "newsroom", "tests") if path.name != "__init__.py" or path.read_text().strip()]

    assert [name(path) for path in written if not ast.get_docstring(tree(path))] == []


def test_every_key_points_to_its_own_room_or_down() -> None:
    found = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model, field in own_keys()
        if (there := FLOOR_OF.get(room_of(field.related_model))) is not None
        and room_of(field.related_model) != room_of(model)
        and there >= FLOOR_OF[room_of(model)]
    ]

    assert found == []


def test_no_key_to_a_person_region_or_report_cascades() -> None:
    kept = {"User", "Byline", "Region", "Report"}
    found = [
        f"{model.__name__}.{field.name}"
        for model, field in own_keys()
        if field.related_model.__name__ in kept
        and field.remote_field.on_delete is models.CASCADE
        and model.__name__ not in PARTS_OF_A_REPORT
    ]

    assert found == []


def test_no_table_of_the_public_side_has_a_key_to_a_table_of_the_desk() -> None:
    found = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model, field in own_keys()
        if room_of(model) in PUBLIC_ROOMS and (room_of(field.related_model) in DESK_ROOMS or field.related_model.__name__ in DESK_TABLES)
    ]

    assert found == []


def test_the_desk_tells_times_by_one_filter() -> None:
    """A time is told in the zone of who reads it and in UTC: by `|when` in templates and `moment()` in code (articles/text/moments.py)."""
    pages = [*(ROOT / "templates" / "admin").rglob("*.html"), *(ROOT / "templates" / "account").rglob("*.html")]
    hours = re.compile(r"""\|(?:date|time):["'][^"']*[GHgi]:?|\|time\b|\bUTC\b""")
    code = re.compile(r"""time_format\(|date_format\([^)]*[GHgi]:|:%H:%M""")
    found = [name(path) for path in pages if hours.search(path.read_text())]
    found += [
        name(path)
        for path in modules("articles/admin")
        if path.name not in ("inquiries.py", "moments.py") and code.search(path.read_text())
    ]

    assert found == []
