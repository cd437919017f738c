"""`make bench`: processor time a page at 1,000 and 10,000 reports, beside a bare Django hello on the same server in the same run."""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import figures
from tests.benchmarks.archives import Archive, server_of
from tests.benchmarks.figures import Cost, Figure
from tests.benchmarks.processes import Server, cpu_ms, pss_mib
from tests.benchmarks.reader import Reader, pages_of

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 220  # after that no further round begins
GOALS = {"report": 2.5, "list, first page": 3.0, "list, deep page": 3.0}
HELLO, SERVED, DRAWN, PACKED = "hello", "as served", "drawn anew", "drawn and compressed anew"


class Target:
    """A server with the addresses to ask it for, and the database's processes behind it."""

    def __init__(self, server: Server, archive: Archive | None, stack: ExitStack, *, pages: int, accept: str) -> None:
        self.server, self.archive, self.pages_each = server, archive, pages
        self.reader = stack.enter_context(Reader(server.port, accept=accept))
        self.pages = pages_of(self.reader) if archive else {}

    def cost(self, kind: str, round_: int) -> Cost:
        """What a page of the kind cost this time; the rounds take up where the last one left off."""
        paths, number = self.pages.get(kind, ["/"]), self.pages_each
        backends = self.archive.backends() if self.archive else []
        before, before_db = cpu_ms(self.server.pids), cpu_ms(backends)
        for step in range(number):
            self.reader.get(paths[(round_ * number + step) % len(paths)])
        app = figures.per_page(before, cpu_ms(self.server.pids), number)
        return Cost(app, figures.per_page(before_db, cpu_ms(backends), number) if backends else None)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    given = arguments()
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
        targets = start(*build(folder, given, stack), given, stack)
        found, rounds = measure(targets, rounds=given.rounds, until=began + SECONDS)
        tell(found, rounds, targets)
    say(f"\nThe whole run took {time.monotonic() - began:.0f} s.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Processor time a page, beside a bare Django hello.")
    parser.add_argument("--sizes", type=int, nargs=2, default=[1_000, 10_000], metavar="N", help="reports of the two archives")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds; one more warms up")
    parser.add_argument("--pages", type=int, default=80, help="pages of a kind, a server and a round")
    return parser.parse_args()


def build(folder: Path, given: argparse.Namespace, stack: ExitStack) -> tuple[Archive, Archive]:
    """The small archive, and the large one that begins as its copy."""
    server, (few, many) = server_of(os.environ), given.sizes
    say(f"Building archives of {few:,} and {many:,} reports on {'PostgreSQL' if server else 'SQLite'} …")
    small, large = (Archive(folder / f"{size}", size=size, root=ROOT, server=server) for size in (few, many))
    for archive in (small, large):
        stack.callback(archive.remove)
    small.make()
    seconds = small.add(few)
    large.copy_of(small)
    seconds += large.add(many - few)
    say(f"demo --reports: {many:,} in {seconds:.0f} s, {many / seconds:.0f} a second.")
    return small, large


def start(small: Archive, large: Archive, given: argparse.Namespace, stack: ExitStack) -> dict[str, Target]:
    """Every server of the run: the hello, and each archive as readers meet it and with every page drawn anew, plain and compressed."""

    def serve(application: str, variables: dict[str, str]) -> Server:
        server = Server(application, variables, root=ROOT)
        stack.callback(server.end)
        return server

    def ask(server: Server, archive: Archive | None, accept: str) -> Target:
        return Target(server, archive, stack, pages=given.pages, accept=accept)

    bare = {**small.variables, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.hello"}
    targets = {HELLO: ask(serve("django.core.wsgi:get_wsgi_application()", bare), None, "gzip")}
    for archive in (small, large):
        served, drawing = (serve("newsroom.wsgi", {**archive.variables, "KEEP_PAGES": keep}) for keep in ("1", "0"))
        for name, server, accept in ((SERVED, served, "gzip"), (DRAWN, drawing, "identity"), (PACKED, drawing, "gzip")):
            targets[f"{archive.size:,}, {name}"] = ask(server, archive, accept)
    return targets


def measure(targets: dict[str, Target], *, rounds: int, until: float) -> tuple[dict[tuple[str, str], Figure], int]:
    """(kind, target) -> figure, and how many rounds there was time for, one at least. The first round only warms up."""
    asked = [each.pages for each in targets.values() if each.pages]
    kinds = [kind for kind in asked[0] if all(pages[kind] for pages in asked)]
    costs: dict[tuple[str, str], list[Cost]] = {(kind, name): [] for kind in kinds for name in targets}
    done = 0
    for round_ in range(rounds + 1):
        if done and time.monotonic() > until:
            break
        for kind in kinds:
            for name in figures.order(list(targets), round_):
                cost = targets[name].cost(kind, round_)
                if round_:
                    costs[kind, name].append(cost)
        done = round_
    return {key: figures.figure(found, costs[key[0], HELLO]) for key, found in costs.items()}, done


def tell(found: dict[tuple[str, str], Figure], rounds: int, targets: dict[str, Target]) -> None:
    """The tables: processor time, how it grows with the archive, memory."""
    kinds = list(dict.fromkeys(kind for kind, _name in found))
    names = [name for name in targets if name != HELLO]
    hello = statistics.median(found[kind, HELLO].app_ms for kind in kinds)
    say(f"\nProcessor milliseconds a page, medians of {rounds} rounds; the hello takes {hello:.2f}. Load {os.getloadavg()[0]:.1f}.\n")
    say(figures.markdown(["page", "reports", "server", "database", "× hello", "goal"], figures.rows(found, kinds, names, GOALS)))
    few, many = (name for name in names if name.endswith(f", {DRAWN}"))
    grown = ", ".join(f"{kind} {figures.growth(found, kind, few, many):.2f}" for kind in kinds)
    say(f"\nA page of the larger archive costs, in pages of the smaller one, each drawn anew: {grown}.")
    say("\nMemory afterwards, two workers and their master:\n")
    say(
        figures.markdown(
            ["server", "MiB (PSS)"],
            [[name, f"{pss_mib(each.server.pids):.0f}"] for name, each in targets.items() if not name.endswith(PACKED)],
        )
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
