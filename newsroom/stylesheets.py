"""Joins the public stylesheets named in css/site.list into one css/site.<hash>.css at collectstatic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

LIST = "css/site.list"
JOINED = "css/site.css"
# A string, a comment or a url() first: what stands inside them is never touched by the rules below.
TOKEN = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\))|(/\*.*?\*/)|(\s+)""", re.DOTALL)
# No space is dropped before a colon (`a :focus` is not `a:focus`) or around + - * / (calc needs them).
AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")


def part_names(text: str) -> list[str]:
    """The parts that a .list file names, in its order; blank lines and lines from # on say nothing."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [f"css/{line}" for line in lines if line]


def squeeze(css: str) -> str:
    """The same rules without comments and idle whitespace; strings and url() keep every character."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1]:
            kept.append(match[1])
            return f"\x00{len(kept) - 1}\x00"
        return " "

    bare = AROUND.sub(lambda match: match[1] or "", TOKEN.sub(keep, css))
    bare = bare.replace(";}", "}").strip()
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], bare)


def stylesheet_url() -> str:
    """The address of the joined stylesheet: with its hash once collectstatic has run."""
    return static_url(JOINED)


def static_url(name: str) -> str:
    """The address of a static file: with its hash once collectstatic has run, without before."""
    try:
        return static(name)
    except ValueError:  # no manifest yet: a first start before collectstatic
        return f"{settings.STATIC_URL}{name}"


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """One site.<hash>.css from the parts named in css/site.list; every other file as Django keeps it; a .gz beside each that it makes smaller."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run and LIST in paths:
            self._join(paths)
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, paths: dict[str, Any]) -> None:
        names = part_names(self._read(LIST))
        missing = [name for name in names if name not in paths]
        if missing:
            raise ValueError(f"{LIST} names what is not there: {', '.join(missing)}")
        joined = "".join(squeeze(self._read(name)) for name in names)
        # url() in a part is relative to that part; the joined file lies in css/, so only parts in css/ itself may use it.
        nested = [name for name in names if name.count("/") > 1 and "url(" in self._read(name)]
        if nested:
            raise ValueError(f"{', '.join(nested)} uses url(): move it to a part that lies in css/ itself.")
        if self.exists(JOINED):
            self.delete(JOINED)
        self.save(JOINED, ContentFile(joined.encode()))

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            text: bytes = file.read()
        return text.decode()
