"""`make fuzz`: thousands of odd requests to every public address, in this process, against a demo newsroom made for it. None may answer 5xx or take long."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.archives import Archive, server_of
from tests.fuzz.watched import MOST_SECONDS, Watched

ROOT = Path(__file__).resolve().parents[2]
MOST_TOLD = 20


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-fuzz-")))
        archive = Archive(folder, size=given.reports, root=ROOT, server=server_of(os.environ))
        stack.callback(archive.remove)
        say(f"Making a newsroom of {given.reports:,} reports and its demo on {'PostgreSQL' if archive.server else 'SQLite'} …")
        archive.make()
        archive.add(given.reports)
        for name in ("DATABASE_URL", "REDIS_URL", "ONION_URL", "DEBUG"):
            os.environ.pop(name, None)
        os.environ.update({**archive.variables, "DJANGO_SETTINGS_MODULE": "newsroom.settings"})
        failed = fuzz(given)
    sys.exit(1 if failed else 0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Odd requests to every public address.")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--reports", type=int, default=1_000, help="reports in the newsroom, beside its demo")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="the same seed asks the same again")
    return parser.parse_args()


def fuzz(given: argparse.Namespace) -> bool:
    """Runs both fuzzers and tells what they found; whether anything failed."""
    watched = Watched(application(), before=keep_the_clock_awake)
    say(f"Seed {given.seed}. schemathesis asks the API …")
    began = time.monotonic()
    unlike = ask_as_described(watched, given)
    described = watched.count
    say(f"{described:,} requests, {len(unlike)} unlike the description. Now odd addresses …")
    ask_oddly(watched, number=given.requests - described, seed=given.seed)
    statuses = ", ".join(f"{status}: {number:,}" for status, number in sorted(watched.statuses.items()))
    say(f"{watched.count:,} requests in {time.monotonic() - began:.0f} s. {statuses}.")
    say(f"Slowest: {watched.slowest[0]:.2f} s, {watched.slowest[1]}")
    for title, found in (("5xx", watched.broken), (f"over {MOST_SECONDS} s", watched.slow), ("unlike the description", unlike)):
        say(f"{title}: {len(found)}")
        for each in found[:MOST_TOLD]:
            say(f"  {each}")
    return bool(watched.broken or watched.slow or unlike)


def application() -> Any:
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - the environment is set only now

    return get_wsgi_application()


def keep_the_clock_awake(number: int) -> None:
    """/readyz answers 503 when no clock runs: none does here."""
    from articles.errands.queue import beat  # noqa: PLC0415 - as above

    if number % 500 == 0:
        beat("clock")


def ask_as_described(watched: Watched, given: argparse.Namespace) -> list[str]:
    from tests.fuzz.described import runs  # noqa: PLC0415 - as above

    unlike = []
    for what, run in runs(watched, examples=max(1, given.requests // 40), number=given.seed):
        try:
            run()
        except BaseExceptionGroup as failures:  # schemathesis finds several things at once
            unlike += [f"{what}: {each}"[:1500] for each in failures.exceptions]
        except Exception as failure:
            unlike.append(f"{what}: {failure}"[:1500])
    return unlike


def ask_oddly(watched: Watched, *, number: int, seed: int) -> None:
    from tests.fuzz.queries import odd_addresses  # noqa: PLC0415 - as above

    addresses = odd_addresses(random.Random(seed))
    for _ in range(number):
        method, path, query = next(addresses)
        watched.get(path, query, method=method)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
