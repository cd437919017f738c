"""`make bench-desk`: what the desk's pages cost among a million reports, medians of 20, warm, on the clock and of processor time, and statements a page."""

from __future__ import annotations

import argparse
import html
import os
import re
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
GOAL_MS, GOAL_STATEMENTS, TIMES = 100, 12, 20
LIST = "/desk/articles/report/"
COMMON, RARE, BEGUN = "bababateba", "risenadiko", "babab"
"""Words of the generated vocabulary (its syllables stand for figures): frequent, rare, and the beginning of ten frequent ones."""


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        folder = Path(given.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-desk-")))
        archive = Archive(folder / "desk", size=given.reports, root=ROOT, server=server_of(os.environ))
        if given.keep:
            archive.database = f"newsroom_bench_{folder.name}"
            archive.variables |= {"DATABASE_URL": f"{archive.server.rpartition('/')[0]}/{archive.database}"} if archive.server else {}
        else:
            stack.callback(archive.remove)
        fresh = not (folder / "desk").exists()
        if fresh:
            archive.found()
            archive.manage("prepare")
        cast = ready(archive, given.reports, fresh=fresh)
        stack.callback(leave)
        tell(measure(cast), given.reports)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.desk", description="The desk's pages among a million reports.")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--keep", metavar="FOLDER", help="build there once, and measure again without building; the database stays")
    return parser.parse_args()


def ready(archive: Archive, number: int, *, fresh: bool) -> dict[str, Any]:
    """Django on the archive's database, and the people who ask."""
    os.environ.clear()
    os.environ.update(archive.variables | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SITE_URL": "http://localhost:8000"})
    import django  # noqa: PLC0415 - the environment is set first

    django.setup()
    from articles.people.models import User  # noqa: PLC0415 - after the setup
    from tests.benchmarks.million import build  # noqa: PLC0415 - as above

    if fresh:
        return build(number)
    return {name: User.objects.get(username=f"bench-{name}") for name in ("editor", "reporter", "translator", "publisher")}


def leave() -> None:
    from django.db import connection  # noqa: PLC0415 - as above

    connection.close()


def pages(cast: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(who, what, address)"""
    found = []
    for name in cast:
        found += [
            (name, "home", "/desk/"),
            (name, "board", "/desk/board/"),
            (name, "calendar", "/desk/calendar/"),
            (name, "list", LIST),
            (name, "next page", f"{LIST}?after="),
            (name, "page before it", f"{LIST}?before="),
            (name, "far down", f"{LIST}?after={(int(time.time()) - 15 * 365 * 86_400) * 1_000_000}_1"),
            (name, "state: draft", f"{LIST}?edit_state__exact=draft"),
            (name, "state: live", f"{LIST}?public_state__exact=live"),
            (name, "state: scheduled", f"{LIST}?public_state__exact=scheduled"),
            (name, "kind: interview", f"{LIST}?kind__exact=interview"),
            (name, "language: ar", f"{LIST}?language__exact=ar"),
            (name, "begun by me", f"{LIST}?whose=mine"),
            (name, "word, frequent", f"{LIST}?q={COMMON}"),
            (name, "word, its next page", f"{LIST}?q={COMMON}&after="),
            (name, "word, rare", f"{LIST}?q={RARE}"),
            (name, "word of one report", f"{LIST}?q=number123456"),
            (name, "word, only begun", f"{LIST}?q={BEGUN}"),
            (name, "two words", f"{LIST}?q={COMMON}+{RARE}"),
            (name, "word and state", f"{LIST}?q={COMMON}&edit_state__exact=in_review"),
            (name, "address", f"{LIST}?q=/r-123456/"),
        ]
    return found


def measure(cast: dict[str, Any]) -> list[tuple[str, str, float, float, int, int]]:
    """(who, what, median ms, median ms of processor time, statements, rows shown)"""
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - as above

    from tests.conftest import logged_in  # noqa: PLC0415 - as above

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    clients = {name: logged_in(person) for name, person in cast.items()}
    rows = []
    for name, what, address in pages(cast):
        client = clients[name]
        address = following(client, address)
        if not address:
            continue
        seen: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, seen: list[str] = seen) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            page = client.get(address)
        if page.status_code != 200:
            raise SystemExit(f"{name} gets {page.status_code} from {address}")
        forbidden = [sql for sql in seen if " OFFSET " in sql or ("COUNT(" in sql and "articles_report" in sql)]
        if forbidden:
            raise SystemExit(f"{what} counts or skips: {forbidden[0]}")
        spent, worked = [], []
        for _each in range(TIMES):
            began, before = time.perf_counter(), worked_ms(connection)
            client.get(address)
            worked.append(worked_ms(connection) - before)
            spent.append((time.perf_counter() - began) * 1000)
        rows.append(
            (name, what, statistics.median(spent), statistics.median(worked), len(seen), page.content.count(b"field-headline_shown"))
        )
    return rows


def worked_ms(connection: Any) -> float:
    """Processor time so far, of this process and of the database's that serves it."""
    own = time.process_time() * 1000
    return own + cpu_ms([connection.connection.info.backend_pid]) if connection.vendor == "postgresql" and connection.connection else own


def following(client: Any, address: str) -> str:
    """The address of a next page, or the one before it, as the list names it; "" when there is none."""
    if not address.endswith(("after=", "before=")):
        return address
    base = address.replace("before=", "after=").replace("&after=", "").replace("?after=", "")
    older = linked(client.get(base), "next")
    return older if not older or address.endswith("after=") else linked(client.get(older), "prev")


def linked(page: Any, rel: str) -> str:
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page.text)
    return LIST + html.unescape(found[1]) if found else ""


def tell(rows: list[tuple[str, str, float, float, int, int]], number: int) -> None:
    from django.db import connection  # noqa: PLC0415 - after the setup

    out = sys.stdout
    out.write(f"\n{number:,} reports on {connection.vendor}; medians of {TIMES}; load {os.getloadavg()[0]:.1f}\n\n")
    head = ["who", "page", "ms", "of them at work", "statements", "rows", f"list: ≤ {GOAL_MS} ms at work, ≤ {GOAL_STATEMENTS}"]
    table = [
        [who, what, f"{ms:.0f}", f"{work:.0f}", str(count), str(shown), verdict(what, work, count)]
        for who, what, ms, work, count, shown in rows
    ]
    out.write(figures.markdown(head, table) + "\n")


def verdict(what: str, work: float, statements: int) -> str:
    if what in ("home", "board", "calendar"):
        return ""
    return "met" if work <= GOAL_MS and statements <= GOAL_STATEMENTS else "missed"


if __name__ == "__main__":
    main()
