"""Who may handle inquiries: press officers, nobody else."""

from __future__ import annotations

from articles.people.models import User
from articles.people.roles import PRESS_OFFICER, holds


def can_handle(person: User) -> bool:
    """Whether the person sees the queue at all."""
    return holds(person, PRESS_OFFICER)
