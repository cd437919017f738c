"""A request as the public side gets it: no session and no user, but the language of its address."""

from __future__ import annotations

from django.http import HttpRequest

from articles.identity.shell import ShellPieces


class ReaderRequest(HttpRequest):
    """What newsroom.sides.Sides makes of a request to a public address; `shell` is read once, by `pages.shell_of`."""

    language: str
    shell: ShellPieces
