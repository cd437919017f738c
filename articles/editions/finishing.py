"""Asking for what a live report gains after it went public; `workflow.finishing` does it."""

from __future__ import annotations

from uuid import UUID

from articles.errands.queue import enqueue

ERRAND = "finish report"
IN_PASSING = "finish report in passing"
"""The same, of many at once: behind all that editors wait for."""


def ask_to_finish(uuid: UUID, *, in_passing: bool = False) -> None:
    """Asks the clock to make what the live report lacks."""
    kind = IN_PASSING if in_passing else ERRAND
    enqueue(kind, key=f"{kind} {uuid}", payload={"uuid": str(uuid)})
