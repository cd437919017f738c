"""The source gate: what would go public is looked at before it does. A finding blocks, or warns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles.safety.checks import bidi, coordinates, withheld
from articles.safety.finding import Finding, Outgoing

VERSION = 1
"""Grows whenever a check or a list changes: an act compares it with the version that its scan ran under."""

CHECKS = (bidi.check, coordinates.check, withheld.check)


def scan(outgoing: Outgoing) -> list[Finding]:
    """All findings, blocking ones first."""
    findings = [finding for check in CHECKS for finding in check(outgoing)]
    return sorted(findings, key=lambda finding: not finding.blocks)


def scan_text(field: str, text: str) -> list[Finding]:
    """The findings in one short public fact: a tag's name, a tagline, a caption."""
    return scan(Outgoing(texts=((field, text),)))


def texts_of(public: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a report's public part with the name of its field, lists flattened (“citations.title”)."""
    for field, value in public.items():
        yield from _texts(field, value)


def _texts(field: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(f"{field}.{key}", each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(field, each)
