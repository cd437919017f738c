"""A reader that costs little itself: GET over kept connections, in turn, with or without compression."""

from __future__ import annotations

import gzip
import http.client
import re
from itertools import cycle
from types import TracebackType

CONNECTIONS = 4
MOST_ADDRESSES = 50
KEY = r'href="[^"]*[?&;]after=([0-9a-f-]+)"'
REPORT = r"<loc>https?://[^/]+(/reports/\d{4}/\d\d/[^<]+)</loc>"


class Reader:
    """Keeps a few connections open and sends each request over the next one, so that every worker gets its share."""

    def __init__(self, port: int, *, accept: str = "gzip") -> None:
        self.headers = {"Accept-Encoding": accept}
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
        try:
            response = self._send(connection, path)
        except http.client.RemoteDisconnected:  # the server closes what was idle for long, while others were measured
            connection.close()
            response = self._send(connection, path)
        body = response.read()
        if response.status != 200:
            msg = f"{path} answers {response.status}"
            raise RuntimeError(msg)
        return body

    def _send(self, connection: http.client.HTTPConnection, path: str) -> http.client.HTTPResponse:
        connection.request("GET", path, headers=self.headers)
        return connection.getresponse()

    def text(self, path: str) -> str:
        """The page, unpacked."""
        body = self.get(path)
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def pages_of(reader: Reader) -> dict[str, list[str]]:
    """Kind of page -> addresses that are asked for in turn, spread through the whole archive; found as a reader finds them."""
    parts = re.findall(r"<loc>[^<]+(/sitemaps/[0-9]+\.xml)<", reader.text("/sitemap.xml"))
    found = [path for part in parts for path in re.findall(REPORT, reader.text(part))]
    reports = found[:: max(1, len(found) // MOST_ADDRESSES)][:MOST_ADDRESSES]
    return {
        "report": reports,
        "list, first page": ["/reports/"],
        "list, deep page": [f"/reports/?after={key}" for key in _keys(reader, reports)],
        "region": _full_pages(reader, re.findall(r'href="(/regions/[a-z0-9-]+/)"', reader.text("/regions/"))),
        "tag": _full_pages(reader, re.findall(r'href="(/tags/[a-z0-9-]+/)"', reader.text("/tags/"))),
    }


def _full_pages(reader: Reader, paths: list[str]) -> list[str]:
    """The lists that go on after their first page, so that a small archive and a large one are asked for pages of one size."""
    return [path for path in dict.fromkeys(paths) if 'rel="next"' in reader.text(path)][:MOST_ADDRESSES]


def _keys(reader: Reader, reports: list[str]) -> list[str]:
    """Places in the middle of the archive: where the lists of single years go on, or the archive itself when no year is long enough."""
    years = sorted({path.split("/")[2] for path in reports})[1:-1]
    pages = [f"/reports/{year}/" for year in years]
    return [key for path in pages for key in re.findall(KEY, reader.text(path))] or re.findall(KEY, reader.text("/reports/"))
