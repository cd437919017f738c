"""`make bench-search`: what a page of the search costs among 100,000 reports: the 50th and 95th of a hundred times on the clock, and statements a page."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks import figures
from tests.benchmarks.archives import Archive, server_of
from tests.benchmarks.processes import cpu_ms

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS, TIMES = 100, 100


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-search-")))
        archive = Archive(folder / "search", size=given.reports, root=ROOT, server=server_of(os.environ))
        stack.callback(archive.remove)
        archive.found()
        archive.manage("prepare")
        ready(archive)
        stack.callback(leave)
        from tests.benchmarks.archive_words import Corpus  # noqa: PLC0415 - after the setup

        began = time.monotonic()
        corpus = Corpus(given.reports)
        corpus.write()
        say(f"{given.reports:,} reports indexed in {time.monotonic() - began:.0f} s; {corpus.size()}")
        tell(measure(corpus.questions(), times=given.times, backends=archive.backends()), given.reports)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description="The public search among many reports.")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=TIMES)
    return parser.parse_args()


def ready(archive: Archive) -> None:
    """Django on the archive's database."""
    os.environ.clear()
    os.environ.update(archive.variables | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SITE_URL": "http://localhost:8000"})
    import django  # noqa: PLC0415 - the environment is set first

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after the setup

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.KEEP_PAGES = False


def leave() -> None:
    from django.db import connection  # noqa: PLC0415 - as above

    connection.close()


def measure(questions: dict[str, list[str]], *, times: int, backends: list[int]) -> list[tuple[str, float, float, float, int, int]]:
    """(what, median ms, 95th ms, mean ms of processor time, the database's too, statements, hits). Nothing is kept; a first round warms up."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    client = Client()
    rows = []
    for what, addresses in questions.items():
        taken, used, hits = [], [], 0
        for turn in range(times + len(addresses)):
            address = addresses[turn % len(addresses)]
            cpu, began = cpu_ms([os.getpid(), *backends]), time.perf_counter()
            response: Any = client.get(address)
            milliseconds = (time.perf_counter() - began) * 1000
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")
            if turn >= len(addresses):
                taken.append(milliseconds)
                used.append(cpu_ms([os.getpid(), *backends]) - cpu)
            hits = max(hits, response.text.count("<article"))
        with CaptureQueriesContext(connection) as captured:
            client.get(addresses[0])
        rows.append((what, statistics.median(taken), statistics.quantiles(taken, n=20)[18], statistics.mean(used), len(captured), hits))
    return rows


def tell(rows: list[tuple[str, float, float, float, int, int]], reports: int) -> None:
    from django.db import connection  # noqa: PLC0415 - as above

    say(f"\n{connection.vendor}, {reports:,} reports, load {os.getloadavg()[0]:.1f}; the goal: 95 of 100 within {GOAL_MS} ms.\n")
    head = ["asked", "half within (ms)", "95 of 100 within (ms)", "processor time (ms)", "statements", "hits shown", "goal"]
    body = [
        [what, f"{half:.0f}", f"{most:.0f}", f"{cpu:.0f}", str(statements), str(hits), "met" if most <= GOAL_MS else "missed"]
        for what, half, most, cpu, statements, hits in rows
    ]
    say(figures.markdown(head, body))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
