"""Many readers at once while reports are published and withdrawn: no answer fails, and what is withdrawn is gone for each of them."""

from __future__ import annotations

import gzip
import http.client
import random
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest

from tests.benchmarks.processes import Server
from tests.benchmarks.reader import Reader, pages_of
from tests.faults.conftest import ROOT, Newsroom

pytestmark = pytest.mark.long
READERS, SECONDS, MOST_EACH = 6, 8, 400
HEADLINE = "A bell is rung by telephone"
DESK = f"""
import time
from articles.people.models import User
from articles.reports.models import Report
from articles.workflow import publication
publisher = User.objects.get(username="publisher")
key = Report.objects.get(headline={HEADLINE!r}).pk
print(Report.objects.get(pk=key).path, flush=True)
until, rounds = time.monotonic() + {SECONDS}, 0
while time.monotonic() < until:
    publication.withdraw(Report.objects.get(pk=key), by=publisher, reason="A test of load.")
    time.sleep(0.1)
    publication.publish(Report.objects.get(pk=key), by=publisher)
    time.sleep(0.1)
    rounds += 1
publication.withdraw(Report.objects.get(pk=key), by=publisher, reason="The last time.")
print(rounds)
"""


def test_readers_get_their_pages_while_reports_come_and_go(newsroom: Newsroom) -> None:
    newsroom.manage("demo", "--reports", "200")
    server = Server("newsroom.wsgi", newsroom.variables, root=ROOT)
    try:
        with Reader(server.port) as reader:
            paths = [path for found in pages_of(reader).values() for path in found]
        words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", DESK]
        desk = subprocess.Popen(words, cwd=ROOT, env=newsroom.variables, stdout=subprocess.PIPE, text=True)
        moving = (desk.stdout or sys.exit()).readline().strip()
        paths += [moving] * 10 + [
            "/",
            "/es/",
            "/ar/",
            "/search/?q=bell",
            "/search/?q=a",
            "/press/",
            "/press/inquiry/",
            "/feed.rss",
            "/regions/",
            "/none/",
        ]
        answers: Counter[tuple[str, int]] = Counter()
        threads = [threading.Thread(target=read, args=(server.port, paths, number, moving, answers)) for number in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS * 5)
        rounds, _ = desk.communicate(timeout=60)

        assert desk.returncode == 0 and int(rounds) >= 3
        assert {status for (what, status) in answers if what == "moving"} == {200, 410}
        assert {status for (what, status) in answers if what == "page"} <= {200, 404}
        assert sum(answers.values()) >= READERS * 40
        shown = [each for each in ("/", "/reports/", moving, "/feed.rss", "/tags/assembly/") if HEADLINE in text(server.port, each)]
        assert shown == []
    finally:
        server.end()


def read(port: int, paths: list[str], seed: int, moving: str, answers: Counter[tuple[str, int]]) -> None:
    """One reader's walk over kept connections, in an order of its own; what was answered is counted by status, 0 for none."""
    order, until = random.Random(seed), time.monotonic() + SECONDS
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(MOST_EACH):
        if time.monotonic() > until:
            break
        path = order.choice(paths)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": order.choice(["gzip", "identity"])})
            response = connection.getresponse()
            response.read()
            status = response.status
        except OSError:
            status = 0
        answers["moving" if path == moving else "page", status] += 1
    connection.close()


def text(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
