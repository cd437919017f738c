"""The newsroom as a WSGI application that is watched: how each request was answered, and how long that took to its last byte."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_SECONDS = 2.0


@dataclass
class Watched:
    """Counts what passes; `broken` holds the addresses that answered 5xx, `slow` those that took longer than MOST_SECONDS."""

    application: Any
    before: Callable[[int], None] = lambda number: None
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def count(self) -> int:
        return sum(self.statuses.values())

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.before(self.count)
        said: list[int] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            said.append(int(status.split()[0]))
            return start_response(status, headers, *rest)

        began = time.perf_counter()
        answer = self.application(environ, start)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        self._note(
            f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"[:500],
            said[0],
            time.perf_counter() - began,
        )
        return [body]

    def get(self, path: str, query: str, *, method: str = "GET") -> tuple[int, bytes]:
        """Status and body of an address whose parts are sent as they are, however odd: `path` not escaped, `query` escaped as it should arrive."""
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1"), "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost:8000", "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.multithread": False, "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }  # fmt: skip
        body = b"".join(self(environ, lambda status, headers, *rest: said.append(status)))
        return int(said[0].split()[0]), body

    def _note(self, address: str, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        if status >= 500:
            self.broken.append(f"{status} {address}")
        if seconds > MOST_SECONDS:
            self.slow.append(f"{seconds:.1f} s {address}")
        if seconds > self.slowest[0]:
            self.slowest = (seconds, address)
