"""A page for the public and for the preview alike: the shell's pieces, the head and the main, joined; and what every template may use."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import override

from articles.editions import addresses, line
from articles.identity.shell import ShellPieces
from articles.text.languages import direction

SECTIONS = ("home", "reports", "regions", "tags", "search", "corrections", "press", "inquiry")


def assemble(shell: ShellPieces, head_html: str, main_html: str, *, section: str = "", query: str = "") -> bytes:
    """The whole page. `section` is the path of the menu item to mark as the one the reader is in; `query` what its address asks for."""
    before_main = shell.before_main
    if section:
        before_main = before_main.replace(f'<a href="{section}"', f'<a href="{section}" aria-current="page"', 1)
    if query:
        before_main = before_main.replace('href="?lite"', f'href="?{escape(query)}&amp;lite"', 1)
    return "".join((shell.before_head, head_html, before_main, main_html, shell.after_main)).encode()


@lru_cache(maxsize=32)
def surroundings(language: str) -> dict[str, Any]:
    """What every template of the public side may use: language, direction, the axis of the line, and the paths of the sections."""
    with override(language):
        axis = line.axis(language)
    sections = {name: getattr(addresses, f"{name}_path")(language) for name in SECTIONS}
    return {"lang": language, "dir": direction(language), "axis": axis, "paths": sections}
