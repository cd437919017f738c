"""The benchmark's arithmetic; and, as a long test, the benchmark itself on small archives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks import figures
from tests.benchmarks.archives import address_of, server_of
from tests.benchmarks.figures import Cost, Figure
from tests.benchmarks.processes import cpu_ms, family, pss_mib

ROOT = Path(__file__).resolve().parents[2]


def test_a_figure_is_the_median_and_its_ratio_is_taken_within_each_round() -> None:
    quiet, busy = Cost(1.0, 0.1), Cost(4.0, 0.3)  # the machine slowed down, for the hello as well

    found = figures.figure([quiet, busy, Cost(1.2, 0.2)], [Cost(0.5), Cost(2.0), Cost(0.4)])

    assert found == Figure(app_ms=1.2, db_ms=0.2, ratio=2.0)


def test_a_page_costs_its_share_of_what_passed_between_two_readings() -> None:
    assert figures.per_page(120.0, 200.0, 40) == 2.0


def test_every_other_round_goes_backwards() -> None:
    assert [figures.order(["hello", "small", "large"], round_) for round_ in (0, 1)] == [
        ["hello", "small", "large"],
        ["large", "small", "hello"],
    ]


def test_growth_compares_ratios_so_that_a_slower_hour_is_no_growth() -> None:
    found = {("list", "few"): Figure(1.0, None, 2.0), ("list", "many"): Figure(9.0, None, 2.1)}

    assert figures.growth(found, "list", "few", "many") == 1.05


def test_the_table_says_which_goals_are_missed() -> None:
    found = {("report", "few"): Figure(0.75, None, 1.5), ("list", "few"): Figure(1.5, 0.25, 3.01), ("tag", "few"): Figure(1.0, None, 2.0)}

    table = figures.markdown(
        ["page", "reports", "ms", "db", "×", "goal"], figures.rows(found, ["report", "list", "tag"], ["few"], {"report": 2.5, "list": 3.0})
    )

    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]] == [
        ["report", "few", "0.75", "–", "1.50", "met (≤ 2.5)"],
        ["list", "few", "1.50", "0.25", "3.01", "missed (≤ 3)"],
        ["tag", "few", "1.00", "–", "2.00", ""],
    ]
    assert len({len(line) for line in table.splitlines()}) == 1


def test_another_database_on_the_same_server_keeps_the_rest_of_its_address() -> None:
    assert server_of({"DATABASE_URL": "sqlite:////tmp/newsroom.sqlite3"}) == server_of({}) == ""
    assert [
        address_of(server_of({"DATABASE_URL": address}), "bench")
        for address in ("postgres:///newsroom", "postgresql://me@localhost:5433/newsroom?sslmode=require", "postgres:///x?host=/var/run/pg")
    ] == ["postgres:///bench", "postgresql://me@localhost:5433/bench?sslmode=require", "postgres:///bench?host=/var/run/pg"]


def test_processor_time_and_memory_of_a_process_and_its_children_are_read() -> None:
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    process = subprocess.Popen([sys.executable, "-c", busy], process_group=0)
    try:
        until = time.monotonic() + 15
        while len(family(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        before = cpu_ms(family(process.pid))
        time.sleep(0.3)
        after, memory = cpu_ms(family(process.pid)), pss_mib(family(process.pid))
    finally:
        os.killpg(process.pid, 9)
        process.wait()

    assert 5 < after - before < 1000
    assert 2 < memory < 200


@pytest.mark.long
def test_a_small_benchmark_runs_ends_its_servers_and_removes_what_it_made(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--sizes", "120", "240", "--rounds", "1", "--pages", "8"],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=900,
    )  # fmt: skip

    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(
        re.findall(
            r"^\| (report|list, first page|list, deep page|region|tag) +\| 240, (as served|drawn anew|drawn and compressed anew) ",
            ended.stdout,
            re.M,
        )
    ) == {
        (kind, server)
        for kind in ("report", "list, first page", "list, deep page", "region", "tag")
        for server in ("as served", "drawn anew", "drawn and compressed anew")
    }
    assert "The whole run took" in ended.stdout
    assert list(tmp_path.iterdir()) == []
    assert subprocess.run(["pgrep", "-f", str(tmp_path)], capture_output=True, text=True).stdout == ""
