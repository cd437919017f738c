"""The arithmetic of the benchmark: medians over rounds, ratios within a round, and how they are printed."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds a page: of the server's processes, and of the database's when it has its own."""

    app_ms: float
    db_ms: float | None = None


@dataclass(frozen=True)
class Figure:
    """What a kind of page costs: medians over the rounds, and the median of each round's ratio to the hello of that round."""

    app_ms: float
    db_ms: float | None
    ratio: float


def per_page(before_ms: float, after_ms: float, pages: int) -> float:
    """The milliseconds between two readings, by page."""
    return (after_ms - before_ms) / pages


def order(targets: Sequence[str], round_: int) -> list[str]:
    """Every other round goes backwards, so that a slow drift of the machine falls on all alike."""
    return list(targets) if round_ % 2 == 0 else list(reversed(targets))


def figure(costs: Sequence[Cost], hello: Sequence[Cost]) -> Figure:
    """One figure of a target's rounds beside the hello's, round by round."""
    ratios = [cost.app_ms / beside.app_ms for cost, beside in zip(costs, hello, strict=True)]
    of_database = [cost.db_ms for cost in costs if cost.db_ms is not None]
    return Figure(
        statistics.median(cost.app_ms for cost in costs), statistics.median(of_database) if of_database else None, statistics.median(ratios)
    )


def verdict(ratio: float, goal: float | None) -> str:
    """Whether a ratio keeps to its goal; nothing when it has none."""
    if goal is None:
        return ""
    return f"met (≤ {goal:g})" if ratio <= goal else f"missed (≤ {goal:g})"


def rows(
    figures: Mapping[tuple[str, str], Figure], kinds: Iterable[str], targets: Iterable[str], goals: Mapping[str, float]
) -> list[list[str]]:
    """One row a kind and target: kind, target, application, database, times the hello, goal."""
    names = list(targets)
    return [
        [
            kind, target, f"{found.app_ms:.2f}", "–" if found.db_ms is None else f"{found.db_ms:.2f}",
            f"{found.ratio:.2f}", verdict(found.ratio, goals.get(kind)),
        ]
        for kind in kinds for target in names if (found := figures.get((kind, target)))
    ]  # fmt: skip


def growth(figures: Mapping[tuple[str, str], Figure], kind: str, small: str, large: str) -> float:
    """How much more the page costs in the large archive than in the small one, by the hello of each round: 1.0 is flat."""
    return figures[kind, large].ratio / figures[kind, small].ratio


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that reads in a terminal and in a document."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    shown = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])
