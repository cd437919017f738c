"""`make bench-sitemap`: what each sitemap costs among a million addresses: medians of 5, nothing kept, compressed, and the memory that it takes more."""

from __future__ import annotations

import argparse
import gzip
import importlib
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.archives import Archive, server_of

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS, GOAL_MB, TIMES = 500, 60, 5
RENDITIONS = (
    '[{"name":"small","width_px":480,"height_px":320,"format":"jpeg","file":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.jpg"},'
    '{"name":"large","width_px":1600,"height_px":1066,"format":"webp","file":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.webp"}]'
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sitemap", description="The sitemaps among a million addresses.")
    parser.add_argument("--reports", type=int, default=1_000_000)
    number = parser.parse_args().reports
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-sitemap-")))
        archive = Archive(folder / "map", size=number, root=ROOT, server=server_of(os.environ))
        stack.callback(archive.remove)
        archive.found()
        archive.manage("prepare")
        os.environ.clear()
        os.environ.update(archive.variables | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "KEEP_PAGES": "false"})
        import django  # noqa: PLC0415 - the environment is set first

        django.setup()
        from django.db import connection  # noqa: PLC0415 - after the setup

        stack.callback(connection.close)
        build(connection, number)
        tell(measure(number), number, connection.vendor)


def build(connection: Any, number: int) -> None:
    """That many editions, two of three in families of two languages, one of five with a picture."""
    from articles.editions.models import Edition  # noqa: PLC0415 - after the setup
    from articles.migrations import _invariants  # noqa: PLC0415 - as above

    began, sqlite = time.monotonic(), connection.vendor == "sqlite"
    hexed = (lambda value: f"printf('%032x', {value})") if sqlite else (lambda value: f"lpad(to_hex({value}), 32, '0')::uuid")
    at = f"datetime({int(time.time())} - n * 500, 'unixepoch')" if sqlite else f"to_timestamp({int(time.time())} - n * 500)"
    differs = {
        "uuid": hexed("n"), "translation_group": hexed("n - (n % 3) / 2"), "language": "CASE WHEN n % 3 = 2 THEN 'ar' ELSE 'en' END",
        "path": "'/reports/2020/01/a-report-with-a-name-of-some-length-' || n || '/'", "kind": "'news'", "headline": "'Report ' || n", "slug": "'r-' || n",
        "listed": "TRUE", "published_at": at, "updated_at": at,
    }  # fmt: skip
    fields = Edition._meta.concrete_fields
    taken = [differs.get(field.column, "NULL" if field.null else "0" if "Integer" in type(field).__name__ else "''") for field in fields]
    series = (
        f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {number})"
        if sqlite
        else f"WITH s AS (SELECT n FROM generate_series(1::bigint, {number}) n)"
    )
    _invariants.lift(connection)
    with connection.cursor() as cursor:
        into = f"INSERT INTO articles_edition ({', '.join(field.column for field in fields)})"
        chosen = f"SELECT {', '.join(taken)} FROM s"
        cursor.execute(f"{series} {into} {chosen}" if sqlite else f"{into} {series} {chosen}")
        migration = importlib.import_module("articles.migrations.0028_sitemap")
        cursor.execute(migration.STANDING)
        cursor.execute(migration.IN_PARTS)
        cursor.execute(
            'INSERT INTO articles_editionimage (edition_id, "order", sha256, alt, decorative, caption, credit, lead, renditions)'
            " SELECT edition_id, 0, '', '', FALSE, '', '', TRUE, %s FROM articles_sitemapentry WHERE id %% 5 = 0",
            [RENDITIONS],
        )
        cursor.execute("ANALYZE" if sqlite else "VACUUM ANALYZE")
    say(f"{number:,} addresses in {time.monotonic() - began:.0f} s")


def measure(number: int) -> list[tuple[str, float, float, float, float, int, int]]:
    """(what, median ms, most ms, median ms of processor time, MB more, addresses, statements)"""
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    from articles.editions import news  # noqa: PLC0415 - as above

    settings.ALLOWED_HOSTS = ["testserver"]
    news.move_window()
    client, last = Client(headers={"Accept-Encoding": "gzip"}), number // 2500 - 1
    client.get("/robots.txt")
    pages = {
        "index": "/sitemap.xml",
        "first part": "/sitemaps/0.xml",
        "middle part": f"/sitemaps/{last // 2}.xml",
        "last part": f"/sitemaps/{last}.xml",
    }
    pages |= {"sections": "/sitemaps/sections-en.xml", "news": "/news-sitemap.xml"}
    rows = []
    for what, address in pages.items():
        spent, worked, more = [], [], []
        for _each in range(TIMES):
            Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
            before, began, at_work = memory_mb("VmRSS"), time.perf_counter(), time.process_time()
            answer = client.get(address)
            worked.append((time.process_time() - at_work) * 1000)
            spent.append((time.perf_counter() - began) * 1000)
            more.append(memory_mb("VmHWM") - before)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code} from {address}")
        with CaptureQueriesContext(connection) as captured:
            body = gzip.decompress(client.get(address).content)
        rows.append((what, statistics.median(spent), max(spent), statistics.median(worked), max(more), body.count(b"<loc>"), len(captured)))
    return rows


def memory_mb(name: str) -> float:
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


def tell(rows: list[tuple[str, float, float, float, float, int, int]], number: int, vendor: str) -> None:
    say(f"\n{number:,} addresses on {vendor}\n")
    say("| sitemap | median ms | most ms | of processor time | MB more | addresses | statements |\n|---|---|---|---|---|---|---|")
    for what, median, most, worked, more, count, statements in rows:
        say(f"| {what} | {median:.0f} | {most:.0f} | {worked:.0f} | {more:.1f} | {count:,} | {statements} |")
    if any(most > GOAL_MS or more > GOAL_MB for _what, _median, most, _worked, more, *_rest in rows):
        say(f"\nAbove the goal of {GOAL_MS} ms and {GOAL_MB} MB.")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
