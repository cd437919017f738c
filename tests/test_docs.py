"""The documentation keeps up with the code: every command is told of, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.test_house import FLOORS, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_command_is_told_of() -> None:
    told = set(re.findall(r"^\| `(\w+)", (ROOT / "docs" / "commands.md").read_text(), re.M))

    assert told == {name for name, app in get_commands().items() if app == "articles"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [target for target in LINK.findall(page.read_text()) if not (page.parent / target).exists()] == []


def test_the_floors_drawn_are_those_of_the_contract() -> None:
    drawing = (ROOT / "docs" / "house.md").read_text().split("```")[1]
    drawn = [{room.strip() for room in re.split(r"\s{2,}", line)[0].split("|")} for line in drawing.strip().splitlines()]

    standing = [{room for room in floor if (ROOT / "articles" / room).is_dir()} for floor in reversed(FLOORS)]
    assert drawn == standing
