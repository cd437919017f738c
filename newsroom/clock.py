"""The clock: maps errands to functions and due times to acts, and runs them round by round."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections
from django.utils import timezone

from articles.editions import files, hub, news, redraw
from articles.editions.finishing import ERRAND, IN_PASSING
from articles.errands import queue
from articles.inquiries import notices
from articles.inquiries.actions import purge_due
from articles.notices import audit_heads, posting
from articles.people.sessions import purge_sessions
from articles.reports import words
from articles.search import cleaning, index
from articles.workflow import drafting, finishing, presence, release, telling

log = logging.getLogger("newsroom.clock")

ROUND = 5.0
"""Seconds between two rounds: a release is at most this late while the clock runs."""

HANDLERS: dict[str, queue.Handler] = {
    "redraw": redraw.run_errand,
    "sweep public files": lambda payload: files.sweep(payload["names"]),
    "inquiry waiting": notices.send_waiting,
    posting.ERRAND: telling.send_mail,
    audit_heads.ERRAND: audit_heads.mail,
    hub.ERRAND: hub.tell,
}
SLOW: dict[str, queue.Handler] = {
    ERRAND: finishing.run_errand,
    "reindex": index.run_errand,
    words.ERRAND: words.run_errand,
    "clean search": cleaning.run_errand,
}
"""What takes seconds each: behind all others, and for a while only, so that no release and no message waits for it."""
SLOWEST: dict[str, queue.Handler] = {IN_PASSING: finishing.run_errand}
"""The same for reports that were published long ago: behind those of today."""
SLOW_S = 10.0
DUE: list[Callable[..., object]] = [
    release.run_due,
    purge_due,
    drafting.purge_drafts,
    presence.purge_presence,
    purge_sessions,
    telling.remind,
    posting.purge,
    audit_heads.sign_hourly,
    news.move_window,
    hub.run_due,
    queue.prune,
]


def run(*, once: bool = False, stop: threading.Event | None = None) -> None:
    """Runs until `stop` is set, or one round. What fails is logged by its name and does not stop the clock."""
    stop = stop or threading.Event()
    say_if_it_was_silent(at=timezone.now())
    while not stop.is_set():
        close_old_connections()
        tick(at=timezone.now())
        if once:
            return
        stop.wait(ROUND)


def say_if_it_was_silent(*, at: dt.datetime) -> None:
    """A clock that starts says how long none ran. One that never ran has nothing to say."""
    try:
        if silence := queue.silent_for("clock", at=at):
            telling.clock_was_silent(since=at - silence, at=at)
    except Exception as error:
        log.error("the clock's silence was not told: %s", type(error).__name__)


def tick(*, at: dt.datetime) -> None:
    """One round: say that the clock lives, do what is due, run the errands."""
    for work in (
        lambda: queue.beat("clock", at=at),
        *(lambda due=due: due(at=at) for due in DUE),
        lambda: queue.run(handlers=HANDLERS, at=at),
        lambda: queue.run(handlers=SLOW, at=at, most_s=SLOW_S),
        lambda: queue.run(handlers=SLOWEST, at=at, most_s=SLOW_S),
    ):
        try:
            work()
        except Exception as error:
            log.error("a round failed: %s", type(error).__name__)
