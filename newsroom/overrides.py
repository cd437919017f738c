"""A newsroom's own folder of templates and static files: each file of it stands in for ours of the same name."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KINDS = ("templates", "static")


def folders(overrides: Path, kind: str) -> list[Path]:
    """The folder of that kind if it is there: it is looked in first."""
    folder = overrides / kind
    return [folder] if folder.is_dir() else []


def check(overrides: Path, *, named: bool) -> None:
    """Refuses to start with a folder that was named and holds nothing: its newsroom would be served in our looks, and nobody told."""
    if named and not any(folders(overrides, kind) for kind in KINDS):
        raise ImproperlyConfigured(f"OVERRIDES names {overrides}, which has neither a folder “templates” nor “static”.")
