"""A reader that costs little itself: GET over kept connections, in turn, with or without compression."""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import re
from itertools import cycle
from types import TracebackType

CONNECTIONS = 4
MOST_ADDRESSES = 50
REPORT = r"<loc>https?://[^/]+(/reports/\d{4}/\d\d/[^<]+)</loc>"


class Reader:
    """Keeps a few connections open and sends each request over the next one, so that every worker gets its share."""

    def __init__(self, port: int) -> None:
        self.connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(CONNECTIONS)]
        self.turn = cycle(self.connections)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for connection in self.connections:
            connection.close()

    def get(self, path: str) -> bytes:
        """The body as sent. Raises RuntimeError when the answer is not 200: what was measured would be another page."""
        connection = next(self.turn)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            msg = f"{path} answers {response.status}"
            raise RuntimeError(msg)
        return body

    def text(self, path: str) -> str:
        """The page, unpacked."""
        body = self.get(path)
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def pages_of(reader: Reader) -> dict[str, list[str]]:
    """Kind of page -> addresses that are asked for in turn, spread through the whole archive; found as a reader finds them."""
    months = re.findall(r"month=(\d{4}-\d\d)<", reader.text("/sitemap.xml"))
    chosen = months[1 : -1 : max(1, len(months) // MOST_ADDRESSES)]
    reports = [path for month in chosen for path in re.findall(REPORT, reader.text(f"/sitemap.xml?month={month}"))[:1]]
    return {
        "report": reports,
        "list, first page": ["/reports/"],
        "list, deep page": [f"/reports/?after={_key_of(month)}" for month in chosen[len(chosen) // 4 : -len(chosen) // 4]],
        "region": _full_pages(reader, re.findall(r'href="(/regions/[a-z0-9-]+/)"', reader.text("/regions/"))),
        "tag": _full_pages(reader, re.findall(r'href="(/tags/[a-z0-9-]+/)"', reader.text("/tags/"))),
    }


def _key_of(month: str) -> str:
    """The key of a list that goes on below the month's first instant: microseconds since 1970, and an identifier."""
    at = dt.datetime.strptime(month, "%Y-%m").replace(tzinfo=dt.UTC)
    return f"{int(at.timestamp()) * 1_000_000:017d}-{0:032x}"


def _full_pages(reader: Reader, paths: list[str]) -> list[str]:
    """The lists that go on after their first page, so that a small archive and a large one are asked for pages of one size."""
    return [path for path in dict.fromkeys(paths) if 'rel="next"' in reader.text(path)][:MOST_ADDRESSES]
