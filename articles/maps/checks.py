"""Proves the newsroom's own file of shapes at the start, so that no page fails for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from articles.maps.atlas import AtlasError, atlas


def check_map_file(**_given: Any) -> list[CheckMessage]:
    """An error that says what is wrong with `MAP_FILE`; ours is proved by the tests."""
    if not settings.MAP_FILE:
        return []
    try:
        atlas()
    except AtlasError as error:
        return [
            Error(f"MAP_FILE ({settings.MAP_FILE}) cannot be used: {error}", hint="docs/maps.md describes the file.", id="newsroom.E001")
        ]
    return []
