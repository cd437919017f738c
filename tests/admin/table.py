"""The tables of docs/roles.md, and what an answer says of who asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

PAGE = Path(settings.BASE_DIR, "docs", "roles.md")
LOGIN = "/desk/accounts/login/"


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    opens_for: str


def rows() -> list[Row]:
    """Every row of the page: one for each name and method."""
    found = []
    for line in PAGE.read_text().splitlines():
        if line.startswith("| `"):
            names, methods, who = (cell.strip() for cell in line.strip("|").split("|"))
            found += [Row(name, method, who) for name in re.findall(r"`([^`]+)`", names) for method in methods.split(", ")]
    return found


def names_under_the_desk() -> set[str]:
    """The name of every address that begins with /desk/."""

    def walk(patterns: Any, space: str = "", at: str = "") -> Iterator[str]:
        for each in patterns:
            here = at + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, f"{each.namespace}:" if each.namespace else space, here)
            elif isinstance(each, URLPattern) and each.name and here.startswith("desk/"):
                yield space + each.name

    return set(walk(get_resolver().url_patterns))


def answer_of(response: HttpResponse) -> str:
    """`opened`, `refused` or `log-in`."""
    if response.status_code == 302:
        return "log-in" if response.headers["Location"].startswith((LOGIN, "/desk/login/")) else "opened"
    return {200: "opened", 400: "opened", 403: "refused", 404: "refused"}[response.status_code]
