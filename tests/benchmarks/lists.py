"""`make bench-lists`: what the public lists cost among a million reports, each filter and the worst of their combinations; nothing is left behind."""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.archives import Archive, server_of

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS, GOAL_STATEMENTS, TIMES = 300, 4, 9
ADDRESSES = {
    "all": "",
    "all, far down": "after={middle}",
    "tag, common": "tag=tag-1",
    "tag, common, far down": "tag=tag-1&after={middle}",
    "tag, rare": "tag=rare-a",
    "region, the world": "region=world",
    "region, a continent": "region=africa",
    "region, one country": "region={country}",
    "kind, common": "kind=news",
    "kind, rare": "kind=opinion",
    "author": "author=name-6",
    "corrected": "corrected=yes",
    "two years": "from=2012-01-01&to=2013-12-31",
    "another language": "language=ar",
    "all languages": "language=all",
    "common tag, common tag": "tag=tag-1&tag=tag-2",
    "common tag, the world, common kind": "tag=tag-1&region=world&kind=news",
    "the same, far down": "tag=tag-1&region=world&kind=news&after={middle}",
    "common tag, rare tag": "tag=tag-1&tag=rare-a",
    "rare tag, rare tag": "tag=rare-a&tag=rare-b",
    "rare tag, the world": "tag=rare-a&region=world",
    "rare kind, common tag": "kind=opinion&tag=late",
    "rare kind, corrected": "kind=opinion&corrected=yes",
    "author, rare tag": "author=name-6&tag=rare-b",
    "contradiction of two common tags": "tag=early&tag=late",
    "the same, gone on with": "tag=early&tag=late&after={stopped}",
    "the same in all languages": "tag=early&tag=late&language=all",
    "tag of the older half, recent days": "tag=early&region=world&from=2024-01-01",
    "country, common tag, kind, corrected": "region={country}&tag=late&kind=interview&corrected=yes",
    "eight filters": "author=name-6&corrected=yes&from=2010-01-01&kind=report&region=africa&tag=late&tag=tag-1&to=2025-12-31",
    "a tag that nothing has": "tag=nothing&region=world",
}


class Row(NamedTuple):
    what: str
    cold_ms: float
    wall_ms: float
    cpu_ms: float
    statements: int
    examined: int
    cards: int
    said: str


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-lists-")))
        archive = Archive(folder / "lists", size=given.reports, root=ROOT, server=server_of(os.environ))
        stack.callback(archive.remove)
        archive.found()
        archive.manage("prepare")
        os.environ.clear()
        os.environ.update(archive.variables | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "KEEP_PAGES": "0"})
        import django  # noqa: PLC0415 - the environment is set first

        django.setup()
        from django.db import connection  # noqa: PLC0415 - after the setup

        from tests.benchmarks.editions import build  # noqa: PLC0415 - as above

        stack.callback(connection.close)
        build(given.reports)
        tell(measure(), given.reports, connection.vendor)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lists", description="The public lists among a million reports.")
    parser.add_argument("--reports", type=int, default=1_000_000)
    return parser.parse_args()


def measure() -> list[Row]:
    """Each page once on a new connection with nothing kept in the process, then TIMES more with what a stamp keeps, but never the page itself."""
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above

    from tests.benchmarks.desk import worked_ms  # noqa: PLC0415 - as above

    settings.ALLOWED_HOSTS, settings.KEEP_PAGES = ["testserver"], False
    words, client, rows = places(), Client(), []
    for what, query in ADDRESSES.items():
        address = f"/reports/?{query.format(**words)}"
        forget()
        connection.close()
        seen: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, seen: list[str] = seen) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        connection.ensure_connection()
        with connection.execute_wrapper(note):
            began = time.perf_counter()
            page = client.get(address)
            cold = (time.perf_counter() - began) * 1000
        if page.status_code != 200:
            raise SystemExit(f"{page.status_code} from {address}")
        if any(re.search(r"COUNT\(|\bOFFSET\b", sql, re.IGNORECASE) for sql in seen):
            raise SystemExit(f"{what} counts or skips")
        spent, worked = [], []
        for _each in range(TIMES):
            began, before = time.perf_counter(), worked_ms(connection)
            client.get(address)
            worked.append(worked_ms(connection) - before)
            spent.append((time.perf_counter() - began) * 1000)
        said = re.search(r'<p class="(?:stated|looked)[^>]*>(.*?)</p>', page.text)
        rows.append(
            Row(
                what, cold, statistics.median(spent), statistics.median(worked), len(seen), examined(address), page.text.count('class="entry"'),
                said[1] if said else "",
            )
        )  # fmt: skip
    return rows


def forget() -> None:
    """As a process is when it starts."""
    from articles.public import archive, filter_form, filters, framed  # noqa: PLC0415 - after the setup

    filters.forget()
    filter_form.forget()
    framed.frames.clear()
    archive.tallies.clear()


def places() -> dict[str, str]:
    """The country with the most reports, a place in the middle of the archive, and the one where the contradiction is given up first."""
    from articles.editions import lists  # noqa: PLC0415 - after the setup
    from articles.editions.models import Edition  # noqa: PLC0415 - as above
    from articles.editions.selections import Selection  # noqa: PLC0415 - as above
    from articles.editions.used import used_in  # noqa: PLC0415 - as above

    there = used_in("en")
    country = max((each for each in there if each.kind == "country"), key=lambda each: each.rate)
    newest, oldest = Edition.objects.order_by("-published_at")[0], Edition.objects.order_by("published_at")[0]
    at = oldest.published_at + (newest.published_at - oldest.published_at) / 2
    middle = Edition.objects.filter(published_at__gte=at, language="en", listed=True).order_by("published_at")[0]
    early, late = (next(each.pk for each in there if each.slug == slug and each.what == "tag") for slug in ("early", "late"))
    stopped = lists.page_of(Selection("en", tags=(early, late), order=(("tag", early),)))
    return {"country": country.slug, "middle": lists.key_of(middle), "stopped": stopped.older or lists.key_of(middle)}


def examined(address: str) -> int:
    """How many rows of the leading index the page's statement went through."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test import RequestFactory  # noqa: PLC0415 - as above

    from articles.editions import lists, selections  # noqa: PLC0415 - after the setup
    from articles.public.filters import asked_of  # noqa: PLC0415 - as above
    from articles.public.reports import keys  # noqa: PLC0415 - as above

    request = RequestFactory().get(address)
    request.language = "en"
    selection, older = asked_of(request).selection, lists.own_key(keys(request)["after"])
    if selection is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(*selections.places_statement(selection, older=lists.key_from(older), limit=lists.PER_PAGE + 1))
        found = [place for (place,) in cursor.fetchall()]
        if len(found) > lists.PER_PAGE or (found and found[-1] > selections.WINDOW):
            return min(found[-1], selections.WINDOW)
        window, values = selections.window_of(selection, None, lists.key_from(older), selections.WINDOW)
        cursor.execute(f"SELECT max(w.place) FROM {window} w", values)
        return cursor.fetchone()[0] or 0


def tell(rows: list[Row], number: int, vendor: str) -> None:
    load = os.getloadavg()
    sys.stdout.write(
        f"\n{number:,} reports, {vendor}, load {load[0]:.1f}: milliseconds on the wall, of processor time, rows of the leading index\n\n"
    )
    sys.stdout.write("| list | first, nothing kept | wall | processor | statements | rows | shown |\n|---|---|---|---|---|---|---|\n")
    for row in rows:
        sys.stdout.write(
            f"| {row.what} | {row.cold_ms:.0f} | {row.wall_ms:.0f} | {row.cpu_ms:.0f} | {row.statements} | {row.examined:,} | {row.cards} |\n"
        )
    for clock, over in (("by the wall", lambda row: row.wall_ms), ("of processor time", lambda row: row.cpu_ms)):
        found = [row.what for row in rows if over(row) > GOAL_MS]
        sys.stdout.write(f"\nOver {GOAL_MS} ms {clock}: {', '.join(found) or 'none'}.\n")
    found = [row.what for row in rows if row.statements > GOAL_STATEMENTS]
    sys.stdout.write(f"\nMore than {GOAL_STATEMENTS} statements: {', '.join(found) or 'none'}.\n")
    for row in rows:
        if row.said:
            sys.stdout.write(f"{row.what}: {row.said}\n")


if __name__ == "__main__":
    main()
