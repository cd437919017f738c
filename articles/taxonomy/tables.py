"""The committed tables of facts, as rows of text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

FACTS = Path(__file__).parent / "facts"

Row = dict[str, str]


def regions() -> list[Row]:
    """The regions from the world down: parents stand before what lies in them."""
    return list(table("regions.tsv"))


def table(name: str) -> Iterator[Row]:
    """The rows of one table, by the names of its columns."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def code_of(row: Row) -> str:
    """What a row is known by: ISO 3166-1 alpha-2 of a country, M49 of a region."""
    return row["iso_alpha2"] or row["un_m49"]
